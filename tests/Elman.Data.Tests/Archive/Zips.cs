using System.IO.Compression;
using System.Text;

namespace Elman.Data.Tests.Archive;

/// <summary>Zip files of data sets.</summary>
internal static class Zips
{
    public const string Name = "Strokes";

    private const string Header = "@problemName Strokes\n@univariate true\n@classLabel true a b\n@data\n";

    public static string Train { get; } = Header + "1,2,3:a\n3,2,1:b\n1,2,4:a\n4,2,1:b\n";

    public static string Test { get; } = Header + "1,2,5:a\n5,2,1:b\n";

    /// <summary>Returns a valid data set, with additional files that are not needed.</summary>
    public static byte[] Sound(CompressionLevel level = CompressionLevel.Optimal) => Pack(level,
        ("Strokes.txt", "About strokes."), ("Strokes_TRAIN.ts", Train), ("Strokes_TRAIN.arff", "%"), ("Strokes_TEST.ts", Test));

    public static byte[] Pack(params (string Name, string Text)[] files) => Pack(CompressionLevel.Optimal, files);

    public static byte[] Pack(CompressionLevel level, params (string Name, string Text)[] files)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
            foreach ((string name, string text) in files)
            {
                using Stream entry = zip.CreateEntry(name, level).Open();
                entry.Write(Encoding.UTF8.GetBytes(text));
            }
        return bytes.ToArray();
    }
}
