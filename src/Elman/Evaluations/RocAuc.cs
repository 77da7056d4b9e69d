using System.Runtime.CompilerServices;

namespace Elman.Evaluations;

/// <summary>
/// The areas under the receiver operating characteristics of classes: how well the scores of a class tell the cases to which it applies
/// from the others, wherever the line is drawn between them.
/// </summary>
/// <remarks>
/// The share of the pairs of a case to which the class applies and one to which it does not in which the former has the greater score;
/// equal scores count half (H. Mann and D. Whitney, 1947). Only the scores of the former are sorted and kept. Each other score looks for
/// its place among them. With n cases of C classes that is O(n·C·log(1 + n/C)), and beside the scores memory for n + C numbers.
/// </remarks>
internal sealed class RocAuc
{
    /// <summary>
    /// The most scores, cases × classes, that are compared: all have to be there at once, in 800 MB, and take some seconds. Beyond, areas
    /// are left out.
    /// </summary>
    public const long MostScores = 200_000_000;

    private readonly int[] _starts; // where the scores of each class begin, and the end
    private readonly float[] _scores; // of the cases to which a class applies, in order within the class
    private readonly long[] _others;
    private readonly long[] _twiceWon;

    /// <summary>Takes the scores of classes for the cases to which they apply.</summary>
    /// <param name="classes">The number of classes.</param>
    /// <param name="applying">A class that applies to a case.</param>
    /// <param name="scores">Its score in that case.</param>
    public RocAuc(int classes, ReadOnlySpan<int> applying, ReadOnlySpan<float> scores)
    {
        (_starts, _scores, _others, _twiceWon) = (new int[classes + 1], new float[scores.Length], new long[classes], new long[classes]);
        foreach (int c in applying)
            _starts[c + 1]++;
        for (int c = 0; c < classes; c++)
            _starts[c + 1] += _starts[c];
        int[] ends = _starts[..classes];
        for (int i = 0; i < applying.Length; i++)
            _scores[ends[applying[i]]++] = scores[i];
        for (int c = 0; c < classes; c++)
            ScoresOf(c).Sort();
    }

    /// <summary>Whether there are few enough scores for areas.</summary>
    public static bool IsFor(long cases, int classes) => cases * classes <= MostScores;

    /// <summary>Adds the score of a class for a case to which it does not apply.</summary>
    public void AddOther(int c, float score)
    {
        _others[c]++;
        ReadOnlySpan<float> scores = ScoresOf(c);
        int below = CountBelow(scores, score), equal = 0;
        if (below < scores.Length && scores[below] == score)
            equal = CountBelow(scores[below..], float.BitIncrement(score));
        _twiceWon[c] += (2L * (scores.Length - below)) - equal;
    }

    /// <summary>
    /// The area of each class: 0.5 for scores that say nothing, 1 for those that part the two kinds of cases; NaN where either kind is
    /// missing.
    /// </summary>
    public double[] Areas() =>
        [.. Enumerable.Range(0, _others.Length).Select(c => 0.5 * _twiceWon[c] / ScoresOf(c).Length / _others[c])];

    private Span<float> ScoresOf(int c) => _scores.AsSpan(_starts[c].._starts[c + 1]);

    /// <summary>The number of scores that are below one, by bisection without a branch that would have to be guessed.</summary>
    private static int CountBelow(ReadOnlySpan<float> sorted, float score)
    {
        int below = 0;
        for (int length = sorted.Length; length > 0;)
        {
            int half = (length + 1) >> 1;
            below += half * Unsafe.BitCast<bool, byte>(sorted[below + half - 1] < score);
            length -= half;
        }
        return below;
    }
}
