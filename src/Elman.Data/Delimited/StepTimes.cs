namespace Elman.Data;

/// <summary>The times and line numbers of the rows of a sequence. Evenly spaced times, the usual case, take no memory.</summary>
internal sealed class StepTimes
{
    private double _first, _spacing;
    private List<double>? _times; // null while the times are evenly spaced

    // Line numbers in runs: the rows starting at Row are on the lines starting at Line.
    private long _firstLine;
    private List<(int Row, long Line)>? _lineRuns;

    /// <summary>The number of times.</summary>
    public int Count { get; private set; }

    /// <summary>Whether the times never decrease.</summary>
    public bool Ordered { get; private set; } = true;

    /// <summary>The time of a row, from 0.</summary>
    public double this[int row] => _times is null ? _first + (row * _spacing) : _times[row];

    /// <summary>Adds the time and line of the next row.</summary>
    public void Add(double time, long line)
    {
        Ordered &= Count == 0 || time >= this[Count - 1];
        if (Count == 0)
            _first = time;
        else if (Count == 1)
            _spacing = time - _first;
        if (_times is null && time != this[Count])
            _times = [.. Enumerable.Range(0, Count).Select(row => this[row])];
        _times?.Add(time);
        if (Count == 0)
            _firstLine = line;
        else if (line != LineOf(Count))
            (_lineRuns ??= []).Add((Count, line));
        Count++;
    }

    /// <summary>Returns the line of a row, from 0; for the row after the last, the line that would follow.</summary>
    public long LineOf(int row)
    {
        int low = -1, high = (_lineRuns?.Count ?? 0) - 1;
        while (low < high)
        {
            int middle = (low + high + 1) / 2;
            if (_lineRuns![middle].Row <= row)
                low = middle;
            else
                high = middle - 1;
        }
        return low < 0 ? _firstLine + row : _lineRuns![low].Line + (row - _lineRuns[low].Row);
    }
}
