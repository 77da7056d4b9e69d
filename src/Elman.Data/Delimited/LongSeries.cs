namespace Elman.Data;

/// <summary>A sequence in long form while its rows come in.</summary>
internal sealed class LongSeries(int labels, long firstLine)
{
    private bool _trimmed;
    private int[]? _order;

    /// <summary>The labels of the first row, and so of all, unless steps are labelled.</summary>
    public int[] Labels { get; } = new int[labels];

    /// <summary>The labels of the rows, where steps are labelled.</summary>
    public List<int> StepLabels { get; } = [];

    /// <summary>The number of its group, or −1.</summary>
    public int Group { get; init; } = -1;

    /// <summary>The line of the first row.</summary>
    public long FirstLine { get; } = firstLine;

    /// <summary>The values so far, <c>[steps, channels]</c>.</summary>
    public ValueBuffer Values { get; } = new(16);

    /// <summary>The times so far; none in a file without a time column.</summary>
    public StepTimes Times { get; } = new();

    /// <summary>How many rows are complete.</summary>
    public int Steps { get; set; }

    /// <summary>Gives unused memory back when a row of another sequence comes: most likely, this one is complete.</summary>
    public void Pause()
    {
        // Once, since where rows of many sequences alternate, trimming would copy all values at each.
        if (!_trimmed)
            Values.TrimExcess();
        _trimmed = true;
    }

    /// <summary>The labels of the steps in the order of time, after <see cref="CopyOrdered"/>.</summary>
    public int[] OrderedStepLabels() =>
        _order is null || StepLabels.Count == 0 ? [.. StepLabels] : [.. _order.Select(row => StepLabels[row])];

    /// <summary>The times of the steps in ascending order, after <see cref="CopyOrdered"/>.</summary>
    public IReadOnlyList<double> OrderedTimes() =>
        [.. _order is null ? Enumerable.Range(0, Steps).Select(row => Times[row]) : _order.Select(row => Times[row])];

    /// <summary>Copies the values in the order of time.</summary>
    /// <returns>The lines of two rows with the same time, the later last, if there are such.</returns>
    public (long First, long Second)? CopyOrdered(Span<float> target, int channels)
    {
        ReadOnlySpan<float> source = Values.Span;
        // Without times, rows come in the order of the file.
        if (Times.Ordered)
        {
            source.CopyTo(target);
            return null;
        }
        int[] rows = _order = [.. Enumerable.Range(0, Steps)];
        double[] times = [.. rows.Select(row => Times[row])];
        Array.Sort(times, rows);
        for (int t = 0; t < rows.Length; t++)
        {
            if (t > 0 && times[t] == times[t - 1])
                return (Times.LineOf(Math.Min(rows[t - 1], rows[t])), Times.LineOf(Math.Max(rows[t - 1], rows[t])));
            source.Slice(rows[t] * channels, channels).CopyTo(target[(t * channels)..]);
        }
        return null;
    }
}
