namespace Elman.Recurrent;

/// <summary>
/// The layout of the state and the features of a <c>CountsReadout</c>: vectors of W numbers, one for each output of a step.
/// </summary>
/// <param name="Thresholds">K, the number of thresholds of a unit, at most <see cref="MostThresholds"/>.</param>
/// <param name="HasHalves">Whether it also counts both halves of a sequence.</param>
/// <param name="IsDetailed">
/// Whether it also computes, for the steps above each threshold, their mean output, their mean index and their longest run, and for all
/// steps the maximum and the minimum output.
/// </param>
/// <remarks>
/// The state consists of totals, then partial sums of the last steps, which are added to the totals every <see cref="StepsOfASum"/> steps.
/// Summed totals come first: K counts, the sum of magnitudes and, if detailed, K sums of outputs above the thresholds and K sums of
/// indices. Then, with halves, the K counts of the half that is read first; if detailed, the K longest runs, the K current runs, the
/// maximum and the minimum output. Partial sums of indices count from the start of the partial sum, so they are integers that a
/// <see langword="float"/> represents exactly.
/// </remarks>
internal readonly record struct CountsLayout(int Thresholds, bool HasHalves, bool IsDetailed)
{
    /// <summary>The maximum number of thresholds of any layout.</summary>
    public const int MostThresholds = 5;

    /// <summary>
    /// The number of steps that are summed separately before the sum is added to the total, so that long sequences lose few digits and
    /// counts do not stagnate.
    /// </summary>
    public const int StepsOfASum = 256;

    /// <summary>Shares of the whole sequence and mean magnitude.</summary>
    public static CountsLayout Whole => new(MostThresholds, HasHalves: false, IsDetailed: false);

    /// <summary>The same, and the shares of both halves.</summary>
    public static CountsLayout Halves => new(MostThresholds, HasHalves: true, IsDetailed: false);

    /// <summary>Fewer thresholds, with more features for each of them.</summary>
    public static CountsLayout Full => new(3, HasHalves: false, IsDetailed: true);

    /// <summary>The number of vectors that every layout has: the counts, and the sum of magnitudes.</summary>
    public int Counts => Thresholds + 1;

    /// <summary>The number of summed vectors, which have partial sums.</summary>
    public int Sums => Counts + (IsDetailed ? 2 * Thresholds : 0);

    /// <summary>The index of the first sum of outputs above the thresholds.</summary>
    public int SumsAbove => Counts;

    /// <summary>The index of the first sum of indices.</summary>
    public int SumsOfIndices => Counts + Thresholds;

    /// <summary>The index of the first count of the half that is read first.</summary>
    public int FirstHalves => Sums;

    /// <summary>The index of the first longest run; the current runs follow.</summary>
    public int LongestRuns => Sums;

    /// <summary>The index of the maximum output; the minimum follows.</summary>
    public int Greatest => Sums + (2 * Thresholds);

    /// <summary>The number of vectors of totals.</summary>
    public int Totals => Sums + (HasHalves ? Thresholds : 0) + (IsDetailed ? (2 * Thresholds) + 2 : 0);

    /// <summary>The number of vectors of the state.</summary>
    public int StateVectors => Totals + Sums;

    /// <summary>
    /// The number of vectors of features: the shares of steps above each threshold, the mean magnitude; with halves, the shares in the
    /// first and in the second half; if detailed, the mean outputs above, the mean indices, the longest runs, the maximum and the minimum
    /// output.
    /// </summary>
    public int FeatureVectors => Counts + (HasHalves ? 2 * Thresholds : 0) + (IsDetailed ? (3 * Thresholds) + 2 : 0);

    /// <summary>Returns the number of steps of the first half of a sequence; the second half has the rest, possibly none.</summary>
    public static int FirstHalf(int steps) => Math.Max(1, steps / 2);

    /// <summary>
    /// Returns the number of steps to read in one call, so that at most the last of them completes a partial sum or a half.
    /// </summary>
    /// <param name="read">The number of steps read before.</param>
    /// <param name="steps">The number of steps to read, at least 1.</param>
    /// <param name="firstPart">The number of steps in the half that is read first, if halves are counted.</param>
    public int StepsOfThisSum(long read, int steps, int firstPart)
    {
        int left = Math.Min(steps, StepsOfASum - (int)(read % StepsOfASum));
        return HasHalves && read < firstPart ? Math.Min(left, firstPart - (int)read) : left;
    }
}
