using System.IO.Compression;

namespace Elman.Data.Tests.Numpy;

/// <summary>Files that were written by NumPy: see <c>Fixtures/numpy_files.py</c>.</summary>
internal static class NumpyFiles
{
    private static readonly Dictionary<string, byte[]> _files = Unpack();

    public static IEnumerable<string> Names => _files.Keys;

    public static byte[] Content(string name) => _files[name];

    public static SequenceDataset Read(string name, DataFileOptions? options = null)
    {
        using var stream = new MemoryStream(_files[name]);
        return DataFile.Read(
            stream, Path.GetExtension(name), name, options, cancellationToken: TestContext.Current.CancellationToken);
    }

    public static string Refused(string name, DataFileOptions? options = null) =>
        Assert.Throws<DataFileException>(() => Read(name, options)).Message;

    private static Dictionary<string, byte[]> Unpack()
    {
        using Stream stream = typeof(NumpyFiles).Assembly.GetManifestResourceStream("numpy_files.zip")!;
        using var archive = new ZipArchive(stream);
        return archive.Entries.ToDictionary(entry => entry.FullName, entry =>
        {
            using Stream content = entry.Open();
            using var copy = new MemoryStream();
            content.CopyTo(copy);
            return copy.ToArray();
        });
    }
}
