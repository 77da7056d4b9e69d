namespace Elman.Data;

/// <summary>
/// Memory for the values of many sequences, packed into blocks, so that a data set takes little more memory than its floats.
/// </summary>
internal sealed class ValueStore
{
    private const int FirstBlock = 1 << 12;
    private const int LargestBlock = 1 << 18;

    private float[] _block = [];
    private int _used, _runStart;

    /// <summary>The values since <see cref="BeginRun"/>.</summary>
    public ReadOnlyMemory<float> Run => _block.AsMemory(_runStart, _used - _runStart);

    /// <summary>The number of values since <see cref="BeginRun"/>.</summary>
    public int RunLength => _used - _runStart;

    /// <summary>Returns new memory for one sequence.</summary>
    public Memory<float> Take(int count)
    {
        if (count <= _block.Length - _used)
        {
            _used += count;
            return _block.AsMemory(_used - count, count);
        }
        // A request that could leave much of a block unused gets a separate array.
        if (count > LargestBlock / 4)
            return GC.AllocateUninitializedArray<float>(count);
        int length = Math.Clamp(_block.Length * 2, FirstBlock, LargestBlock);
        _block = GC.AllocateUninitializedArray<float>(Math.Max(length, count));
        _used = count;
        return _block.AsMemory(0, count);
    }

    /// <summary>Starts a sequence of unknown length; until its last value, no other memory may be taken.</summary>
    /// <param name="likely">The likely maximum number of values.</param>
    public void BeginRun(int likely = 0)
    {
        if (likely > _block.Length - _used && likely > LargestBlock / 2)
            (_block, _used) = (GC.AllocateUninitializedArray<float>(likely), 0);
        _runStart = _used;
    }

    /// <summary>Adds a value to the sequence.</summary>
    /// <exception cref="InsufficientMemoryException">There are more values than an array can hold.</exception>
    public void Add(float value)
    {
        if (_used == _block.Length)
            MoveRun();
        _block[_used++] = value;
    }

    /// <summary>Moves the current sequence to a block with twice the space, because its values must be contiguous.</summary>
    private void MoveRun()
    {
        ReadOnlySpan<float> run = Run.Span;
        if (run.Length == Array.MaxLength)
            throw new InsufficientMemoryException($"A sequence can't hold more than {Array.MaxLength} values.");
        long length = Math.Max(Math.Clamp(_block.Length * 2L, FirstBlock, LargestBlock), 2L * run.Length);
        float[] block = GC.AllocateUninitializedArray<float>((int)Math.Min(length, Array.MaxLength));
        run.CopyTo(block);
        (_block, _runStart, _used) = (block, 0, run.Length);
    }

    /// <summary>Transposes a sequence from <c>[C, T]</c> to <c>[T, C]</c>.</summary>
    /// <param name="source">The values.</param>
    /// <param name="channels">The number of channels.</param>
    /// <param name="order">The position in the file of each step, if the order of the steps changes.</param>
    /// <param name="places">The position of each channel in a step, if the order of the channels changes.</param>
    public Memory<float> TakeTransposed(
        ReadOnlySpan<float> source, int channels, ReadOnlySpan<int> order = default, ReadOnlySpan<int> places = default)
    {
        Memory<float> packed = Take(source.Length);
        Span<float> target = packed.Span;
        int steps = source.Length / channels;
        for (int c = 0; c < channels; c++)
        {
            int place = places.IsEmpty ? c : places[c];
            for (int t = 0; t < steps; t++)
                target[(t * channels) + place] = source[(c * steps) + (order.IsEmpty ? t : order[t])];
        }
        return packed;
    }
}
