namespace Elman.Evaluations;

/// <summary>
/// The placement of each case among those of the other kind, from which the variance of an area under a ROC curve follows (E. DeLong and
/// others, 1988): the share of other cases with a lower score, or of cases of the class with a higher one, ties counted half.
/// </summary>
internal sealed class Placements
{
    /// <summary>The part of the variance of Hanley and McNeil.</summary>
    private const double OfFormula = 0.1;

    private const int FewCases = 10;

    private readonly double[] _influences;
    private readonly double _variance;
    private readonly int _positives;
    private readonly int _negatives;

    /// <summary>Computes the placements.</summary>
    /// <param name="scores">The score of each case.</param>
    /// <param name="applies">For each case, whether the class applies.</param>
    public Placements(float[] scores, bool[] applies)
    {
        float[] own = [.. scores.Where((_, i) => applies[i])], others = [.. scores.Where((_, i) => !applies[i])];
        Array.Sort(own);
        Array.Sort(others);
        (_positives, _negatives) = (own.Length, others.Length);
        double[] values = [.. scores.Select((score, i) => applies[i] ? ShareBelow(others, score) : 1 - ShareBelow(own, score))];
        double first = values.Where((_, i) => applies[i]).DefaultIfEmpty().Average();
        _influences = [.. values.Select((value, i) => (value - first) / (applies[i] ? own.Length : others.Length))];
        _variance = VarianceOf(own.Length, true) + VarianceOf(others.Length, false);

        double VarianceOf(int cases, bool isOwn) => cases < 2 ? 0
            : _influences.Where((_, i) => applies[i] == isOwn).Sum(influence => influence * influence) * cases / (cases - 1);
    }

    /// <summary>The influence of a case on the area.</summary>
    public double Influence(int index) => _influences[index];

    /// <summary>
    /// The interval of the area: symmetric in <c>ln(A/(1 − A))</c>, with DeLong's variance and a tenth of that of Hanley and McNeil: the
    /// former is too small near 1, the latter too large. Or that of <see cref="AreaInterval"/> if the kinds are separated perfectly, or
    /// one has few cases: then DeLong's variance is much too small.
    /// </summary>
    public ConfidenceInterval Interval(double area, double z, double level)
    {
        if (!(area is > 0 and < 1) || Math.Min(_positives, _negatives) < FewCases)
            return AreaInterval.Of(area, _positives, _negatives, z, level);
        double variance = ((1 - OfFormula) * _variance) + (OfFormula * AreaInterval.VarianceOf(area, _positives, _negatives));
        ConfidenceInterval interval = ProportionInterval.LogitOf(area, variance, z, level);
        // Near 1 the logit interval can be very wide.
        double least = AreaInterval.Of(area, _positives, _negatives, z, level).Lower;
        return interval with { Lower = Math.Max(least, interval.Lower) };
    }

    private static double ShareBelow(float[] sorted, float score)
    {
        int below = Count(sorted, score), to = Count(sorted, float.BitIncrement(score));
        return (below + ((to - below) / 2.0)) / sorted.Length;
    }

    /// <summary>The number of scores below one.</summary>
    private static int Count(float[] sorted, float score)
    {
        int low = 0, high = sorted.Length;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            (low, high) = sorted[middle] < score ? (middle + 1, high) : (low, middle);
        }
        return low;
    }
}
