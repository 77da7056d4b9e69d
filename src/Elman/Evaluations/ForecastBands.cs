namespace Elman.Evaluations;

/// <summary>
/// Quantiles of future values: the forecast plus quantiles of its errors on held-out cases (split conformal prediction: V. Vovk and others,
/// 2005; J. Lei and others, 2018), separately for each step ahead and each channel.
/// </summary>
/// <param name="Levels">The levels, in ascending order.</param>
/// <param name="Errors">The quantiles of true value minus forecast, <c>[levels][horizon · channels]</c>; for each output they ascend, so
/// quantiles never cross.</param>
internal sealed record ForecastBands(QuantileLevels Levels, IReadOnlyList<float[]> Errors)
{
    /// <summary>No bands.</summary>
    public static ForecastBands None { get; } = new([], []);

    /// <summary>The number of errors from which the quantiles of a step ahead and channel are computed, the minimum over all of them;
    /// <see langword="null"/> if it is not known.</summary>
    public int? Cases { get; init; }

    /// <summary>Measures the errors of cases.</summary>
    /// <param name="levels">The levels.</param>
    /// <param name="cases">The true values of the cases, <c>[cases][horizon · channels]</c>, NaN if not known, and their forecasts.</param>
    /// <param name="channels">The number of channels.</param>
    /// <returns>The bands; none if an output has no case.</returns>
    /// <remarks>
    /// If an output has fewer errors than its levels need (<see cref="QuantileLevels.LeastCases"/>), as for the last steps ahead in short
    /// series, the errors of the nearest steps ahead are added: with a single error, all quantiles would be equal.
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

    /// <summary>Returns the number of cases in which an output is known, the minimum over all outputs.</summary>
    public static int FewestOf(double[][] target) => target.Length == 0
        ? 0
        : Enumerable.Range(0, target[0].Length).Min(o => target.Count(one => double.IsFinite(one[o])));

    /// <summary>Returns the errors of an output. While they are too few, those of the same channel one step less and one step further ahead
    /// are added, then two steps, and so on.</summary>
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

    /// <summary>Computes the quantiles around a forecast.</summary>
    /// <param name="forecast">The forecast, <c>[horizon · channels]</c>.</param>
    /// <param name="quantiles">Receives the quantiles, <c>[levels, horizon · channels]</c>.</param>
    public void Around(ReadOnlySpan<float> forecast, Span<float> quantiles)
    {
        for (int level = 0; level < Errors.Count; level++)
            for (int o = 0; o < forecast.Length; o++)
                quantiles[(level * forecast.Length) + o] = forecast[o] + Errors[level][o];
    }

    /// <summary>
    /// A quantile of n errors, which divide the line into n + 1 gaps: the next error is equally likely to fall into each of them, so the
    /// largest of 9 errors is the quantile of 0.9. Levels beyond the smallest and the largest error return that error.
    /// </summary>
    private static double Quantile(ReadOnlySpan<double> sorted, double level)
    {
        double place = (level * (sorted.Length + 1)) - 1;
        int below = Math.Clamp((int)Math.Floor(place), 0, sorted.Length - 1), above = Math.Min(below + 1, sorted.Length - 1);
        double part = Math.Clamp(place - below, 0, 1);
        return sorted[below] + (part * (sorted[above] - sorted[below]));
    }
}
