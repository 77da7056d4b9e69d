namespace Elman.Data;

/// <summary>The sequences of a table in long form, collected while its rows are read.</summary>
/// <param name="channels">The number of values of a row.</param>
/// <param name="labels">The number of label columns.</param>
internal sealed class LongSeries(int channels, int labels)
{
    private readonly ValueStore _store = new();
    private readonly ChunkList<long> _firstLines = new();
    private readonly ChunkList<double> _firstTimes = new();
    private readonly ChunkList<StepTimes?> _times = new(); // from the second row on
    private readonly ChunkList<List<int>> _stepLabels = new();
    private readonly PackedSequences _sequences = new(channels);

    // Runs of rows of a sequence that come after rows of other sequences.
    private readonly List<(int Series, ReadOnlyMemory<float> Values)> _later = [];
    private int _current = -1;

    /// <summary>The number of sequences.</summary>
    public int Count => _firstLines.Count;

    /// <summary>Whether any sequence has more than one row.</summary>
    public bool AnyHasSteps { get; private set; }

    /// <summary>
    /// For each label column, the label in the first row of each sequence, which is that of all its rows unless steps are labelled.
    /// </summary>
    public ChunkList<int>[] Labels { get; } = [.. Enumerable.Range(0, labels).Select(_ => new ChunkList<int>())];

    /// <summary>The index of the group of each sequence; empty if there are no groups.</summary>
    public ChunkList<int> Groups { get; } = new();

    /// <summary>Returns the line of the first row of a sequence.</summary>
    public long FirstLineOf(int series) => _firstLines[series];

    /// <summary>Selects the sequence of the current row; adds it if it is new.</summary>
    /// <param name="series">The index of the sequence.</param>
    /// <param name="line">The line of the row.</param>
    /// <returns>Whether the row continues a sequence after rows of other sequences.</returns>
    public bool GoTo(int series, long line)
    {
        bool isNew = series == Count;
        AnyHasSteps |= !isNew;
        if (series == _current)
            return false;
        Close();
        _current = series;
        if (isNew)
        {
            _firstLines.Add(line);
            _sequences.Add(default);
        }
        _store.BeginRun();
        return !isNew;
    }

    /// <summary>The values of the current row, after all of them were added.</summary>
    public ReadOnlySpan<float> Row => _store.Run.Span[^channels..];

    /// <summary>Adds a value to the sequence of the current row.</summary>
    public void Add(float value) => _store.Add(value);

    /// <summary>Adds the label of a row to its sequence.</summary>
    public void AddStepLabel(int label)
    {
        if (_stepLabels.Count < Count)
            _stepLabels.Add([]);
        _stepLabels[_current].Add(label);
    }

    /// <summary>Adds the time of the current row.</summary>
    /// <returns>The line of the previous row of the sequence if it has the same time.</returns>
    public long? AddTime(double time, long line)
    {
        if (_firstTimes.Count < Count)
        {
            _firstTimes.Add(time);
            _times.Add(null);
            return null;
        }
        StepTimes times = _times[_current] ??= TimesOf(_current);
        if (times[times.Count - 1] == time)
            return times.LineOf(times.Count - 1);
        times.Add(time, line);
        return null;
    }

    /// <summary>Returns the times of a sequence, if there is a time column.</summary>
    public StepTimes TimesOf(int series)
    {
        if (_times[series] is { } known)
            return known;
        var times = new StepTimes();
        times.Add(_firstTimes[series], _firstLines[series]);
        return times;
    }

    /// <summary>Returns the times of a sequence in ascending order.</summary>
    public IReadOnlyList<double> OrderedTimesOf(int series)
    {
        StepTimes times = TimesOf(series);
        double[] all = [.. Enumerable.Range(0, times.Count).Select(row => times[row])];
        if (!times.Ordered)
            Array.Sort(all);
        return all;
    }

    /// <summary>Whether the times of more than one row of a sequence are stored.</summary>
    public bool HasTimes(int series) => series < _times.Count && _times[series] is not null;

    /// <summary>Joins the rows of each sequence, and sorts them by time.</summary>
    /// <param name="ids">The names of the sequences, in their order; <see langword="null"/> if there is a single sequence without a
    /// name.</param>
    /// <param name="groups">The names of groups.</param>
    /// <param name="stepLabels">Receives the labels of the steps, in that order.</param>
    /// <returns>The sequences, or a sequence with two rows of the same time and the lines of these rows.</returns>
    public (PackedSequences Sequences, (int Series, long First, long Second)? Twice) Complete(
        NameTable? ids, NameTable groups, List<int[]> stepLabels)
    {
        Close();
        _current = -1;
        PutTogether();
        if (ids is not null)
            _sequences.NameAll(ids);
        for (int i = 0; i < Count; i++)
        {
            int[]? order = null;
            if (HasTimes(i) && !_times[i]!.Ordered && Sort(i, out order) is var (first, second))
                return (_sequences, (i, first, second));
            if (i < _stepLabels.Count)
                stepLabels.Add(order is null ? [.. _stepLabels[i]] : [.. order.Select(row => _stepLabels[i][row])]);
        }
        if (Groups.Count > 0)
            _sequences.GroupAll(groups, Groups);
        return (_sequences, null);
    }

    private void Close()
    {
        if (_current < 0)
            return;
        if (_sequences.ValuesOf(_current).IsEmpty)
            _sequences.SetValues(_current, _store.Run);
        else
            _later.Add((_current, _store.Run));
    }

    /// <summary>Appends the later rows of each sequence to its first rows.</summary>
    private void PutTogether()
    {
        var lengths = new Dictionary<int, long>();
        foreach ((int series, ReadOnlyMemory<float> run) in _later)
            lengths[series] = lengths.GetValueOrDefault(series, _sequences.ValuesOf(series).Length) + run.Length;
        var store = new ValueStore();
        var used = new Dictionary<int, (Memory<float> All, int Count)>(lengths.Count);
        foreach ((int series, ReadOnlyMemory<float> run) in _later)
        {
            if (!used.TryGetValue(series, out (Memory<float> All, int Count) at))
            {
                if (lengths[series] > Array.MaxLength)
                    throw new InsufficientMemoryException($"A sequence can't hold more than {Array.MaxLength} values.");
                at = (store.Take((int)lengths[series]), _sequences.ValuesOf(series).Length);
                _sequences.ValuesOf(series).CopyTo(at.All);
                _sequences.SetValues(series, at.All);
            }
            run.CopyTo(at.All[at.Count..]);
            used[series] = (at.All, at.Count + run.Length);
        }
        _later.Clear();
    }

    /// <summary>Sorts the rows of a sequence by time.</summary>
    /// <returns>The lines of two rows with the same time, the later one last, if there are any.</returns>
    private (long First, long Second)? Sort(int series, out int[] rows)
    {
        StepTimes all = _times[series]!;
        rows = [.. Enumerable.Range(0, all.Count)];
        double[] times = [.. rows.Select(row => all[row])];
        Array.Sort(times, rows);
        ReadOnlySpan<float> source = _sequences.ValuesOf(series).Span;
        float[] target = GC.AllocateUninitializedArray<float>(source.Length);
        for (int t = 0; t < rows.Length; t++)
        {
            if (t > 0 && times[t] == times[t - 1])
                return (all.LineOf(Math.Min(rows[t - 1], rows[t])), all.LineOf(Math.Max(rows[t - 1], rows[t])));
            source.Slice(rows[t] * channels, channels).CopyTo(target.AsSpan(t * channels));
        }
        target.CopyTo(System.Runtime.InteropServices.MemoryMarshal.AsMemory(_sequences.ValuesOf(series)));
        return null;
    }
}
