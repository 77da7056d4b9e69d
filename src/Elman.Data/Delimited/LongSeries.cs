namespace Elman.Data;

/// <summary>A sequence in long form while its rows come in.</summary>
internal sealed class LongSeries(int label, long firstLine)
{
    private readonly List<double> _times = [];

    // Lines of the rows, run by run: rows from Row on stand on the lines from Line on.
    private readonly List<(int Row, long Line)> _lineRuns = [];
    private bool _ordered = true;

    /// <summary>The label of the first row, and so of all.</summary>
    public int Label { get; } = label;

    /// <summary>The line of the first row.</summary>
    public long FirstLine { get; } = firstLine;

    /// <summary>The values so far, <c>[steps, channels]</c>.</summary>
    public ValueBuffer Values { get; } = new(16);

    /// <summary>How many rows are complete.</summary>
    public int Steps { get; set; }

    /// <summary>The time of the last row, if there are times.</summary>
    public double? LastTime => _times.Count > 0 ? _times[^1] : null;

    /// <summary>Adds the time of the next row and remembers its line.</summary>
    public void AddTime(double time, long line)
    {
        _ordered &= !(time < LastTime);
        if (_lineRuns.Count == 0 || line != LineOf(_times.Count))
            _lineRuns.Add((_times.Count, line));
        _times.Add(time);
    }

    /// <summary>The line of a row of this sequence, from 0; of the row after the last, where it would be if it followed at once.</summary>
    public long LineOf(int row)
    {
        int low = 0, high = _lineRuns.Count - 1;
        while (low < high)
        {
            int middle = (low + high + 1) / 2;
            if (_lineRuns[middle].Row <= row)
                low = middle;
            else
                high = middle - 1;
        }
        return _lineRuns[low].Line + (row - _lineRuns[low].Row);
    }

    /// <summary>Copies the values in the order of time.</summary>
    /// <returns>The lines of two rows with the same time, the later last, if there are such.</returns>
    public (long First, long Second)? CopyOrdered(Span<float> target, int channels)
    {
        ReadOnlySpan<float> source = Values.Span;
        if (_ordered)
        {
            source.CopyTo(target);
            return null;
        }
        double[] times = [.. _times];
        int[] rows = [.. Enumerable.Range(0, times.Length)];
        Array.Sort(times, rows);
        for (int t = 0; t < rows.Length; t++)
        {
            if (t > 0 && times[t] == times[t - 1])
                return (LineOf(Math.Min(rows[t - 1], rows[t])), LineOf(Math.Max(rows[t - 1], rows[t])));
            source.Slice(rows[t] * channels, channels).CopyTo(target[(t * channels)..]);
        }
        return null;
    }
}
