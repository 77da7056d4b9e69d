namespace Elman.Evaluations;

/// <summary>
/// The influence of each case on the average precision of a class, by leaving it out (the jackknife: B. Efron, C. Stein, 1981), and the
/// interval that follows.
/// </summary>
/// <remarks>
/// With P cases of the class and N others at or above the score of a case of the class, <c>AP = mean P/(P + N)</c>. Without another case
/// above it the term is P/(P + N − 1), without a case of the class above it (P − 1)/(P + N − 1). All sums are over a part of the ranking.
/// </remarks>
internal sealed class PrecisionInfluences
{
    /// <summary>The part of the variance of a share of the cases of the class: that of the jackknife is 0 for separated classes.</summary>
    private const double OfShare = 0.05;

    private readonly double[] _influences;
    private readonly double _variance;
    private readonly int _positives;

    /// <summary>Computes the influences.</summary>
    /// <param name="scores">The score of each case.</param>
    /// <param name="applies">For each case, whether the class applies.</param>
    public PrecisionInfluences(float[] scores, bool[] applies)
    {
        int n = scores.Length;
        int[] order = [.. Enumerable.Range(0, n).OrderByDescending(i => scores[i])];
        _positives = applies.Count(one => one);
        _influences = new double[n];
        if (_positives < 2)
            return;
        // Sums over the ranking up to each place: of the terms, and of what they become without a case above.
        double[] terms = new double[n + 1], withoutOther = new double[n + 1], withoutOwn = new double[n + 1];
        double[] own = new double[n];
        int[] firsts = new int[n];
        for (int begin = 0, p = 0, all = 0; begin < n; begin = all)
        {
            int end = begin;
            while (end < n && scores[order[end]] == scores[order[begin]])
                p += applies[order[end++]] ? 1 : 0;
            all = end;
            for (int place = begin; place < end; place++)
            {
                bool isOwn = applies[order[place]];
                double term = isOwn ? (double)p / all : 0, less = isOwn ? (p - 1.0) / Math.Max(1, all - 1) : 0;
                terms[place + 1] = terms[place] + term;
                withoutOther[place + 1] = withoutOther[place] + (isOwn ? ((double)p / Math.Max(1, all - 1)) - term : 0);
                withoutOwn[place + 1] = withoutOwn[place] + less;
                (own[place], firsts[place]) = (less, begin);
            }
        }
        double whole = terms[n] / _positives;
        for (int place = 0; place < n; place++)
        {
            int first = firsts[place];
            double left = applies[order[place]]
                ? (terms[first] + withoutOwn[n] - withoutOwn[first] - own[place]) / (_positives - 1)
                : whole + ((withoutOther[n] - withoutOther[first]) / _positives);
            _influences[order[place]] = whole - left;
        }
        double mean = _influences.Average();
        for (int i = 0; i < n; i++)
            _influences[i] -= mean;
        _variance = (n - 1.0) / n * _influences.Sum(influence => influence * influence);
    }

    /// <summary>The influence of a case on the average precision, up to a factor.</summary>
    public double Influence(int index) => _influences[index];

    /// <summary>
    /// The interval of the average precision: symmetric in <c>ln(A/(1 − A))</c>, with Student's quantile; or the score interval over the
    /// cases of the class if the classes are separated perfectly.
    /// </summary>
    /// <param name="precision">The average precision; NaN if there is none.</param>
    /// <param name="z">The normal limit, widened if the cases depend on each other; NaN if its size is unknown.</param>
    /// <param name="level">The confidence level.</param>
    public ConfidenceInterval Interval(double precision, double z, double level)
    {
        if (!(precision is > 0 and < 1) || !(_variance > 0) || double.IsNaN(z))
            return ProportionInterval.Of(precision, _positives, z, level);
        double variance = ((1 - OfShare) * _variance) + (OfShare * precision * (1 - precision) / _positives);
        double student = NormalDistribution.StudentFactor(NormalDistribution.Limit(level), _positives - 1);
        return ProportionInterval.LogitOf(precision, variance, z * student, level);
    }
}
