using Elman.Evaluations;

namespace Elman;

/// <summary>An estimate with a confidence interval: over many data sets, the share <see cref="Level"/> of such intervals contains the
/// true value.</summary>
/// <param name="Estimate">The value on the data.</param>
/// <param name="Lower">The lower limit; NaN if the data have too few independent cases for a limit.</param>
/// <param name="Upper">The upper limit; NaN like <paramref name="Lower"/>.</param>
/// <param name="Level">The confidence level, such as 0.95.</param>
public sealed record ConfidenceInterval(double Estimate, double Lower, double Upper, double Level)
{
    /// <summary>Whether there are limits.</summary>
    public bool HasLimits => double.IsFinite(Lower) && double.IsFinite(Upper);

    /// <summary>Returns the interval of a proportion of independent cases by the score method (E. Wilson, 1927).</summary>
    /// <param name="right">The number of cases with the property; a fraction if cases are weighted.</param>
    /// <param name="cases">The number of cases.</param>
    /// <param name="level">The confidence level, between 0 and 1.</param>
    /// <remarks>Unlike a bootstrap interval it has a width where all cases, or none, have the property: 20 of 20 is 0.84 to 1.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">A number is below 0, <paramref name="right"/> is above <paramref name="cases"/>, or
    /// <paramref name="level"/> is not between 0 and 1.</exception>
    public static ConfidenceInterval OfProportion(double right, double cases, double level = 0.95)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(right);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(right, cases);
        IntervalOptions.CheckLevel(level, nameof(level));
        return ProportionInterval.Of(right / cases, cases, NormalDistribution.Limit(level), level);
    }

    /// <summary>An interval without limits.</summary>
    internal static ConfidenceInterval Unknown(double estimate, double level) => new(estimate, double.NaN, double.NaN, level);
}
