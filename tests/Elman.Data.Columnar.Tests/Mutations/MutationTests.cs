using System.Globalization;
using Apache.Arrow;
using Apache.Arrow.Ipc;
using Elman.Data.Columnar.Tests.Arrow;
using Elman.Data.Tests.Mutations;

namespace Elman.Data.Columnar.Tests.Mutations;

/// <summary>
/// Damaged columnar files are read, or refused with a sentence; no other exception is thrown. The environment variable ELMAN_MUTATIONS sets
/// the number of files per format.
/// </summary>
public class MutationTests
{
    private static readonly int _cases = int.TryParse(
        Environment.GetEnvironmentVariable("ELMAN_MUTATIONS"), NumberStyles.None, CultureInfo.InvariantCulture,
        out int cases) ? cases : 4_000;

    private static readonly string[] _tokens =
        ["PAR1", "ARROW1", "\0\0\0\0", "\u007F\u007F\u007F\u007F", "\0", "\u0001", "\u0010", "id", "label", "x", "\0\0\0\0\0\0\0\0"];

    public static byte[][] Parquet => [.. new[] { "long", "wide", "nested", "steps" }.Select(name => Files.Fixture(name + ".parquet"))];

    public static byte[][] Arrow =>
    [
        ArrowFiles.Of(("id", ArrowFiles.Texts("a", "a", "b")), ("label", ArrowFiles.Texts("u", "u", null)),
            ("x", ArrowFiles.Floats(1, 2, 3))),
        ArrowFiles.Of(true, null, ("x1", ArrowFiles.Floats(1, 2)), ("x2", new Int64Array.Builder().Append(1).AppendNull().Build()),
            ("y", ArrowFiles.Texts("u", "v"))),
        ArrowFiles.Of(false, CompressionCodecType.Lz4Frame, ("x", ArrowFiles.Floats(1, 2, 3, 4)),
            ("y", ArrowFiles.Texts("a", "b", "c", "d"))),
        ArrowFiles.Of(false, CompressionCodecType.Zstd, ("x", ArrowFiles.Floats(1, 2)), ("y", ArrowFiles.Texts("a", "b"))),
        Written(".arrow"),
    ];

    private static byte[] Written(string format)
    {
        using var file = new MemoryStream();
        var data = new SequenceDataset(2, ["a", "b"], [new Sequence(new float[6], 2, 1) { Id = "p" }, new Sequence(new float[2], 2, 0)]);
        (format == ".parquet" ? ColumnarFormats.Parquet : ColumnarFormats.Arrow).Write(file, format, data);
        return file.ToArray();
    }

    [Theory]
    [InlineData(".parquet")]
    [InlineData(".arrow")]
    public void A_damaged_file_is_read_or_refused_and_nothing_else(string format)
    {
        byte[][] files = format == ".parquet" ? [.. Parquet, Written(format)] : Arrow;
        var mutator = new Mutator(new SeededRandom(format == ".parquet" ? 1 : 2), files, _tokens);
        for (int i = 0; i < _cases; i++)
            Try(mutator.Next(), format, new DataFileOptions
            {
                Labels = (LabelKind)(i % 6),
                Channels = i % 50 == 7 ? "2" : null,
                GroupColumn = i % 50 == 8 ? "1" : null,
                Format = i % 50 == 9 ? DelimitedForm.Long : DelimitedForm.Auto,
                Axes = i % 50 == 10 ? "ct" : null,
            });
    }

    private static void Try(byte[] file, string format, DataFileOptions options)
    {
        try
        {
            SequenceDataset data = Files.Read(file, format, options);
            Assert.True(data.Count > 0);
            Assert.All(data, sequence => Assert.DoesNotContain(sequence.Values.ToArray(), float.IsInfinity));
        }
        catch (DataFileException e)
        {
            Assert.EndsWith(".", e.Message, StringComparison.Ordinal);
        }
        catch (Exception e)
        {
            Assert.Fail($"{format}, {options.Labels}, {Convert.ToBase64String(file)}\n{e}");
        }
    }
}
