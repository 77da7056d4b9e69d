using System.Collections.Immutable;

namespace Elman.Sequences.Stages;

/// <summary>
/// Replaces missing values (NaN). With <see cref="MissingValues.Indicate"/>, also adds for each channel whether it was observed, and the
/// time since.
/// </summary>
/// <remarks>
/// There are C inputs and C outputs, or with <see cref="MissingValues.Indicate"/> 3·C: the values, for each channel 1 if it was observed
/// and otherwise 0, and for each channel <c>log₄(1 + steps since the last observed value)</c>. Skipped steps
/// (<see cref="MissingValues.Mask"/>) do not reach this stage.
/// </remarks>
/// <param name="missing">The treatment of missing values.</param>
/// <param name="fill">The replacement of a missing value, one per channel.</param>
/// <param name="channels">For each channel, whether its values are quantities.</param>
internal sealed class MissingStage(MissingValues missing, ImmutableArray<double> fill, ImmutableArray<bool> channels)
    : Stage(OutputsOf(missing, channels))
{
    /// <summary>
    /// The maximum number of steps since the last observed value; larger numbers can't be counted in a <see langword="float"/>.
    /// </summary>
    private const float LongestInterval = (1 << 24) - 1;

    /// <remarks>For each channel the last value, NaN before the first; or the number of steps since the last observed value.</remarks>
    public override int MemorySize => missing is MissingValues.Last or MissingValues.Indicate ? fill.Length : 0;

    public override bool CanStream => missing != MissingValues.Linear;

    public override void Begin(Span<float> memory) => memory.Fill(missing == MissingValues.Last ? float.NaN : 0);

    public override bool CanRemember(ReadOnlySpan<float> memory, SymbolTables symbols)
    {
        if (missing != MissingValues.Last)
            return true;
        foreach (SymbolTable table in symbols)
            if (!float.IsNaN(memory[table.Channel - 1]) && !table.Has(memory[table.Channel - 1]))
                return false;
        return true;
    }

    /// <summary>Returns the values of a whole sequence, with gaps filled if this needs later values.</summary>
    /// <param name="values">The values of the sequence, <c>[steps, channels]</c>.</param>
    /// <param name="room">Receives the result if it differs from the values; grows as needed.</param>
    public ReadOnlySpan<float> Whole(ReadOnlySpan<float> values, ref float[] room)
    {
        if (missing != MissingValues.Linear)
            return values;
        if (room.Length < values.Length)
            room = new float[values.Length];
        Interpolation.Fill(values, fill.Length, room);
        return room.AsSpan(0, values.Length);
    }

    public override bool Take(Span<double> row, Span<float> memory, ReadOnlySpan<double> measures, StageStep step)
    {
        for (int c = 0; c < fill.Length; c++)
        {
            bool isSeen = !double.IsNaN(row[c]);
            if (missing == MissingValues.Last)
            {
                if (isSeen)
                    memory[c] = (float)row[c];
                row[c] = memory[c];
            }
            else if (missing == MissingValues.Indicate)
            {
                row[fill.Length + c] = isSeen ? 1 : 0;
                row[(2 * fill.Length) + c] = Log4(1 + memory[c]);
                memory[c] = isSeen ? 1 : Math.Min(memory[c] + 1, LongestInterval);
            }
            if (double.IsNaN(row[c]))
                row[c] = fill[c];
        }
        return true;
    }

    /// <summary>
    /// The logarithm to base 4 of a number of at least 1, linearly interpolated between the powers of 2 (J. Mitchell, 1962); at most 0.043
    /// too low.
    /// </summary>
    /// <remarks>It is the bit pattern of the number, exponent and mantissa read as one integer, so it does not depend on the logarithm of
    /// the platform.</remarks>
    private static double Log4(float number) =>
        (BitConverter.SingleToInt32Bits(number) - BitConverter.SingleToInt32Bits(1f)) / (double)(1 << 24);

    private static ImmutableArray<bool> OutputsOf(MissingValues missing, ImmutableArray<bool> channels) =>
        missing == MissingValues.Indicate ? [.. channels, .. new bool[2 * channels.Length]] : channels;
}
