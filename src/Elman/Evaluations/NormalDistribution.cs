namespace Elman.Evaluations;

/// <summary>Quantiles of the standard normal distribution and of Student's distribution.</summary>
internal static class NormalDistribution
{
    /// <summary>The limit z for which a standard normal number is between −z and z with a probability.</summary>
    public static double Limit(double level) => Quantile((1 + level) / 2);

    /// <summary>
    /// The factor by which Student's quantile with some degrees of freedom exceeds the normal one
    /// (M. Abramowitz, I. Stegun, 1964, formula 26.7.5; 1 % too small for 2 degrees of freedom, 10 % for 1).
    /// </summary>
    public static double StudentFactor(double z, double freedom)
    {
        double s = z * z, n = freedom;
        return 1 + ((s + 1) / (4 * n)) + (((((5 * s) + 16) * s) + 3) / (96 * n * n))
            + (((((((3 * s) + 19) * s) + 17) * s) - 15) / (384 * n * n * n))
            + (((((((((79 * s) + 776) * s) + 1482) * s) - 1920) * s) - 945) / (92160 * n * n * n * n));
    }

    /// <summary>The quantile of a probability, by bisection of <see cref="Probability"/>.</summary>
    public static double Quantile(double p)
    {
        double low = -40, high = 40;
        for (int i = 0; i < 100; i++)
        {
            double middle = (low + high) / 2;
            (low, high) = Probability(middle) < p ? (middle, high) : (low, middle);
        }
        return (low + high) / 2;
    }

    /// <summary>The quantile with four digits (M. Abramowitz, I. Stegun, 1964, formula 26.2.23), for simulations.</summary>
    public static double QuickQuantile(double p)
    {
        double tail = Math.Max(Math.Min(p, 1 - p), 1e-300), t = Math.Sqrt(-2 * Math.Log(tail));
        double x = t - ((2.515517 + (t * (0.802853 + (t * 0.010328))))
            / (1 + (t * (1.432788 + (t * (0.189269 + (t * 0.001308)))))));
        return p < 0.5 ? -x : x;
    }

    /// <summary>The probability of a smaller number: a series near 0, a continued fraction in the tails.</summary>
    public static double Probability(double x)
    {
        double density = Math.Exp(-x * x / 2) / Math.Sqrt(2 * Math.PI), away = Math.Abs(x);
        if (away < 3)
        {
            double sum = x, term = x;
            for (int k = 1; Math.Abs(term) > 1e-17; k++)
                sum += term *= x * x / ((2 * k) + 1);
            return 0.5 + (density * sum);
        }
        double fraction = away;
        for (int k = 60; k > 0; k--)
            fraction = away + (k / fraction);
        return x < 0 ? density / fraction : 1 - (density / fraction);
    }
}
