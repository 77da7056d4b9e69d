using System.Runtime.CompilerServices;

namespace Elman.Data.Columnar.Tests;

/// <summary>Columnar files in memory.</summary>
internal static class Files
{
    [ModuleInitializer]
    internal static void Register() => ColumnarFormats.Register();

    /// <summary>Returns a file that was written by the C++ code of Arrow: see <c>Fixtures/parquet_files.cs</c>.</summary>
    public static byte[] Fixture(string name)
    {
        using Stream stream = typeof(Files).Assembly.GetManifestResourceStream(name)!;
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }

    public static SequenceDataset Read(byte[] file, string format, DataFileOptions? options = null)
    {
        using var stream = new MemoryStream(file);
        return DataFile.Read(stream, format, "file", options, cancellationToken: TestContext.Current.CancellationToken);
    }

    public static SequenceDataset ReadFixture(string name, DataFileOptions? options = null) => Read(Fixture(name), "parquet", options);

    public static string Refused(byte[] file, string format, DataFileOptions? options = null) =>
        Assert.Throws<DataFileException>(() => Read(file, format, options)).Message;
}
