namespace Elman;

/// <summary>The coverage of the band between two quantiles, over all steps ahead and channels.</summary>
/// <param name="Lower">The level of the lower quantile.</param>
/// <param name="Upper">The level of the upper quantile.</param>
/// <param name="Cases">The number of evaluated values.</param>
/// <param name="Coverage">The share of values in the band, including its limits; it should be about <see cref="Nominal"/>.</param>
/// <param name="Width">The mean width of the band, in the units of the data.</param>
public sealed record BandScore(double Lower, double Upper, int Cases, double Coverage, double Width)
{
    /// <summary>The share of values that should be in the band.</summary>
    public double Nominal => Upper - Lower;

    /// <summary>Measures the central bands, between the quantiles of levels q and 1 − q.</summary>
    /// <param name="levels">The levels.</param>
    /// <param name="cases">Each value with its quantiles.</param>
    internal static IReadOnlyList<BandScore> From(QuantileLevels levels, IEnumerable<(double Target, float[] Quantiles)> cases)
    {
        (int Lower, int Upper)[] pairs = [.. Enumerable.Range(0, levels.Count / 2).Select(i => (i, levels.Count - 1 - i))
            .Where(pair => Math.Abs(levels[pair.i] + levels[pair.Item2] - 1) < 1e-9)];
        long[] inside = new long[pairs.Length];
        double[] widths = new double[pairs.Length];
        int count = 0;
        foreach ((double target, float[] quantiles) in cases)
        {
            count++;
            for (int p = 0; p < pairs.Length; p++)
            {
                (float lower, float upper) = (quantiles[pairs[p].Lower], quantiles[pairs[p].Upper]);
                inside[p] += target >= lower && target <= upper ? 1 : 0;
                widths[p] += upper - lower;
            }
        }
        return [.. pairs.Select((pair, p) => new BandScore(
            levels[pair.Lower], levels[pair.Upper], count, inside[p] / (double)count, widths[p] / count))];
    }
}
