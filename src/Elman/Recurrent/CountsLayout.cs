namespace Elman.Recurrent;

/// <summary>
/// Which numbers a <c>CountsReadout</c> keeps and gives: vectors of W numbers, one for each value that a step gives.
/// </summary>
/// <param name="Thresholds">Thresholds of a unit, K, at most <see cref="MostThresholds"/>.</param>
/// <param name="HasHalves">Whether it also counts both halves of a sequence.</param>
/// <param name="IsDetailed">
/// Whether it also keeps of the steps above each threshold their mean output, their mean index and their longest run,
/// and of all steps the greatest and the least output.
/// </param>
/// <remarks>
/// State: totals, then partial sums of the last steps, which join the totals every <see cref="StepsOfASum"/> steps. What is summed comes
/// first among the totals: K counts, the sum of magnitudes and, where detailed, K sums of outputs above and K sums of indices. Then, with
/// halves, the K counts of the half that is read first; where detailed, the K longest runs, the K current runs, the greatest output and the
/// least. Partial sums of indices are those of the indices within the sum,
/// so they are whole numbers that a <see langword="float"/> holds exactly.
/// </remarks>
internal readonly record struct CountsLayout(int Thresholds, bool HasHalves, bool IsDetailed)
{
    /// <summary>The greatest number of thresholds of any layout.</summary>
    public const int MostThresholds = 5;

    /// <summary>
    /// So many steps are summed on their own before the sum joins the whole,
    /// so that long sequences lose few digits and counts do not get stuck.
    /// </summary>
    public const int StepsOfASum = 256;

    /// <summary>Shares of the whole sequence and mean magnitude.</summary>
    public static CountsLayout Whole => new(MostThresholds, HasHalves: false, IsDetailed: false);

    /// <summary>The same, and the shares of both halves.</summary>
    public static CountsLayout Halves => new(MostThresholds, HasHalves: true, IsDetailed: false);

    /// <summary>Fewer thresholds, and for each of them more than the share.</summary>
    public static CountsLayout Full => new(3, HasHalves: false, IsDetailed: true);

    /// <summary>Vectors that every kind has: the counts, and the sum of magnitudes.</summary>
    public int Counts => Thresholds + 1;

    /// <summary>Vectors that are summed, so that there are partial sums of them.</summary>
    public int Sums => Counts + (IsDetailed ? 2 * Thresholds : 0);

    /// <summary>Where among the sums those of outputs above the thresholds begin.</summary>
    public int SumsAbove => Counts;

    /// <summary>Where among the sums those of indices begin.</summary>
    public int SumsOfIndices => Counts + Thresholds;

    /// <summary>Where among the totals the counts of the half that is read first begin.</summary>
    public int FirstHalves => Sums;

    /// <summary>Where among the totals the longest runs begin; the current runs follow.</summary>
    public int LongestRuns => Sums;

    /// <summary>Where among the totals the greatest output is; the least follows.</summary>
    public int Greatest => Sums + (2 * Thresholds);

    /// <summary>Vectors of totals.</summary>
    public int Totals => Sums + (HasHalves ? Thresholds : 0) + (IsDetailed ? (2 * Thresholds) + 2 : 0);

    /// <summary>Vectors of the state.</summary>
    public int StateVectors => Totals + Sums;

    /// <summary>
    /// Vectors of features: shares of steps above each threshold, mean magnitude; with halves the shares of the first and of the second;
    /// where detailed the mean outputs above, the mean indices, the longest runs, the greatest output and the least.
    /// </summary>
    public int FeatureVectors => Counts + (HasHalves ? 2 * Thresholds : 0) + (IsDetailed ? (3 * Thresholds) + 2 : 0);

    /// <summary>Steps of the first half of a sequence; the second half has the rest, maybe none.</summary>
    public static int FirstHalf(int steps) => Math.Max(1, steps / 2);

    /// <summary>
    /// How many of some steps belong to the sum that is under way, so that none of them but the last ends a sum or a half.
    /// </summary>
    /// <param name="read">Steps that were read before.</param>
    /// <param name="steps">Steps to be read, at least one.</param>
    /// <param name="firstPart">The number of steps in the half that is read first, if halves are counted.</param>
    public int StepsOfThisSum(long read, int steps, int firstPart)
    {
        int left = Math.Min(steps, StepsOfASum - (int)(read % StepsOfASum));
        return HasHalves && read < firstPart ? Math.Min(left, firstPart - (int)read) : left;
    }
}
