using Elman.Evaluations;

namespace Elman;

/// <summary>A comparison of two methods on the same cases.</summary>
/// <param name="Figure">The figure that is compared: <c>accuracy</c>, <c>exactMatch</c>, <c>rmse</c> or <c>nrmse</c>.</param>
/// <param name="Difference">The figure of this method minus that of the other; for <c>rmse</c> and <c>nrmse</c> the difference of
/// their squares.</param>
/// <param name="PValue">The probability of at least such a difference if both methods were equally good, two-sided; NaN if there are too
/// few independent cases.</param>
/// <param name="Test">The name of the test: <c>McNemar's exact test</c>, <c>paired bootstrap</c>, or for few units
/// <c>sign-flip test</c>.</param>
/// <param name="Better">The number of cases in which only this method is right; for numbers, has the smaller error.</param>
/// <param name="Worse">The number of cases in which only the other one is right, or has the smaller error.</param>
public sealed record PairedComparison(
    string Figure, ConfidenceInterval Difference, double PValue, string Test, int Better, int Worse)
{
    /// <summary>Compares correct and wrong cases.</summary>
    /// <remarks>
    /// For independent cases McNemar's exact test (Q. McNemar, 1947: the binomial test of the cases in which one method alone is right)
    /// and the adjusted interval of D. Bonett and R. Price (2012); otherwise as for numbers: a paired bootstrap over the units, or for
    /// few of them the exact permutation test in which the two methods are exchanged in each unit.
    /// </remarks>
    internal static PairedComparison OfRight(
        string figure, ReadOnlySpan<bool> isRight, ReadOnlySpan<bool> isOtherRight, int[] units, int count, IntervalOptions options)
    {
        int better = 0, worse = 0, n = isRight.Length;
        double[] differences = new double[count], cases = new double[count];
        for (int i = 0; i < n; i++)
        {
            int difference = (isRight[i] ? 1 : 0) - (isOtherRight[i] ? 1 : 0);
            (better, worse) = (better + (difference > 0 ? 1 : 0), worse + (difference < 0 ? 1 : 0));
            differences[units[i]] += difference;
            cases[units[i]]++;
        }
        if (n > count)
        {
            return OfUnits(figure, differences, cases, better, worse, options);
        }
        double z = NormalDistribution.Limit(options.Level), first = (better + 1.0) / (n + 2), second = (worse + 1.0) / (n + 2);
        double seen = (double)(better - worse) / n, center = first - second;
        double half = z * Math.Sqrt((first + second - (center * center)) / (n + 2));
        return new PairedComparison(
            figure, new ConfidenceInterval(
                seen, Math.Max(-1, Math.Min(seen, center - half)), Math.Min(1, Math.Max(seen, center + half)), options.Level),
            McNemar(better, worse), "McNemar's exact test", better, worse);
    }

    /// <summary>Compares sums of differences over independent units, such as those of squared errors.</summary>
    internal static PairedComparison OfUnits(
        string figure, double[] differences, double[] cases, int better, int worse, IntervalOptions options)
    {
        var bootstrap = new RatioBootstrap(differences, cases, options);
        (double p, string test) = SignFlips.AreFor(differences)
            ? (SignFlips.PValue(differences), "sign-flip test")
            : (bootstrap.PValue(), "paired bootstrap");
        return new PairedComparison(figure, bootstrap.Difference(), p, test, better, worse);
    }

    /// <summary>The two-sided p value of McNemar's exact test: <c>min(1, 2·P(X ≤ min(b, c)))</c> with X binomial of b + c and ½.</summary>
    internal static double McNemar(int better, int worse)
    {
        int n = better + worse, fewer = Math.Min(better, worse);
        if (better == worse)
            return 1;
        double logChoose = 0, sum = 0;
        for (int k = 0; k <= fewer; k++)
        {
            sum += Math.Exp(logChoose - (n * Math.Log(2)));
            logChoose += Math.Log((double)(n - k) / (k + 1));
        }
        return Math.Min(1, 2 * sum);
    }
}
