namespace Elman.Comparison.Measuring;

/// <summary>What is told of a list of measurements.</summary>
internal static class Statistics
{
    /// <summary>The middle one; of an even number, the mean of the two in the middle.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted is []
            ? throw new ArgumentException("There is no median of nothing.", nameof(values))
            : (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    /// <summary>The n-th root of the product: the mean of ratios.</summary>
    /// <exception cref="ArgumentException">There is none, or one is not above zero.</exception>
    public static double GeometricMean(IEnumerable<double> values)
    {
        double[] all = [.. values];
        return all is [] || all.Any(value => !(value > 0))
            ? throw new ArgumentException("A geometric mean needs numbers above zero.", nameof(values))
            : Math.Exp(all.Average(Math.Log));
    }
}
