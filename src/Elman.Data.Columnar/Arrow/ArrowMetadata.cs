using System.Buffers.Binary;

namespace Elman.Data.Columnar;

/// <summary>
/// Checks the metadata of an Arrow file or stream before the library reads them, because the library trusts the numbers in them: all
/// positions must lie within the file, and no batch may have an implausible number of items.
/// </summary>
internal sealed class ArrowMetadata
{
    private const int Prefix = 8;

    // According to Schema.fbs, Message.fbs and File.fbs of the Arrow format.
    private static readonly FlatTable _plain = new(), _keyValue = new() { Fields = [new(0, 1), new(1, 1)] }, _int = new();

    private static readonly FlatTable _timestamp = new() { Fields = [new(1, 1)] }, _union = new() { Fields = [new(1, 4)] };

    private static readonly FlatTable _encoding = new() { Fields = [new(1, FlatField.IsTable) { TargetOf = _ => _int }] }, _field = new();

    private static readonly FlatTable _schema = new()
    {
        Fields = [new(1, 4) { Items = _field }, new(2, 4) { Items = _keyValue }, new(3, 8)],
    };

    private static readonly FlatTable _batch = new()
    {
        Fields = [new(1, 16), new(2, 16), new(3, FlatField.IsTable) { TargetOf = _ => _plain }, new(4, 8)],
    };

    private static readonly FlatTable _dictionary = new() { Fields = [new(1, FlatField.IsTable) { TargetOf = _ => _batch }] };

    private static readonly FlatTable _message = new()
    {
        Fields =
        [
            new(2, FlatField.IsTable) { Selector = 1, TargetOf = HeaderOf }, new(4, 4) { Items = _keyValue },
        ],
    };

    private static readonly FlatTable _footer = new()
    {
        Fields =
        [
            new(1, FlatField.IsTable) { TargetOf = _ => _schema }, new(2, 24), new(3, 24), new(4, 4) { Items = _keyValue },
        ],
    };

    private readonly Stream _stream;
    private readonly Action<long, string> _checkCount;

    static ArrowMetadata() => _field.Fields =
    [
        new(0, 1), new(3, FlatField.IsTable) { Selector = 2, TargetOf = type => type == 10 ? _timestamp : type == 14 ? _union : _plain },
        new(4, FlatField.IsTable) { TargetOf = _ => _encoding }, new(5, 4) { Items = _field }, new(6, 4) { Items = _keyValue },
    ];

    private ArrowMetadata(Stream stream, Action<long, string> checkCount) => (_stream, _checkCount) = (stream, checkCount);

    /// <summary>Checks the metadata of a file, which has a footer, or of a stream.</summary>
    /// <param name="stream">The bytes, from their beginning on; the position is reset to the beginning.</param>
    /// <param name="isFile">Whether the bytes are a file.</param>
    /// <param name="checkCount">Checks that a count is plausible for the size of the file.</param>
    /// <exception cref="UnreadableException">The metadata are damaged.</exception>
    public static void Check(Stream stream, bool isFile, Action<long, string> checkCount)
    {
        var metadata = new ArrowMetadata(stream, checkCount);
        if (isFile)
            metadata.CheckFile();
        else
            for (long at = 0; at >= 0;)
                at = metadata.CheckMessage(at);
        stream.Position = 0;
    }

    private static FlatTable? HeaderOf(int type) => type switch
    {
        1 => _schema,
        2 => _dictionary,
        3 => _batch,
        _ => _plain,
    };

    private void CheckFile()
    {
        const int Tail = 10; // the length of the footer, and the magic bytes ARROW1
        byte[] tail = Bytes(_stream.Length - Tail, Tail);
        int length = BinaryPrimitives.ReadInt32LittleEndian(tail);
        if (!tail.AsSpan(4).SequenceEqual("ARROW1"u8))
            throw new UnreadableException("it does not end with ARROW1, so it is truncated");
        var tables = new FlatTables(Bytes(_stream.Length - Tail - length, length));
        int footer = tables.CheckRoot(_footer);
        foreach (int field in (int[])[2, 3])
        {
            if (tables.Field(footer, field) is not (> 0 and var place))
                continue;
            int blocks = tables.Follow(place);
            for (int i = 0; i < tables.Int(blocks); i++)
            {
                int block = blocks + 4 + (24 * i);
                (long offset, int metadata, long body) = (tables.Long(block), tables.Int(block + 8), tables.Long(block + 16));
                if (offset < 0 || metadata < 0 || body < 0 || offset > _stream.Length - metadata
                    || body > _stream.Length - offset - metadata)
                    throw new UnreadableException("a part lies beyond its end");
                CheckMessage(offset);
            }
        }
    }

    /// <summary>Checks a message; returns the position of the next one, or −1 if there is none.</summary>
    private long CheckMessage(long at)
    {
        if (at >= _stream.Length - Prefix)
            return -1;
        byte[] prefix = Bytes(at, Prefix);
        // Before version 0.15 the length came first.
        bool isOld = BinaryPrimitives.ReadInt32LittleEndian(prefix) != -1;
        int length = BinaryPrimitives.ReadInt32LittleEndian(prefix.AsSpan(isOld ? 0 : 4));
        if (length == 0)
            return -1;
        long start = at + (isOld ? 4 : Prefix);
        var tables = new FlatTables(Bytes(start, length));
        int message = tables.CheckRoot(_message);
        long body = tables.Field(message, 3) is > 0 and var place ? tables.Long(place) : 0;
        if (body < 0 || body > _stream.Length - start - length)
            throw new UnreadableException("it breaks off");
        int type = tables.Field(message, 1) is > 0 and var selector ? tables.Byte(selector) : 0;
        if (type is 2 or 3 && tables.Field(message, 2) is > 0 and var header)
        {
            int batch = tables.Follow(header);
            if (type == 2)
                batch = tables.Field(batch, 1) is > 0 and var data ? tables.Follow(data) : 0;
            if (batch > 0)
                CheckBatch(tables, batch, body);
        }
        return start + length + body;
    }

    private void CheckBatch(FlatTables tables, int batch, long body)
    {
        if (tables.Field(batch, 0) is > 0 and var rows)
            _checkCount(tables.Long(rows), "rows");
        // The length of each array, and the number of its missing items.
        foreach (int node in Items(tables, batch, 1, 16))
        {
            _checkCount(tables.Long(node), "values");
            if (tables.Long(node + 8) < -1 || tables.Long(node + 8) > tables.Long(node))
                throw new UnreadableException("more values are missing than there are");
        }
        foreach (int buffer in Items(tables, batch, 2, 16))
            if (tables.Long(buffer) < 0 || tables.Long(buffer + 8) < 0 || tables.Long(buffer) > body - tables.Long(buffer + 8))
                throw new UnreadableException("values lie beyond the end of their part");
        foreach (int count in Items(tables, batch, 4, 8))
            if (tables.Long(count) < 0 || tables.Long(count) > Items(tables, batch, 2, 16).Count())
                throw new UnreadableException("it has fewer text buffers than declared");
    }

    private static IEnumerable<int> Items(FlatTables tables, int table, int field, int size)
    {
        if (tables.Field(table, field) is not (> 0 and var place))
            yield break;
        int vector = tables.Follow(place);
        for (int i = 0; i < tables.Int(vector); i++)
            yield return vector + 4 + (size * i);
    }

    private byte[] Bytes(long at, int length)
    {
        if (at < 0 || length < 0 || at > _stream.Length - length)
            throw new UnreadableException("its metadata is beyond its end");
        byte[] bytes = new byte[length];
        _stream.Position = at;
        _stream.ReadExactly(bytes);
        return bytes;
    }
}
