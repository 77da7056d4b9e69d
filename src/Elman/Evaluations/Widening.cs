namespace Elman.Evaluations;

/// <summary>
/// The factor by which an interval for independent cases is widened if cases come in groups that depend on each other, such as the
/// recordings of a person or the steps of a sequence: the root of the design effect (L. Kish, 1965).
/// </summary>
/// <remarks>
/// <c>√(G/(G − 1)·Σ_g (Σ_{i∈g} vᵢ)²/Σᵢ vᵢ²)</c> with the influence vᵢ of each case on the figure, at least 1, times Student's quantile for
/// G − 1 degrees of freedom over the normal one. Where no case has an influence, as for an accuracy of 100 %, cases of a group count as
/// equal: <c>√(n/G)</c>.
/// </remarks>
/// <param name="units">For each case, the index of its group, from 0.</param>
/// <param name="count">The number of groups.</param>
internal sealed class Widening(int[] units, int count)
{
    private readonly double[] _sums = new double[count];
    private readonly bool[] _occurs = new bool[count];

    /// <summary>The number of groups.</summary>
    public int Count => count;

    /// <summary>Whether a group has several cases.</summary>
    public bool IsNeeded { get; } = units.Length > count;

    /// <summary>Returns the limit z for a figure, widened.</summary>
    /// <param name="z">The normal limit.</param>
    /// <param name="influences">The influence of each case on the figure; NaN for cases that it does not use.</param>
    /// <returns>The limit; NaN if all cases are of one group.</returns>
    public double Limit(double z, Func<int, double> influences)
    {
        if (!IsNeeded)
            return z;
        Array.Clear(_sums);
        Array.Clear(_occurs);
        double squares = 0;
        int cases = 0;
        for (int i = 0; i < units.Length; i++)
        {
            double influence = influences(i);
            if (double.IsNaN(influence))
                continue;
            _sums[units[i]] += influence;
            _occurs[units[i]] = true;
            squares += influence * influence;
            cases++;
        }
        int groups = _occurs.Count(occurs => occurs);
        if (groups < 2)
            return double.NaN;
        if (groups == cases)
            return z;
        double effect = squares > 0
            ? _sums.Sum(sum => sum * sum) / squares * groups / (groups - 1)
            : (double)cases / groups;
        return z * Math.Sqrt(Math.Max(1, effect)) * NormalDistribution.StudentFactor(z, groups - 1);
    }
}
