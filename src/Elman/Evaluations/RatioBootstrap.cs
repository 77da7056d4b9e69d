namespace Elman.Evaluations;

/// <summary>
/// The bootstrap-t interval (B. Efron, R. Tibshirani, 1993, chapter 12) of a ratio of sums over independent units:
/// <c>θ = Σ s/Σ c</c>, such as the mean loss, the mean squared error, or with c the squared distances from the mean 1 − R².
/// </summary>
/// <remarks>
/// The units are resampled. Each resample gives <c>t* = (g(θ*) − g(θ))/σ*</c> with its own standard error; the interval is
/// <c>g(θ) − σ·t*</c> between two quantiles of t*. g is the logarithm: figures of losses are positive and skewed. The standard error is
/// that of a ratio: <c>σ² = U/(U − 1)·Σ (s − θ·c)²/(Σ c)²</c>. Of 30 squared normal errors, the percentile interval contains the true mean
/// in 89 % of the samples, this one in 93 %.
/// </remarks>
/// <param name="values">s of each unit.</param>
/// <param name="weights">c of each unit, such as its number of cases.</param>
/// <param name="options">The options.</param>
internal sealed class RatioBootstrap(double[] values, double[] weights, IntervalOptions options)
{
    /// <summary>With fewer units there are no limits.</summary>
    public const int LeastUnits = 5;

    /// <summary>From so many units on, t* is a normal number.</summary>
    private const int MostUnits = 5_000;

    /// <summary>The share of the size of the values that is taken as rounding.</summary>
    private const double Rounding = 1e-12;

    private readonly int[] _drawn = new int[values.Length];
    private readonly double _scale = values.Sum(Math.Abs) / weights.Sum();

    /// <summary>The ratio of all units.</summary>
    public double Estimate { get; } = values.Sum() / weights.Sum();

    /// <summary>Returns the interval of a ratio that can't be negative.</summary>
    /// <param name="transform">The figure as an increasing function of the ratio, such as the root.</param>
    public ConfidenceInterval Positive(Func<double, double> transform)
    {
        (double low, double high) = Limits(isLogarithm: true);
        return new ConfidenceInterval(transform(Estimate), transform(low), transform(high), options.Level);
    }

    /// <summary>Returns the interval of a difference, which may have any sign.</summary>
    public ConfidenceInterval Difference()
    {
        (double low, double high) = Limits(isLogarithm: false);
        return new ConfidenceInterval(Estimate, low, high, options.Level);
    }

    /// <summary>Returns the two-sided p value of a difference being 0; NaN if there are too few units.</summary>
    public double PValue()
    {
        if (Array.TrueForAll(values, value => value == 0))
            return 1;
        double error = ErrorOf(Estimate, weights.Sum(), null);
        if (values.Length < LeastUnits)
            return double.NaN;
        if (error == 0)
            return Math.Pow(2, 1 - values.Length); // all units differ alike: as by the sign test
        double seen = Math.Abs(Estimate / error);
        double[] drawn = Students(isLogarithm: false);
        double p = drawn.Length == 0
            ? 2 * NormalDistribution.Probability(-seen)
            : (1 + drawn.Count(t => Math.Abs(t) >= seen)) / (1.0 + drawn.Length);
        return Math.Min(p, 1);
    }

    private (double Low, double High) Limits(bool isLogarithm)
    {
        double error = ErrorOf(Estimate, weights.Sum(), null);
        if (values.Length < LeastUnits || !(error > 0) || (isLogarithm && !(Estimate > 0)))
            return (double.NaN, double.NaN);
        double tail = (1 - options.Level) / 2, z = NormalDistribution.Limit(options.Level);
        double[] t = Students(isLogarithm);
        (double below, double above) = t.Length == 0 ? (-z, z) : (QuantileOf(t, tail), QuantileOf(t, 1 - tail));
        if (!double.IsFinite(below) || !double.IsFinite(above))
            return (double.NaN, double.NaN);
        return isLogarithm
            ? (Math.Exp(Math.Log(Estimate) - (error / Estimate * above)), Math.Exp(Math.Log(Estimate) - (error / Estimate * below)))
            : (Estimate - (error * above), Estimate - (error * below));
    }

    /// <summary>Returns t of each resample, in ascending order; none if it is a normal number.</summary>
    /// <remarks>Where the units of a resample are all alike, its t is infinite: limits so far out can't be known.</remarks>
    private double[] Students(bool isLogarithm)
    {
        if (values.Length > MostUnits)
            return [];
        var random = new SeededRandom(options.Seed);
        double[] students = new double[options.Resamples];
        for (int resample = 0; resample < students.Length; resample++)
        {
            Array.Clear(_drawn);
            for (int i = 0; i < values.Length; i++)
                _drawn[random.NextInt32(values.Length)]++;
            double sum = 0, weight = 0;
            for (int u = 0; u < values.Length; u++)
                (sum, weight) = (sum + (_drawn[u] * values[u]), weight + (_drawn[u] * weights[u]));
            if (!(weight > 0))
                continue; // no case was drawn: nothing differs
            double ratio = sum / weight, error = ErrorOf(ratio, weight, _drawn), distance = ratio - Estimate;
            students[resample] = Math.Abs(distance) <= Rounding * _scale ? 0
                : !(error > 0) || (isLogarithm && !(ratio > 0)) ? double.PositiveInfinity * Math.Sign(distance)
                : isLogarithm ? (Math.Log(ratio) - Math.Log(Estimate)) / (error / ratio)
                : distance / error;
        }
        Array.Sort(students);
        return students;
    }

    /// <summary>The standard error of a ratio; 0 if it is one of rounding alone.</summary>
    private double ErrorOf(double ratio, double weight, int[]? counts)
    {
        double squares = 0;
        for (int u = 0; u < values.Length; u++)
        {
            double residual = values[u] - (ratio * weights[u]);
            squares += (counts?[u] ?? 1) * residual * residual;
        }
        double error = Math.Sqrt(squares * values.Length / (values.Length - 1)) / weight;
        return error > Rounding * _scale ? error : 0;
    }

    private static double QuantileOf(double[] sorted, double level) =>
        sorted[Math.Clamp((int)Math.Round(level * (sorted.Length - 1)), 0, sorted.Length - 1)];
}
