using System.Globalization;
using Elman.Comparison.Problems;

namespace Elman.Comparison.Measuring;

/// <summary>Checks that rivals compute the same results before their times are compared.</summary>
/// <remarks>
/// Every array (the logits, the loss, the gradient by each weight) is compared separately, in the maximum norm relative to that of the
/// rival: max |ours − theirs| / max |theirs|.
/// </remarks>
internal static class Agreement
{
    /// <summary>The maximum difference allowed in float.</summary>
    public const double SingleTolerance = 1e-4;

    /// <summary>The maximum difference allowed in double.</summary>
    public const double DoubleTolerance = 1e-9;

    /// <summary>Compares the results of a rival with those of Elman.</summary>
    /// <param name="rival">The name of the rival.</param>
    /// <param name="theirs">The results of the rival.</param>
    /// <param name="ours">The results of Elman.</param>
    /// <param name="tolerance">The maximum difference allowed.</param>
    /// <exception cref="DisagreementException">The difference is larger, or there is nothing to compare.</exception>
    public static void Require(
        string rival, IReadOnlyList<NamedArray<double>> theirs, IReadOnlyList<NamedArray<double>> ours, double tolerance)
    {
        if (!theirs.Select(array => (array.Name, array.Values.Length))
            .SequenceEqual(ours.Select(array => (array.Name, array.Values.Length))))
            throw new DisagreementException($"{rival} and Elman did not compute the same arrays.");
        foreach ((NamedArray<double> their, NamedArray<double> our) in theirs.Zip(ours))
        {
            double difference = Difference(their.Values, our.Values);
            if (!(difference <= tolerance)) // so that NaN fails too
                throw new DisagreementException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{rival} and Elman disagree: {their.Name} differs by {difference:G2} of its largest element; "
                        + $"at most {tolerance:G2} is allowed."));
        }
    }

    /// <summary>
    /// Returns the rivals that disagree although another rival agrees with Elman: two libraries that do not know each other are right, and
    /// the row is measured without the third.
    /// </summary>
    /// <param name="rivals">The names of the rivals with their results.</param>
    /// <param name="ours">The results of Elman.</param>
    /// <param name="tolerance">The maximum difference allowed.</param>
    /// <returns>For each of them its index among the rivals, and the reason, a sentence.</returns>
    /// <exception cref="DisagreementException">A rival disagrees, and none agrees with Elman: it is not known who is right.</exception>
    public static IReadOnlyList<(int Rival, string Reason)> FindOutliers(
        IReadOnlyList<(string Name, IReadOnlyList<NamedArray<double>> Results)> rivals, IReadOnlyList<NamedArray<double>> ours,
        double tolerance)
    {
        var outliers = new List<(int Rival, DisagreementException Problem)>();
        for (int i = 0; i < rivals.Count; i++)
        {
            try
            {
                Require(rivals[i].Name, rivals[i].Results, ours, tolerance);
            }
            catch (DisagreementException e)
            {
                outliers.Add((i, e));
            }
        }
        string[] agreeing = [.. Enumerable.Range(0, rivals.Count).Where(i => outliers.All(outlier => outlier.Rival != i))
            .Select(i => rivals[i].Name)];
        if (outliers.Count > 0 && agreeing.Length == 0)
            throw outliers[0].Problem;
        return [.. outliers.Select(outlier => (outlier.Rival,
            $"{outlier.Problem.Message} {string.Join(" and ", agreeing)} agree{(agreeing.Length == 1 ? "s" : "")} with Elman."))];
    }

    /// <summary>
    /// Returns the maximum difference divided by the maximum magnitude of <paramref name="theirs"/>; NaN if that is zero.
    /// </summary>
    public static double Difference(ReadOnlySpan<double> theirs, ReadOnlySpan<double> ours)
    {
        double difference = 0, largest = 0;
        for (int i = 0; i < theirs.Length; i++)
        {
            difference = Math.Max(difference, Math.Abs(theirs[i] - ours[i])); // Math.Max propagates NaN
            largest = Math.Max(largest, Math.Abs(theirs[i]));
        }
        return largest == 0 ? double.NaN : difference / largest;
    }
}

/// <summary>The exception for rivals that computed different results, so that a comparison of their times would be meaningless.</summary>
/// <param name="message">The difference.</param>
internal sealed class DisagreementException(string message) : Exception(message);
