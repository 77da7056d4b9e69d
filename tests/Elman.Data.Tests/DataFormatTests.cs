namespace Elman.Data.Tests;

public sealed class DataFormatTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("elman").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>A format whose bytes are the values of one sequence.</summary>
    private sealed class Bytes(params string[] extensions) : DataFormat
    {
        public override IReadOnlyList<string> Extensions => extensions;

        public override SequenceDataset Read(
            Stream stream, string name, DataFileOptions options, IProgress<ReadProgress>? progress, CancellationToken cancellationToken)
        {
            var values = new List<float>();
            for (int b; (b = stream.ReadByte()) >= 0;)
                values.Add(b);
            return new SequenceDatasetBuilder(1).Add([.. values]).Build(name);
        }

        public override bool CanWrite(string extension) => extension == ".bytes";

        public override IReadOnlyList<string> Write(Stream stream, string extension, SequenceDataset data)
        {
            foreach (float value in data[0].Values.Span)
                stream.WriteByte((byte)value);
            return ["Fractions are not in the file."];
        }
    }

    [Fact]
    public void A_format_that_was_registered_is_read_and_written_as_all_others()
    {
        DataFile.Register(new Bytes(".bytes", ".octets"));
        DataFile.Register(new Bytes(".bytes", ".octets")); // once more does no harm
        string path = Path.Combine(_folder, "x.BYTES");
        Assert.Equal(["Fractions are not in the file."], DataFile.Write(path, new SequenceDatasetBuilder(1).Add([7f, 8.5f]).Build()));
        Assert.Equal([7f, 8], DataFile.Read(path, cancellationToken: TestContext.Current.CancellationToken)[0].Values.ToArray());
        Assert.Contains(".octets", DataFile.Extensions);
        Assert.Contains(".bytes", DataFile.WritableExtensions);
        Assert.DoesNotContain(".octets", DataFile.WritableExtensions);
        Assert.True(DataFile.IsNamedLikeData("a.octets"));
        // Only text may be compressed.
        Assert.False(DataFile.IsNamedLikeData("a.octets.gz"));
        File.WriteAllText(path, "");
        Assert.Contains("the file is empty", Assert.Throws<DataFileException>(() => DataFile.Read(
            path, cancellationToken: TestContext.Current.CancellationToken)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(".csv", "is already registered by another format; choose another one.")]
    [InlineData(".npz", "is already registered by another format; choose another one.")]
    [InlineData("csv2", "is not a valid extension;")]
    [InlineData(".gz", "is not a valid extension;")]
    [InlineData(".Big", "is not a valid extension;")]
    [InlineData(".", "is not a valid extension;")]
    public void Extensions_that_can_not_be_are_refused(string extension, string says) => Assert.Contains(says,
        Assert.Throws<ArgumentException>(() => DataFile.Register(new Bytes(extension))).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("x.parquet")]
    [InlineData("x.Arrow")]
    public void Formats_of_a_package_that_was_not_registered_are_refused_with_its_name(string name)
    {
        string path = Path.Combine(_folder, name);
        File.WriteAllText(path, "PAR1");
        Assert.Contains("add the package Elman.Data.Columnar and call ColumnarFormats.Register()", Assert.Throws<DataFileException>(
            () => DataFile.Read(path, cancellationToken: TestContext.Current.CancellationToken)).Message, StringComparison.Ordinal);
        Assert.Contains("Elman.Data.Columnar", Assert.Throws<ArgumentException>(() => DataFile.Write(path,
            new SequenceDatasetBuilder(1).Add([1f]).Build())).Message, StringComparison.Ordinal);
    }
}
