namespace Elman.Training;

/// <summary>
/// The area under the receiver operating characteristic: how well scores tell the cases to which a class applies from the others,
/// wherever the line is drawn between them.
/// </summary>
internal static class RocAuc
{
    /// <summary>
    /// The share of the pairs of a case to which the class applies and one to which it does not in which the former has the greater
    /// score; equal scores count half (H. Mann and D. Whitney, 1947).
    /// </summary>
    /// <param name="scores">The score of each case; put in order.</param>
    /// <param name="applies">Whether the class applies to it; put in the same order.</param>
    /// <returns>0.5 for scores that say nothing, 1 for those that part the two; NaN where either kind is missing.</returns>
    public static double Of(float[] scores, bool[] applies)
    {
        Array.Sort(scores, applies);
        long positives = 0, negatives = 0, twiceWon = 0;
        for (int first = 0, end; first < scores.Length; first = end)
        {
            long applying = 0;
            for (end = first; end < scores.Length && scores[end] == scores[first]; end++)
                applying += applies[end] ? 1 : 0;
            long others = end - first - applying;
            twiceWon += applying * ((2 * negatives) + others);
            positives += applying;
            negatives += others;
        }
        return 0.5 * twiceWon / positives / negatives;
    }
}
