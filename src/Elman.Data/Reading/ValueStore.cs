namespace Elman.Data;

/// <summary>Memory for the values of many sequences, packed into blocks, so that a data set costs little more than its floats.</summary>
internal sealed class ValueStore
{
    private const int FirstBlock = 1 << 12;
    private const int LargestBlock = 1 << 18;

    private float[] _block = [];
    private int _used;

    /// <summary>Fresh memory for one sequence.</summary>
    public Memory<float> Take(int count)
    {
        if (count <= _block.Length - _used)
        {
            _used += count;
            return _block.AsMemory(_used - count, count);
        }
        // What would leave much of a block unused gets an array of its own.
        if (count > LargestBlock / 4)
            return GC.AllocateUninitializedArray<float>(count);
        int length = Math.Clamp(_block.Length * 2, FirstBlock, LargestBlock);
        _block = GC.AllocateUninitializedArray<float>(Math.Max(length, count));
        _used = count;
        return _block.AsMemory(0, count);
    }
}
