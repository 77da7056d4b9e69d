namespace Elman.Evaluations;

/// <summary>A figure of a share, and its derivative.</summary>
/// <param name="share">The share.</param>
internal delegate (double Value, double Slope) ShareTransform(double share);

/// <summary>Intervals of proportions and of means of proportions.</summary>
internal static class ProportionInterval
{
    /// <summary>The score interval (E. Wilson, 1927): <c>(p + z²/2n ± z·√(p(1 − p)/n + z²/4n²))/(1 + z²/n)</c>.</summary>
    /// <param name="p">The proportion; NaN if there is none.</param>
    /// <param name="cases">n, the number of cases.</param>
    /// <param name="z">The normal limit, widened if the cases depend on each other; NaN if its size is unknown.</param>
    /// <param name="level">The confidence level.</param>
    public static ConfidenceInterval Of(double p, double cases, double z, double level)
    {
        if (!(cases > 0) || double.IsNaN(p) || double.IsNaN(z))
            return ConfidenceInterval.Unknown(p, level);
        double square = z * z / cases, center = (p + (square / 2)) / (1 + square);
        double half = Math.Sqrt((p * (1 - p) * square) + (square * square / 4)) / (1 + square);
        return new ConfidenceInterval(
            p, p <= 0 ? 0 : Math.Max(0, center - half), p >= 1 ? 1 : Math.Min(1, center + half), level);
    }

    /// <summary>
    /// The score interval of a mean of shares, such as the mean recall of the classes: that of one proportion of so many cases that its
    /// variance is the variance of the mean, <c>n' = m(1 − m)/σ²</c>.
    /// </summary>
    /// <param name="mean">The mean; NaN if there is none.</param>
    /// <param name="shares">The shares, each with its number of cases; those without cases are skipped.</param>
    /// <param name="transform">The figure of a share, such as its F1; <see langword="null"/> for the share itself.</param>
    /// <param name="correlation">The correlation of two shares, by their indices; <see langword="null"/> if they are independent.</param>
    /// <param name="z">The normal limit, widened if the cases depend on each other.</param>
    /// <param name="level">The confidence level.</param>
    /// <remarks>
    /// In the variance each share is drawn towards the share of all classes by two cases: that of a class without errors is not 0.
    /// </remarks>
    public static ConfidenceInterval OfMean(
        double mean, IReadOnlyList<(double Right, double Cases)> shares, ShareTransform? transform, Func<int, int, double>? correlation,
        double z, double level)
    {
        const double Drawn = 2, Least = 1e-3;
        int[] known = [.. Enumerable.Range(0, shares.Count).Where(i => shares[i].Cases > 0)];
        if (known.Length == 0)
            return ConfidenceInterval.Unknown(mean, level);
        double pooled = Math.Clamp(known.Sum(i => shares[i].Right) / known.Sum(i => shares[i].Cases), Least, 1 - Least);
        double[] errors = new double[shares.Count];
        double center = 0, variance = 0;
        foreach (int i in known)
        {
            double p = (shares[i].Right + (Drawn * pooled)) / (shares[i].Cases + Drawn);
            (double value, double slope) = transform is null ? (p, 1) : transform(p);
            center += value / known.Length;
            errors[i] = slope * Math.Sqrt(p * (1 - p) / shares[i].Cases) / known.Length;
        }
        foreach (int i in known)
            foreach (int j in correlation is null ? [i] : known)
                variance += (i == j ? 1 : correlation!(i, j)) * errors[i] * errors[j];
        return Of(mean, center * (1 - center) / variance, z, level);
    }

    /// <summary>The interval that is symmetric in <c>ln(p/(1 − p))</c>.</summary>
    /// <param name="p">The estimate, between 0 and 1.</param>
    /// <param name="variance">Its variance.</param>
    /// <param name="z">The limit.</param>
    /// <param name="level">The confidence level.</param>
    public static ConfidenceInterval LogitOf(double p, double variance, double z, double level)
    {
        double center = Math.Log(p / (1 - p)), half = z * Math.Sqrt(variance) / (p * (1 - p));
        return new ConfidenceInterval(p, Logistic(center - half), Logistic(center + half), level);

        static double Logistic(double x) => 1 / (1 + Math.Exp(-x));
    }

    /// <summary>The F1 of a share J = TP/(TP + FP + FN), <c>2J/(1 + J)</c>, and its derivative.</summary>
    public static (double Value, double Slope) F1AndSlope(double share) => (F1Of(share), 2 / ((1 + share) * (1 + share)));

    /// <summary>The F1 of a share J = TP/(TP + FP + FN): <c>2J/(1 + J)</c>, which increases with J.</summary>
    public static ConfidenceInterval F1Of(ConfidenceInterval share) =>
        new(F1Of(share.Estimate), F1Of(share.Lower), F1Of(share.Upper), share.Level);

    private static double F1Of(double share) => 2 * share / (1 + share);
}
