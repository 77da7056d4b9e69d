using Apache.Arrow;
using Apache.Arrow.Compression;
using Apache.Arrow.Ipc;

namespace Elman.Data.Columnar;

/// <summary>Reads Arrow IPC files, including Feather files of version 2, and Arrow IPC streams.</summary>
internal sealed class ArrowSource : ColumnSource
{
    private readonly BoundedAllocator _allocator;
    private readonly ArrowStreamReader _reader;
    private RecordBatch? _batch;

    /// <summary>Opens a file and reads its columns.</summary>
    /// <exception cref="DataFileException">It is not an Arrow file, or it is damaged.</exception>
    public ArrowSource(Stream stream, string name)
        : base(name, stream.Length)
    {
        Span<byte> start = stackalloc byte[6];
        int count = stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        stream.Position = 0;
        if (start[..count].StartsWith("FEA1"u8))
            throw new DataFileException(name, "this is a Feather file of version 1, which is not supported; write it with version 2, as "
                + "pyarrow.feather.write_feather and pandas' to_feather do by default.");
        if (start[..count].StartsWith("PAR1"u8))
            throw new DataFileException(name, "this is a Parquet file; name it .parquet.");
        bool isFile = start.SequenceEqual("ARROW1"u8);
        Guard(null, () =>
        {
            ArrowMetadata.Check(stream, isFile, CheckCount);
            return true;
        });
        _allocator = new BoundedAllocator(stream.Length);
        var codecs = new CompressionCodecFactory();
        _reader = isFile
            ? new ArrowFileReader(stream, _allocator, codecs, leaveOpen: true)
            : new ArrowStreamReader(stream, _allocator, codecs, leaveOpen: true);
        try
        {
            Columns = Guard(null, () =>
                _reader.GetSchema().AsTask().GetAwaiter().GetResult().FieldsList.Select(ArrowColumns.Describe).ToArray());
        }
        catch
        {
            _reader.Dispose();
            throw;
        }
    }

    public override void Dispose()
    {
        _batch?.Dispose();
        _reader.Dispose();
    }

    protected override long? NextPart()
    {
        _batch?.Dispose();
        _batch = null;
        _allocator.Begin();
        _batch = _reader.ReadNextRecordBatch();
        return _batch?.Length;
    }

    protected override ColumnValues LoadColumn(int column) => ArrowColumns.Load(_batch!.Column(column), CheckCount);
}
