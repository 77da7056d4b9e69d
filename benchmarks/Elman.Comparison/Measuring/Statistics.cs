namespace Elman.Comparison.Measuring;

/// <summary>Statistics of measurements.</summary>
internal static class Statistics
{
    /// <summary>Returns the median; for an even number of values, the mean of the two in the middle.</summary>
    /// <exception cref="ArgumentException">There are no values.</exception>
    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted is []
            ? throw new ArgumentException("There is no median of nothing.", nameof(values))
            : (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    /// <summary>Returns the geometric mean, the n-th root of the product, which is the mean of ratios.</summary>
    /// <exception cref="ArgumentException">There are no values, or one is not above zero.</exception>
    public static double GeometricMean(IEnumerable<double> values)
    {
        double[] all = [.. values];
        return all is [] || all.Any(value => !(value > 0))
            ? throw new ArgumentException("A geometric mean needs numbers above zero.", nameof(values))
            : Math.Exp(all.Average(Math.Log));
    }
}
