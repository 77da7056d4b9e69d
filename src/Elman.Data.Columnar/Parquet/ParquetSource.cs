using Parquet;
using Parquet.Schema;

namespace Elman.Data.Columnar;

/// <summary>Reads Parquet files, one row group at a time.</summary>
internal sealed class ParquetSource : ColumnSource
{
    private readonly Stream _stream;
    private readonly ParquetReader _reader;
    private readonly IReadOnlyList<IReadOnlyList<ParquetChunk>> _chunks; // by row group
    private ParquetRowGroupReader? _group;
    private int _next;

    /// <summary>Opens a file and reads its columns.</summary>
    /// <exception cref="DataFileException">The file is invalid or damaged.</exception>
    public ParquetSource(Stream stream, string name)
        : base(name, stream.Length)
    {
        _stream = stream;
        _chunks = Guard(null, () => ParquetFooter.Read(stream));
        _reader = Guard(null, () => ParquetReader.CreateAsync(stream, new ParquetOptions { TreatByteArrayAsString = false })
            .GetAwaiter().GetResult());
        try
        {
            Columns = Guard(null, () => _reader.Schema.Fields.Select(ParquetColumns.Describe).ToArray());
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public override void Dispose()
    {
        _group?.Dispose();
        _reader.DisposeAsync().AsTask().GetAwaiter().GetResult();
    }

    protected override long? NextPart()
    {
        _group?.Dispose();
        _group = null;
        if (_next == _reader.RowGroupCount)
            return null;
        _group = _reader.OpenRowGroupReader(_next++);
        return _group.RowCount;
    }

    protected override ColumnValues LoadColumn(int column)
    {
        IReadOnlyList<ParquetChunk> chunks = _chunks[_next - 1];
        DataField[] leaves = _reader.Schema.DataFields;
        return ParquetColumns.Load(_group!, _reader.Schema.Fields[column], Rows, leaf =>
        {
            ParquetChunk chunk = chunks[Array.FindIndex(leaves, other => other.Path.Equals(leaf.Path))];
            CheckCount(chunk.Values, "values");
            ParquetPages.Check(_stream, chunk);
            return (int)chunk.Values;
        });
    }
}
