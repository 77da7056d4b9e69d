namespace Elman.Tests.Oracles;

/// <summary>Compares computed arrays with expected ones.</summary>
public static class Close
{
    /// <summary>
    /// Asserts that every element is within |e − a| ≤ relative · max(|e|, |a|) + floor · scale, where scale is the largest |e| of the
    /// array.
    /// </summary>
    /// <remarks>
    /// The floor is for elements that are small because large terms cancelled. NaN and infinity are not close to anything.
    /// </remarks>
    /// <param name="what">The name of the array, for the message.</param>
    /// <param name="expected">The result of the oracle.</param>
    /// <param name="actual">The result under test.</param>
    /// <param name="relative">The tolerance relative to the element.</param>
    /// <param name="floor">The tolerance relative to the array.</param>
    public static void Assert(string what, IReadOnlyList<double> expected, IReadOnlyList<double> actual, double relative, double floor)
    {
        if (expected.Count != actual.Count)
            Xunit.Assert.Fail($"{what} has {actual.Count} elements; {expected.Count} expected.");

        double scale = expected.Select(Math.Abs).DefaultIfEmpty().Max();
        for (int i = 0; i < expected.Count; i++)
        {
            double e = expected[i], a = actual[i];
            double allowed = (relative * Math.Max(Math.Abs(e), Math.Abs(a))) + (floor * scale);
            if (!double.IsFinite(e - a) || Math.Abs(e - a) > allowed)
                Xunit.Assert.Fail($"{what}[{i}] is {a:R}; {e:R} ± {allowed:G3} expected.");
        }
    }
}
