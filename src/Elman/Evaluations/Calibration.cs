using System.Numerics.Tensors;

namespace Elman.Evaluations;

/// <summary>
/// How far probabilities are from the shares of right answers that they promise: the expected calibration error (C. Guo and others, 2017).
/// Cases go into bins by the probability p of the class that they were put into, bin m = 1 … 15 for (m − 1)/15 &lt; p ≤ m/15; then
/// <c>Σ_m (n_m/n)·|share of right answers in m − mean of p in m|</c>.
/// </summary>
internal sealed class Calibration
{
    /// <summary>The number of bins, all equally wide.</summary>
    public const int Bins = 15;

    private readonly double[] _surplus = new double[Bins]; // right answers less those promised
    private int _cases;

    /// <summary>From 0 to 1; NaN if there is no case.</summary>
    public double Error => TensorPrimitives.SumOfMagnitudes<double>(_surplus) / _cases;

    /// <summary>Adds a case.</summary>
    /// <param name="isRight">Whether it was put into the right class.</param>
    /// <param name="p">The probability of the class that it was put into.</param>
    public void Add(bool isRight, double p)
    {
        int bin = Math.Clamp((int)Math.Ceiling(p * Bins) - 1, 0, Bins - 1);
        _surplus[bin] += (isRight ? 1 : 0) - p;
        _cases++;
    }
}
