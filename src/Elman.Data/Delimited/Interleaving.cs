using System.Globalization;

namespace Elman.Data;

/// <summary>Reports rows whose values seem to be interleaved channels, but are read as one channel.</summary>
internal static class Interleaving
{
    private const int MostChannels = 8;

    /// <summary>Checks the header, or the values if there is none.</summary>
    public static void Report(string[]? names, IReadOnlyList<Sequence> sequences, Remarks remarks)
    {
        int channels = names is null ? OfValues(sequences) : OfNames(names);
        if (channels < 2)
            return;
        string why = names is null
            ? $"values are much closer to the value {channels} fields before than to their neighbour"
            : $"the header names {channels} interleaved values for each step";
        remarks.Add("interleaved channels", string.Create(CultureInfo.InvariantCulture,
            $"The rows are read as one channel, but {why}; give --channels {channels} if {Amount.Of(channels, "channel")}."));
    }

    /// <summary>
    /// Returns the period of names such as x1, y1, x2, y2: the number of names before the first one is repeated with another number; else
    /// 1.
    /// </summary>
    private static int OfNames(string[] names)
    {
        string[] stems = [.. names.Select(name => name.TrimEnd("0123456789".ToCharArray())), ""];
        if (stems[0].Length == 0 || stems[0] == names[0])
            return 1;
        int period = Array.IndexOf(stems, stems[0], 1);
        int numbered = names.TakeWhile(name => char.IsAsciiDigit(name.LastOrDefault())).Count();
        return period > 1 && numbered >= 2 * period && Enumerable.Range(period, numbered - period).All(i => stems[i] == stems[i - period])
            ? period
            : 1;
    }

    /// <summary>
    /// Returns the distance with the smallest mean difference of values, if it is much smaller than between neighbours; else 1.
    /// </summary>
    private static int OfValues(IReadOnlyList<Sequence> sequences)
    {
        double[] sums = new double[MostChannels + 1];
        long[] counts = new long[MostChannels + 1];
        foreach (Sequence sequence in sequences.Take(1000))
        {
            ReadOnlySpan<float> values = sequence.Values.Span;
            for (int distance = 1; distance <= Math.Min(MostChannels, values.Length / 3); distance++)
            {
                if (values.Length % distance != 0)
                    continue;
                for (int i = distance; i < Math.Min(values.Length, 1000); i++)
                {
                    if (!float.IsFinite(values[i] - values[i - distance]))
                        continue;
                    sums[distance] += Math.Abs(values[i] - values[i - distance]);
                    counts[distance]++;
                }
            }
        }
        double MeanOf(int distance) => counts[distance] < 100 ? double.PositiveInfinity : sums[distance] / counts[distance];
        int best = Enumerable.Range(2, MostChannels - 1).MinBy(MeanOf);
        return MeanOf(best) < 0.75 * MeanOf(1) && MeanOf(1) < double.PositiveInfinity ? best : 1;
    }
}
