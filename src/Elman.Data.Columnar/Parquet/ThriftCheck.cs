namespace Elman.Data.Columnar;

/// <summary>
/// Goes through metadata in Thrift's compact protocol without keeping anything: a length in it may not promise more than there are bytes.
/// </summary>
internal sealed class ThriftCheck(byte[] bytes)
{
    private const int MostDepth = 32;

    private int _at;

    /// <summary>Checks a structure.</summary>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    public void Check() => SkipStruct(0);

    private void SkipStruct(int depth)
    {
        while (Byte() is not 0 and var header)
        {
            // A delta of zero: the number of the field follows.
            if (header >> 4 == 0)
                Varint();
            // In a structure a truth value is its type.
            if ((header & 15) is not (1 or 2))
                Skip(header & 15, depth + 1);
        }
    }

    private void Skip(int type, int depth)
    {
        if (depth > MostDepth)
            throw Damaged();
        switch (type)
        {
            case 1 or 2 or 3:
                Byte();
                break;
            case 4 or 5 or 6:
                Varint();
                break;
            case 7:
                Pass(8);
                break;
            case 8:
                Pass(Varint());
                break;
            case 9 or 10:
                SkipList(depth);
                break;
            case 12:
                SkipStruct(depth);
                break;
            default: // maps, which metadata of Parquet have none of
                throw Damaged();
        }
    }

    private void SkipList(int depth)
    {
        int header = Byte();
        ulong count = header >> 4 == 15 ? Varint() : (ulong)(header >> 4);
        // Each item takes a byte at least.
        if (count > (ulong)(bytes.Length - _at))
            throw Damaged();
        for (ulong i = 0; i < count; i++)
            Skip(header & 15, depth + 1);
    }

    private int Byte() => _at < bytes.Length ? bytes[_at++] : throw Damaged();

    private ulong Varint()
    {
        ulong value = 0;
        for (int shift = 0; shift < 64; shift += 7)
        {
            int part = Byte();
            value |= (ulong)(part & 127) << shift;
            if (part < 128)
                return value;
        }
        throw Damaged();
    }

    private void Pass(ulong count)
    {
        if (count > (ulong)(bytes.Length - _at))
            throw Damaged();
        _at += (int)count;
    }

    private static InvalidDataException Damaged() => new("its metadata are damaged");
}
