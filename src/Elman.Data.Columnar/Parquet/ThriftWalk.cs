namespace Elman.Data.Columnar;

/// <summary>
/// Traverses a structure in Thrift's compact protocol. A length in it must not exceed the number of bytes. All integers are reported, each
/// with its path: the numbers of the fields that lead to it.
/// </summary>
/// <param name="bytes">The bytes.</param>
/// <param name="number">Receives an integer and its path.</param>
/// <param name="item">Receives the path of a list at the beginning of each of its items.</param>
internal sealed class ThriftWalk(byte[] bytes, Action<IReadOnlyList<int>, long> number, Action<IReadOnlyList<int>>? item = null)
{
    private const int MostDepth = 32;

    private readonly List<int> _path = [];
    private int _at;

    /// <summary>Traverses the structure at the beginning of the bytes and returns its length.</summary>
    /// <exception cref="UnreadableException">The structure is damaged.</exception>
    public int Run()
    {
        SkipStruct(0);
        return _at;
    }

    private void SkipStruct(int depth)
    {
        int field = 0;
        while (Byte() is not 0 and var header)
        {
            // A delta of zero: the number of the field follows.
            field = header >> 4 == 0 ? (int)Signed(Varint()) : field + (header >> 4);
            _path.Add(field);
            // In a structure, a Boolean is stored in its type.
            if ((header & 15) is not (1 or 2))
                Skip(header & 15, depth + 1);
            _path.RemoveAt(_path.Count - 1);
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
                number(_path, Signed(Varint()));
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
            default: // maps, which do not occur in the metadata of Parquet
                throw Damaged();
        }
    }

    private void SkipList(int depth)
    {
        int header = Byte();
        ulong count = header >> 4 == 15 ? Varint() : (ulong)(header >> 4);
        // Each item takes at least one byte.
        if (count > (ulong)(bytes.Length - _at))
            throw Damaged();
        for (ulong i = 0; i < count; i++)
        {
            item?.Invoke(_path);
            Skip(header & 15, depth + 1);
        }
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

    private static long Signed(ulong zigzag) => (long)(zigzag >> 1) ^ -(long)(zigzag & 1);

    private void Pass(ulong count)
    {
        if (count > (ulong)(bytes.Length - _at))
            throw Damaged();
        _at += (int)count;
    }

    private static UnreadableException Damaged() => new("its metadata is damaged");
}
