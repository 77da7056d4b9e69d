namespace Elman.Evaluations;

/// <summary>
/// Quantiles of what comes, around a forecast: the forecast and the quantiles of its errors on cases that were not learned from (split
/// conformal prediction: V. Vovk and others, 2005; J. Lei and others, 2018), for each step ahead and each channel by itself.
/// </summary>
/// <param name="Levels">The levels, in ascending order.</param>
/// <param name="Errors">The quantiles of truth less forecast, <c>[levels][horizon · channels]</c>; for each output they ascend, so
/// quantiles never cross.</param>
internal sealed record ForecastBands(QuantileLevels Levels, IReadOnlyList<float[]> Errors)
{
    /// <summary>No bands.</summary>
    public static ForecastBands None { get; } = new([], []);

    /// <summary>The number of errors the quantiles of a step ahead and channel come from, the fewest; <see langword="null"/> if that is not
    /// known.</summary>
    public int? Cases { get; init; }

    /// <summary>Measures the errors of cases.</summary>
    /// <param name="levels">The levels.</param>
    /// <param name="cases">What each case is in truth, <c>[cases][horizon · channels]</c>, NaN if it is not known, and what was said of
    /// it.</param>
    /// <param name="channels">The number of channels.</param>
    /// <returns>The bands; none if an output has no case.</returns>
    /// <remarks>
    /// Where an output has fewer errors than its levels need (<see cref="QuantileLevels.LeastCases"/>), which happens to the last steps
    /// ahead of short series, those of the steps ahead that are nearest to it count as well: of a single error, all quantiles would be the
    /// same.
    /// </remarks>
    public static ForecastBands Of(QuantileLevels levels, IEnumerable<(double[][] Target, double[][] Answers)> cases, int channels)
    {
        (double[] Target, double[] Answer)[] all = [.. cases.SelectMany(part => part.Target.Zip(part.Answers))];
        int outputs = all.Length == 0 ? 0 : all[0].Target.Length;
        if (levels.Count == 0 || outputs == 0)
            return None;
        double[][] known = [.. Enumerable.Range(0, outputs).Select(o =>
            all.Where(one => double.IsFinite(one.Target[o])).Select(one => one.Target[o] - one.Answer[o]).ToArray())];
        int fewest = known.Min(errors => errors.Length);
        if (fewest == 0)
            return None;
        float[][] quantiles = [.. levels.Select(_ => new float[outputs])];
        for (int o = 0; o < outputs; o++)
        {
            double[] sorted = Enough(known, o, channels, levels.LeastCases);
            Array.Sort(sorted);
            for (int level = 0; level < quantiles.Length; level++)
                quantiles[level][o] = (float)Quantile(sorted, levels[level]);
        }
        return new ForecastBands(levels, quantiles) { Cases = fewest };
    }

    /// <summary>In how many cases an output is known, the fewest of all outputs.</summary>
    public static int FewestOf(double[][] target) => target.Length == 0
        ? 0
        : Enumerable.Range(0, target[0].Length).Min(o => target.Count(one => double.IsFinite(one[o])));

    /// <summary>The errors of an output, and as long as they are too few, those of the same channel one step nearer and one further ahead,
    /// two, and so on.</summary>
    private static double[] Enough(double[][] known, int output, int channels, int least)
    {
        List<double> errors = [.. known[output]];
        for (int away = channels; errors.Count < least && away < known.Length; away += channels)
        {
            if (output - away >= 0)
                errors.AddRange(known[output - away]);
            if (output + away < known.Length)
                errors.AddRange(known[output + away]);
        }
        return [.. errors];
    }

    /// <summary>The quantiles around a forecast.</summary>
    /// <param name="forecast">The forecast, <c>[horizon · channels]</c>.</param>
    /// <param name="quantiles">Receives them, <c>[levels, horizon · channels]</c>.</param>
    public void Around(ReadOnlySpan<float> forecast, Span<float> quantiles)
    {
        for (int level = 0; level < Errors.Count; level++)
            for (int o = 0; o < forecast.Length; o++)
                quantiles[(level * forecast.Length) + o] = forecast[o] + Errors[level][o];
    }

    /// <summary>
    /// A quantile of n errors as that of n + 1: the next error is as likely to fall into any of the gaps between them, so the largest of
    /// 9 is the quantile of 0.9. Beyond the smallest and the largest nothing is known; they stand in.
    /// </summary>
    private static double Quantile(ReadOnlySpan<double> sorted, double level)
    {
        double place = (level * (sorted.Length + 1)) - 1;
        int below = Math.Clamp((int)Math.Floor(place), 0, sorted.Length - 1), above = Math.Min(below + 1, sorted.Length - 1);
        double part = Math.Clamp(place - below, 0, 1);
        return sorted[below] + (part * (sorted[above] - sorted[below]));
    }
}
