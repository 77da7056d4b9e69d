using System.Globalization;
using Elman.Comparison.Problems;

namespace Elman.Comparison.Measuring;

/// <summary>Makes sure that rivals compute the same thing before anyone compares their times.</summary>
/// <remarks>
/// Every array (the logits, the loss, the gradient by each weight) is compared by itself, in the maximum norm relative to the
/// rival's: max |ours − theirs| / max |theirs|.
/// </remarks>
internal static class Agreement
{
    /// <summary>The greatest difference allowed in float.</summary>
    public const double SingleTolerance = 1e-4;

    /// <summary>The greatest difference allowed in double.</summary>
    public const double DoubleTolerance = 1e-9;

    /// <summary>Compares what a rival computed with what Elman did.</summary>
    /// <param name="rival">The rival's name.</param>
    /// <param name="theirs">What it computed.</param>
    /// <param name="ours">What Elman computed.</param>
    /// <param name="tolerance">The greatest difference allowed.</param>
    /// <exception cref="DisagreementException">They differ by more, or there is nothing to compare.</exception>
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

    /// <summary>The greatest difference over the greatest magnitude of <paramref name="theirs"/>; NaN where that is zero.</summary>
    public static double Difference(ReadOnlySpan<double> theirs, ReadOnlySpan<double> ours)
    {
        double difference = 0, largest = 0;
        for (int i = 0; i < theirs.Length; i++)
        {
            difference = Math.Max(difference, Math.Abs(theirs[i] - ours[i])); // Math.Max hands a NaN on
            largest = Math.Max(largest, Math.Abs(theirs[i]));
        }
        return largest == 0 ? double.NaN : difference / largest;
    }
}

/// <summary>Two rivals computed different things, so comparing their times would mean nothing.</summary>
/// <param name="message">What differs.</param>
internal sealed class DisagreementException(string message) : Exception(message);
