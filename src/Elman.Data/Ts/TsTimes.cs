namespace Elman.Data;

/// <summary>The times of a <c>.ts</c> file whose values have time stamps; all channels of a case must have the same times.</summary>
internal sealed class TsTimes
{
    private readonly TimeColumn _column = new();
    private readonly List<StepTimes> _cases = [];
    private readonly List<long> _lines = [];
    private StepTimes _times = new();

    /// <summary>Begins a case.</summary>
    public void Begin(long line)
    {
        _times = new StepTimes();
        _cases.Add(_times);
        _lines.Add(line);
    }

    /// <summary>Adds a time.</summary>
    /// <param name="text">The text.</param>
    /// <param name="channel">The channel of the time, from 0.</param>
    /// <param name="step">The position of the time in the channel, from 0.</param>
    /// <returns>The problem, if there is one.</returns>
    public string? Take(ReadOnlySpan<byte> text, int channel, int step)
    {
        ReadOnlySpan<byte> trimmed = NumberText.TrimBlanks(text);
        if (!_column.TryRead(trimmed, out double time))
            return _column.Explain(trimmed);
        if (channel == 0)
            _times.Add(time, step + 1);
        else if (step >= _times.Count || _times[step] != time)
            return $"value {step + 1} of channel {channel + 1} of this case has a different time than in channel 1; give all channels "
                + "of a case the same times, with ? for a missing value.";
        return null;
    }

    /// <summary>Returns the position in the file of each step, in the order of time; empty if that is the order of the file.</summary>
    /// <param name="error">Creates an exception for this case.</param>
    /// <exception cref="DataFileException">Two values have the same time.</exception>
    public int[] Order(Func<string, int?, DataFileException> error)
    {
        double[] times = [.. Enumerable.Range(0, _times.Count).Select(step => _times[step])];
        int[] order = [.. Enumerable.Range(0, times.Length)];
        if (!_times.Ordered)
            Array.Sort(times, order);
        for (int t = 1; t < times.Length; t++)
            if (times[t] == times[t - 1])
                throw error($"values {Math.Min(order[t - 1], order[t]) + 1} and {Math.Max(order[t - 1], order[t]) + 1} of each channel "
                    + "have the same time; times within a case must differ.", null);
        return _times.Ordered ? [] : order;
    }

    /// <summary>Returns warnings about times, which models do not read.</summary>
    public IReadOnlyList<string> Warnings()
    {
        var remarks = new Remarks();
        TimeGaps.Report(_cases.Count, i => _cases[i], _column, (which, row) => (
            FormattableString.Invariant($"The case on line {_lines[which]}"), FormattableString.Invariant($"value {row + 1}")), remarks);
        return remarks.Texts;
    }
}
