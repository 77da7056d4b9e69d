using System.Runtime.CompilerServices;

namespace Elman.Evaluations;

/// <summary>
/// The areas under the ROC curves of classes: a measure of how well the scores of a class separate the cases to which it applies from the
/// others, independent of a threshold.
/// </summary>
/// <remarks>
/// The area is the share of pairs of a positive and a negative case in which the positive one has the higher score; ties count half
/// (H. Mann and D. Whitney, 1947). Only the positive scores are sorted and stored; each negative score is located among them by bisection.
/// For n cases of C classes this takes O(n·C·log(1 + n/C)) time and, in addition to the scores, memory for 2·n + 2·C numbers.
/// </remarks>
internal sealed class RocAuc
{
    /// <summary>
    /// The maximum number of scores, cases × classes. All of them have to be in memory at the same time, in 800 MB, and take some seconds.
    /// With more, areas are not computed.
    /// </summary>
    public const long MostScores = 200_000_000;

    private readonly int[] _starts; // the index of the first score of each class, and the end
    private readonly float[] _scores; // of the cases to which a class applies, sorted within the class
    private readonly long[] _others;
    private readonly long[] _twiceWon;
    private readonly int[] _reached; // for each score, and for none, how many others have so many scores of the class below or equal

    /// <summary>Sorts the scores of classes for the cases to which they apply.</summary>
    /// <param name="classes">The number of classes.</param>
    /// <param name="applying">The classes, one for each pair of a case and a class that applies to it.</param>
    /// <param name="scores">The scores of these pairs.</param>
    public RocAuc(int classes, ReadOnlySpan<int> applying, ReadOnlySpan<float> scores)
    {
        (_starts, _scores, _others, _twiceWon) = (new int[classes + 1], new float[scores.Length], new long[classes], new long[classes]);
        _reached = new int[scores.Length + classes];
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

    /// <summary>Whether the number of scores is small enough to compute areas.</summary>
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
        _reached[_starts[c] + c + below + equal]++;
    }

    /// <summary>
    /// Returns the area of each class: 0.5 for random scores, 1 for perfect separation; NaN if there is no positive or no negative case.
    /// </summary>
    public double[] Areas() =>
        [.. Enumerable.Range(0, _others.Length).Select(c => 0.5 * _twiceWon[c] / ScoresOf(c).Length / _others[c])];

    /// <summary>
    /// Returns the average precision of each class, <c>Σ (R_n − R_{n−1})·P_n</c> over its scores as thresholds, from the highest on; NaN if
    /// there is no positive case.
    /// </summary>
    public double[] AveragePrecisions() => [.. Enumerable.Range(0, _others.Length).Select(AveragePrecision)];

    private double AveragePrecision(int c)
    {
        ReadOnlySpan<float> scores = ScoresOf(c);
        ReadOnlySpan<int> reached = _reached.AsSpan(_starts[c] + c, scores.Length + 1);
        double sum = 0;
        long others = 0;
        for (int end = scores.Length; end > 0;)
        {
            int first = end;
            while (first > 0 && scores[first - 1] == scores[end - 1])
                first--;
            for (int i = first + 1; i <= end; i++)
                others += reached[i];
            int right = scores.Length - first;
            sum += (double)(end - first) * right / (right + others);
            end = first;
        }
        return scores.Length == 0 ? double.NaN : sum / scores.Length;
    }

    private Span<float> ScoresOf(int c) => _scores.AsSpan(_starts[c].._starts[c + 1]);

    /// <summary>Counts the scores below a score, by bisection without unpredictable branches.</summary>
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
