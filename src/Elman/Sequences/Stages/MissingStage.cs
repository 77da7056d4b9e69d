using System.Collections.Immutable;

namespace Elman.Sequences.Stages;

/// <summary>
/// Fills missing values (NaN), and where they are indicated adds for each channel whether it is seen, and how long ago it was.
/// </summary>
/// <remarks>
/// C values go in. C come out, or with <see cref="MissingValues.Indicate"/> 3·C: the values, of each channel 1 where it is seen and else 0,
/// and of each <c>log₄(1 + steps since it was seen)</c>. Steps that are skipped (<see cref="MissingValues.Mask"/>) do not come here.
/// </remarks>
/// <param name="missing">What is done.</param>
/// <param name="fill">What is put instead of a missing value, one a channel.</param>
/// <param name="channels">Of each channel, whether its values are quantities.</param>
internal sealed class MissingStage(MissingValues missing, ImmutableArray<double> fill, ImmutableArray<bool> channels)
    : Stage(OutputsOf(missing, channels))
{
    /// <summary>
    /// The longest time since a channel was last seen that is told apart from longer ones: steps beyond can't be counted in a
    /// <see langword="float"/>.
    /// </summary>
    private const float LongestInterval = (1 << 24) - 1;

    /// <remarks>Of each channel the last value, NaN before the first; or the steps since it was last seen.</remarks>
    public override int MemorySize => missing is MissingValues.Last or MissingValues.Indicate ? fill.Length : 0;

    public override bool CanStream => missing != MissingValues.Linear;

    public override void Begin(Span<float> memory) => memory.Fill(missing == MissingValues.Last ? float.NaN : 0);

    /// <summary>The values of a whole sequence with the gaps filled that only the values behind them can fill.</summary>
    /// <param name="values">Its values, <c>[steps, channels]</c>.</param>
    /// <param name="room">Receives the result, where it is another; grows as needed.</param>
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
    /// The logarithm to the base 4 of a number from 1 on, in straight pieces between the powers of 2 (J. Mitchell, 1962); at most 0.043
    /// too low.
    /// </summary>
    /// <remarks>A number's exponent and mantissa, read as one number, are just that: no platform's logarithm has a part in it.</remarks>
    private static double Log4(float number) =>
        (BitConverter.SingleToInt32Bits(number) - BitConverter.SingleToInt32Bits(1f)) / (double)(1 << 24);

    private static ImmutableArray<bool> OutputsOf(MissingValues missing, ImmutableArray<bool> channels) =>
        missing == MissingValues.Indicate ? [.. channels, .. new bool[2 * channels.Length]] : channels;
}
