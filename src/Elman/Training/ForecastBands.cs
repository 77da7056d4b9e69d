namespace Elman.Training;

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

    /// <summary>Measures the errors of cases.</summary>
    /// <param name="levels">The levels.</param>
    /// <param name="cases">What each case is in truth, <c>[cases][outputs]</c>, NaN where it is not known, and what was said of it.</param>
    /// <returns>The bands; none where an output has no case.</returns>
    public static ForecastBands Of(QuantileLevels levels, IEnumerable<(double[][] Truth, double[][] Answers)> cases)
    {
        (double[] Truth, double[] Answer)[] all = [.. cases.SelectMany(part => part.Truth.Zip(part.Answers))];
        int outputs = all.Length == 0 ? 0 : all[0].Truth.Length;
        if (levels.Count == 0 || outputs == 0)
            return None;
        float[][] errors = [.. levels.Select(_ => new float[outputs])];
        double[] sorted = new double[all.Length];
        for (int o = 0; o < outputs; o++)
        {
            int count = 0;
            foreach ((double[] truth, double[] answer) in all)
                if (double.IsFinite(truth[o]))
                    sorted[count++] = truth[o] - answer[o];
            if (count == 0)
                return None;
            Array.Sort(sorted, 0, count);
            for (int level = 0; level < errors.Length; level++)
                errors[level][o] = (float)Quantile(sorted.AsSpan(0, count), levels[level]);
        }
        return new ForecastBands(levels, errors);
    }

    /// <summary>The quantiles around a forecast.</summary>
    /// <param name="forecast">The forecast, <c>[horizon · channels]</c>.</param>
    /// <param name="quantiles">Takes them, <c>[levels, horizon · channels]</c>.</param>
    public void Around(ReadOnlySpan<float> forecast, Span<float> quantiles)
    {
        for (int level = 0; level < Errors.Count; level++)
            for (int o = 0; o < forecast.Length; o++)
                quantiles[(level * forecast.Length) + o] = forecast[o] + Errors[level][o];
    }

    /// <summary>
    /// A quantile of n errors as that of n + 1: the next error is as likely to fall into any of the gaps between them, so the greatest of
    /// 9 is the quantile of 0.9. Beyond the least and the greatest nothing is known; they stand in.
    /// </summary>
    private static double Quantile(ReadOnlySpan<double> sorted, double level)
    {
        double place = (level * (sorted.Length + 1)) - 1;
        int below = Math.Clamp((int)Math.Floor(place), 0, sorted.Length - 1), above = Math.Min(below + 1, sorted.Length - 1);
        double part = Math.Clamp(place - below, 0, 1);
        return sorted[below] + (part * (sorted[above] - sorted[below]));
    }
}
