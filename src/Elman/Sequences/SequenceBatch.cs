using System.Numerics;
using Elman.Kernels;
using Elman.Sequences.Stages;

namespace Elman.Sequences;

/// <summary>A batch of sequences, laid out for one pass through a network: by time step, longest first, without padding.</summary>
/// <remarks>
/// <para>
/// Step t has one row for each sequence of at least t + 1 steps; the rows of all steps are stored one after the other:
/// <c>[rows, channels]</c>. Since the longest sequences come first, the active sequences of a step are the first <see cref="ActiveAt"/> of
/// the batch, and row r of every step belongs to the same sequence. With equal lengths this is plain time-major <c>[T, B, channels]</c>.
/// </para>
/// <para>Skipped steps have no rows: the batch is that of the sequences without them.</para>
/// <para>A batch is reused; it allocates only to grow.</para>
/// </remarks>
internal sealed unsafe class SequenceBatch<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly NativeBuffer<T> _inputs = new();
    private int[] _offsets = [];
    private int[] _order = [];
    private int[] _lengths = [];
    private int[] _labels = [];
    private long[] _keys = [];
    private int[] _dataSteps = []; // for every row, if the steps of the batch are not those of the data
    private float[] _memory = [];
    private readonly StageBuffers _room = new();
    private bool _hasDataSteps;

    /// <summary>The number of sequences, B.</summary>
    public int Count { get; private set; }

    /// <summary>The number of steps of the longest sequence, T.</summary>
    public int Steps { get; private set; }

    /// <summary>The number of inputs of a network per step.</summary>
    public int Channels { get; private set; }

    /// <summary>The total number of steps of all sequences.</summary>
    public int Rows => _offsets[Steps];

    /// <summary>The values, <c>[rows, channels]</c>.</summary>
    public T* Inputs => _inputs.Start;

    /// <summary>For each place in the batch, the position of its sequence in the argument of Fill.</summary>
    public ReadOnlySpan<int> Order => _order.AsSpan(0, Count);

    /// <summary>The number of steps of the sequence at each place, in descending order.</summary>
    public ReadOnlySpan<int> Lengths => _lengths.AsSpan(0, Count);

    /// <summary>The class of the sequence at each place, or <see cref="Sequence.NoLabel"/>.</summary>
    public ReadOnlySpan<int> Labels => _labels.AsSpan(0, Count);

    /// <summary>Returns the first row of a step; for <paramref name="step"/> = <see cref="Steps"/>, the number of rows.</summary>
    public int RowOf(int step) => _offsets[step];

    /// <summary>Returns the number of sequences that have a value at a step.</summary>
    public int ActiveAt(int step) => _offsets[step + 1] - _offsets[step];

    /// <summary>
    /// Returns the step of the data for a step of the batch. They are equal unless earlier steps were skipped. For a patch, the last of its
    /// steps.
    /// </summary>
    public int DataStep(int step, int place) => _hasDataSteps ? _dataSteps[_offsets[step] + place] : step;

    /// <summary>Fills the batch with some sequences of a data set.</summary>
    /// <param name="data">The data set.</param>
    /// <param name="indices">The indices of the sequences; each must have at least one step that is not skipped.</param>
    /// <param name="preprocessing">The preprocessing of the values, or <see langword="null"/> for none.</param>
    /// <param name="dropout">The symbol dropout; by default none.</param>
    /// <param name="key">The key of the symbol dropout.</param>
    public void Fill(
        SequenceDataset data, ReadOnlySpan<int> indices, Preprocessing? preprocessing, SymbolDropout? dropout = null, ulong key = 0)
    {
        preprocessing ??= new Preprocessing(MissingValues.Refuse, data.Channels);
        Channels = preprocessing.InputSize;
        Reserve(indices.Length);
        for (int i = 0; i < indices.Length; i++)
            _lengths[i] = preprocessing.StepsOf(data[indices[i]]);
        Arrange();
        _hasDataSteps = preprocessing.Missing == MissingValues.Mask || !preprocessing.KeepsSteps;
        if (_hasDataSteps && _dataSteps.Length < Rows)
            _dataSteps = new int[Rows];
        if (_memory.Length < preprocessing.MemorySize)
            _memory = new float[preprocessing.MemorySize];
        preprocessing.Reserve(_room);
        for (int r = 0; r < Count; r++)
        {
            int index = indices[_order[r]];
            Sequence sequence = data[index];
            _labels[r] = sequence.Label;
            ReadOnlySpan<float> values = sequence.Values.Span;
            Lay(sequence, dropout is null ? values : dropout.Apply(values, SeededRandom.At(key, (ulong)index)), r, preprocessing);
        }
    }

    /// <summary>Fills the batch with sequences of equal length, <c>[count, steps, channels]</c>, without labels.</summary>
    /// <param name="values">The values.</param>
    /// <param name="count">The number of sequences, at least 1.</param>
    /// <param name="steps">The number of steps, at least 1.</param>
    /// <param name="channels">The number of values per step.</param>
    public void Fill(ReadOnlySpan<T> values, int count, int steps, int channels)
    {
        Channels = channels;
        _hasDataSteps = false;
        Reserve(count);
        _lengths.AsSpan(0, Count).Fill(steps);
        _labels.AsSpan(0, Count).Fill(Sequence.NoLabel);
        Arrange();
        for (int r = 0; r < Count; r++)
            for (int t = 0; t < steps; t++)
                values.Slice(((r * steps) + t) * channels, channels).CopyTo(new Span<T>(RowAt(t, r), channels));
    }

    /// <inheritdoc/>
    public void Dispose() => _inputs.Dispose();

    private void Lay(Sequence sequence, ReadOnlySpan<float> values, int place, Preprocessing preprocessing)
    {
        Span<float> memory = _memory.AsSpan(0, preprocessing.MemorySize);
        values = preprocessing.Begin(values, memory, _room);
        int taken = 0, last = preprocessing.Missing.StepsOf(sequence) - 1, next = 0;
        for (int t = 0; t < sequence.Steps; t++)
        {
            ReadOnlySpan<float> step = values.Slice(t * sequence.Channels, sequence.Channels);
            if (!preprocessing.Missing.Takes(step))
                continue;
            var which = new StageStep(taken, IsAsked: taken == last);
            taken++;
            if (!preprocessing.Take(step, which, memory, _room, new Span<T>(RowAt(next, place), Channels)))
                continue;
            if (_hasDataSteps)
                _dataSteps[_offsets[next] + place] = t;
            next++;
        }
    }

    private T* RowAt(int step, int place) => Inputs + ((nint)(_offsets[step] + place) * Channels);

    private void Reserve(int count)
    {
        Count = count;
        if (_order.Length >= count)
            return;
        _order = new int[count];
        _lengths = new int[count];
        _labels = new int[count];
        _keys = new long[count];
    }

    /// <summary>Sorts by length, longest first and otherwise in the given order, and computes the first row of each step.</summary>
    private void Arrange()
    {
        for (int i = 0; i < Count; i++)
            _keys[i] = ((long)-_lengths[i] << 32) | (uint)i;
        _keys.AsSpan(0, Count).Sort();
        for (int r = 0; r < Count; r++)
        {
            _order[r] = (int)(uint)_keys[r];
            _lengths[r] = (int)-(_keys[r] >> 32);
        }

        Steps = Count == 0 ? 0 : _lengths[0];
        if (_offsets.Length <= Steps)
            _offsets = new int[Steps + 1];
        _offsets[0] = 0;
        int active = Count;
        for (int t = 0; t < Steps; t++)
        {
            while (_lengths[active - 1] <= t)
                active--;
            _offsets[t + 1] = checked(_offsets[t] + active);
        }
        _inputs.Resize((long)Rows * Channels);
    }
}
