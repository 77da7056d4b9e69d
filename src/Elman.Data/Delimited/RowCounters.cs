using System.Globalization;

namespace Elman.Data;

/// <summary>
/// Finds columns of a table in long form that are not values, but count the rows of the file or the steps of each sequence.
/// </summary>
/// <param name="channels">The number of columns of values.</param>
internal sealed class RowCounters(int channels)
{
    /// <summary>If there are fewer rows, a counter is reported only if its name is that of a counter.</summary>
    private const int EnoughRows = 20;

    /// <summary>If there are fewer rows, nothing is reported.</summary>
    private const int LeastRows = 4;

    private readonly List<int> _counting = [.. Enumerable.Range(0, channels)]; // usually none after two rows
    private readonly float[] _starts = new float[channels];
    private long _rows;

    /// <summary>Checks the values of the next row of the file.</summary>
    public void Look(ReadOnlySpan<float> row)
    {
        for (int i = _counting.Count - 1; i >= 0; i--)
        {
            int channel = _counting[i];
            if (_rows == 0)
                _starts[channel] = row[channel];
            if (row[channel] != (float)(_starts[channel] + (double)_rows) || _starts[channel] is not (0 or 1))
                _counting.RemoveAt(i);
        }
        _rows++;
    }

    /// <summary>Returns the channels that count all rows of the file, if there are several sequences.</summary>
    /// <param name="sequences">The number of sequences.</param>
    /// <param name="nameOf">The name of a channel.</param>
    public IReadOnlyList<int> OfRows(int sequences, Func<int, string> nameOf) =>
        sequences < 2 ? [] : [.. _counting.Where(channel => IsEnough(nameOf(channel)))];

    /// <summary>Returns the channels whose count starts again in every sequence.</summary>
    /// <param name="sequences">The sequences, with their steps sorted by time.</param>
    /// <param name="nameOf">The name of a channel.</param>
    public IReadOnlyList<int> OfSteps(PackedSequences sequences, Func<int, string> nameOf)
    {
        var counting = Enumerable.Range(0, sequences.Channels).Where(channel => IsEnough(nameOf(channel))).ToList();
        int longest = 0;
        for (int i = 0; i < sequences.Count && counting.Count > 0; i++)
        {
            ReadOnlyMemory<float> values = sequences.ValuesOf(i);
            longest = Math.Max(longest, values.Length / sequences.Channels);
            counting.RemoveAll(channel => !Counts(values.Span, channel));
        }
        return longest >= LeastRows ? counting : [];

        bool Counts(ReadOnlySpan<float> values, int channel)
        {
            float first = sequences.ValuesOf(0).Span[channel];
            float start = values[channel];
            if (start != first || start is not (0 or 1))
                return false;
            for (int t = 1; (t * sequences.Channels) + channel < values.Length; t++)
                if (values[(t * sequences.Channels) + channel] != (float)(start + (double)t))
                    return false;
            return true;
        }
    }

    /// <summary>Describes the values of a counting channel, as part of a sentence.</summary>
    public string Describe(int channel) => string.Create(
        CultureInfo.InvariantCulture, $"{_starts[channel]}, {_starts[channel] + 1}, {_starts[channel] + 2}, …");

    private bool IsEnough(string name) => _rows >= (ColumnNames.IsNumber(name) ? LeastRows : EnoughRows);
}
