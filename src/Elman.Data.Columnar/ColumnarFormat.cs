namespace Elman.Data.Columnar;

/// <summary>A format of columnar files.</summary>
/// <param name="extensions">The extensions.</param>
/// <param name="open">Opens a file by its bytes and its name.</param>
/// <param name="write">Writes sequences as columns.</param>
internal sealed class ColumnarFormat(
    IReadOnlyList<string> extensions, Func<Stream, string, ColumnSource> open, Action<Stream, IReadOnlyList<WrittenColumn>, int> write)
    : DataFormat
{
    public override IReadOnlyList<string> Extensions => extensions;

    internal override OptionUse Use { get; } = new("columnar files", "--layout", "--label-column", "--id-column", "--time-column",
        "--time-format", "--group-column", "--channels", "--text", "--tokens", "--axes");

    public override SequenceDataset Read(
        Stream stream, string name, DataFileOptions options, IProgress<ReadProgress>? progress, CancellationToken cancellationToken)
    {
        using var bytes = new ReportingStream(stream, progress, cancellationToken);
        using ColumnSource source = open(bytes, name);
        SequenceDataset data = ColumnarReader.Read(source, options, cancellationToken);
        bytes.ReportEnd(data.Count);
        return data;
    }

    public override bool CanWrite(string extension) => true;

    public override IReadOnlyList<string> Write(Stream stream, string extension, SequenceDataset data)
    {
        write(stream, WrittenColumns.Of(data, extension), data.Count);
        return WrittenColumns.Notes(data, extension);
    }
}
