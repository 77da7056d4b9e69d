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
