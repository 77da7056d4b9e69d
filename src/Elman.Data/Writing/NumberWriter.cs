using System.Globalization;

namespace Elman.Data;

/// <summary>
/// Writes the values and targets of a data set with the fewest digits that read back as the same <see langword="float"/>. If they have
/// offsets, the offsets are added.
/// </summary>
/// <remarks>
/// If numbers are so close to each other that a reader would subtract an offset, they are written with all digits, so that nothing is lost
/// if it does not.
/// </remarks>
internal sealed class NumberWriter
{
    private readonly TextWriter _writer;
    private readonly string _missing;
    private readonly (double Offset, bool WithAllDigits)[] _channels, _targets;

    /// <summary>Creates a writer for a data set.</summary>
    /// <param name="writer">The output.</param>
    /// <param name="data">The data set.</param>
    /// <param name="missing">The text for a missing number.</param>
    public NumberWriter(TextWriter writer, SequenceDataset data, string missing)
    {
        (_writer, _missing) = (writer, missing);
        _channels = Columns(data.Select(sequence => sequence.Values), data.Channels, data.Offsets.OfChannel);
        _targets = Columns(data.Select(sequence => sequence.Targets), data.TargetNames.Count, target =>
            data.Offsets.OfTarget(data.TargetNames[target]));
    }

    /// <summary>Writes a value of a channel.</summary>
    public void WriteValue(int channel, float value) => Write(value, _channels[channel]);

    /// <summary>Writes a target of a sequence, which may be unknown.</summary>
    public void WriteTarget(Sequence sequence, int target) =>
        Write(sequence.Targets.IsEmpty ? float.NaN : sequence.Targets.Span[target], _targets[target]);

    private static (double Offset, bool WithAllDigits)[] Columns(
        IEnumerable<ReadOnlyMemory<float>> rows, int columns, Func<int, double> offsetOf)
    {
        float[] least = [.. Enumerable.Repeat(float.PositiveInfinity, columns)], most = [.. least.Select(value => -value)];
        foreach (ReadOnlyMemory<float> row in rows)
            for (int i = 0; i < row.Length; i++)
            {
                float value = row.Span[i];
                int column = i % columns;
                if (value < least[column])
                    least[column] = value;
                if (value > most[column])
                    most[column] = value;
            }
        return [.. Enumerable.Range(0, columns).Select(column => (offsetOf(column), RoundingWatch.MayLose(least[column], most[column])))];
    }

    private void Write(float value, (double Offset, bool WithAllDigits) column)
    {
        Span<char> digits = stackalloc char[32];
        int length = 0;
        if (float.IsNaN(value))
            _writer.Write(_missing);
        else if (column.Offset != 0)
            _writer.Write(ValueOffsets.Format(value, column.Offset));
        else if (column.WithAllDigits ? ((double)value).TryFormat(digits, out length, provider: CultureInfo.InvariantCulture)
            : value.TryFormat(digits, out length, provider: CultureInfo.InvariantCulture))
            _writer.Write(digits[..length]);
    }
}
