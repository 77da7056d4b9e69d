namespace Elman.Onnx.Reading;

/// <summary>
/// Walks through the bytes of a model before any object is made of them, and adds up what the objects will take: an empty message of two
/// bytes becomes an object of hundreds. Also bounds the nesting.
/// </summary>
internal ref struct WireScan
{
    /// <summary>The memory of objects that any file may claim, and the factor of its length that it may claim in addition.</summary>
    public const long FreeBytes = 16 << 20, BytesPerByte = 8;

    /// <summary>Models have graphs in attributes of nodes of graphs; more than two or three levels do not occur.</summary>
    private const int MostDepth = 32;

    /// <summary>
    /// Upper estimates in bytes: of an object with its lists, of a text or list entry beside its content, of an integer in a list that
    /// grows by doubling.
    /// </summary>
    private const long MessageCost = 640, EntryCost = 96, IntegerCost = 24;

    private readonly ReadOnlySpan<byte> _bytes;
    private readonly long _most;
    private int _at;
    private long _cost;

    private WireScan(ReadOnlySpan<byte> bytes)
    {
        _bytes = bytes;
        _most = FreeBytes + (BytesPerByte * bytes.Length);
    }

    /// <summary>Checks the bytes of a model.</summary>
    /// <exception cref="GraphException">They are damaged, nested too deeply, or would take too much memory.</exception>
    public static void Check(ReadOnlySpan<byte> bytes)
    {
        var scan = new WireScan(bytes);
        scan.Walk(MessageKind.Model, bytes.Length, 0);
    }

    /// <summary>The exception for bytes that are no messages.</summary>
    public static GraphException Damaged() => new("It is not an ONNX model, or it is damaged: its bytes are no protobuf messages of that "
        + "format. Get or export it again.");

    private void Walk(MessageKind kind, int end, int depth)
    {
        if (depth > MostDepth)
            throw new GraphException($"Its messages are nested deeper than {MostDepth} levels; no recurrent model needs that.");
        Spend(MessageCost);
        while (_at < end)
        {
            ulong tag = Varint(end);
            if (tag is < 8 or > uint.MaxValue)
                throw Damaged();
            Field(MessageField.Of(kind, (int)(tag >> 3)), (int)(tag & 7), end, depth);
        }
    }

    private void Field(MessageField field, int wireType, int end, int depth)
    {
        switch (wireType)
        {
            case 0:
                Varint(end);
                Spend(field.Content == FieldContent.Integers ? IntegerCost : 0);
                break;
            case 1:
                Skip(sizeof(long), end);
                Spend(field.Content == FieldContent.FixedNumbers ? IntegerCost : 0);
                break;
            case 5:
                Skip(sizeof(int), end);
                Spend(field.Content == FieldContent.FixedNumbers ? IntegerCost : 0);
                break;
            case 2:
                ulong length = Varint(end);
                if (length > (ulong)(end - _at))
                    throw Damaged();
                Content(field, (int)length, depth);
                break;
            default: // groups, which the format does not use
                throw Damaged();
        }
    }

    private void Content(MessageField field, int length, int depth)
    {
        int end = _at + length;
        switch (field.Content)
        {
            case FieldContent.Nested:
                Walk(field.Kind, end, depth + 1);
                break;
            case FieldContent.Bytes:
                Spend(EntryCost + (2L * length)); // a text has two bytes for each character
                break;
            case FieldContent.FixedNumbers:
                Spend(EntryCost + length);
                break;
            case FieldContent.Integers:
                Spend(EntryCost + (IntegerCost * CountIntegers(_bytes[_at..end])));
                break;
        }
        _at = end;
    }

    /// <summary>The last byte of each integer has no continuation bit.</summary>
    private static long CountIntegers(ReadOnlySpan<byte> bytes)
    {
        long count = 0;
        foreach (byte b in bytes)
            count += b < 0x80 ? 1 : 0;
        return count;
    }

    private void Spend(long cost)
    {
        _cost += cost;
        if (_cost > _most)
            throw new GraphException($"Its {_bytes.Length} bytes would become more than {_most >> 20} MB of objects, mostly empty ones or "
                + "integers; no recurrent model looks like this. Store large tensors as raw data.");
    }

    private void Skip(int length, int end)
    {
        if (length > end - _at)
            throw Damaged();
        _at += length;
    }

    private ulong Varint(int end)
    {
        ulong value = 0;
        for (int shift = 0; shift < 64; shift += 7)
        {
            if (_at >= end)
                throw Damaged();
            byte b = _bytes[_at++];
            value |= (ulong)(b & 0x7F) << shift;
            if (b < 0x80)
                return value;
        }
        throw Damaged();
    }
}
