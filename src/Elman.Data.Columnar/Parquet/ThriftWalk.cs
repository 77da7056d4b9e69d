namespace Elman.Data.Columnar;

/// <summary>
/// Goes through metadata in Thrift's compact protocol: a length in it may not promise more than there are bytes. Of all that it finds it
/// keeps
/// how many values each column chunk has.
/// </summary>
internal sealed class ThriftWalk(byte[] bytes)
{
    private const int MostDepth = 32;

    // Numbers of fields, from the outermost structure on, as parquet.thrift has them.
    private static readonly int[] _rowGroup = [4], _columnChunk = [4, 1], _numberOfValues = [4, 1, 3, 5];

    private readonly List<int> _path = [];
    private readonly List<List<long>> _counts = [];
    private int _at;

    /// <summary>How many values each column chunk of each row group has.</summary>
    /// <exception cref="InvalidDataException">The metadata are damaged.</exception>
    public IReadOnlyList<IReadOnlyList<long>> Run()
    {
        SkipStruct(0);
        return _counts;
    }

    private void SkipStruct(int depth)
    {
        int field = 0;
        while (Byte() is not 0 and var header)
        {
            // A delta of zero: the number of the field follows.
            field = header >> 4 == 0 ? (int)Signed(Varint()) : field + (header >> 4);
            _path.Add(field);
            // In a structure a truth value is its type.
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
                long number = Signed(Varint());
                if (Is(_numberOfValues))
                    _counts[^1][^1] = number;
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
        {
            if (Is(_rowGroup))
                _counts.Add([]);
            else if (Is(_columnChunk))
                _counts[^1].Add(0);
            Skip(header & 15, depth + 1);
        }
    }

    private bool Is(int[] path) => _path.Count == path.Length && _path.SequenceEqual(path)
        && (path.Length < 2 || _counts.Count > 0) && (path.Length < 3 || _counts[^1].Count > 0);

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

    private static InvalidDataException Damaged() => new("its metadata are damaged");
}
