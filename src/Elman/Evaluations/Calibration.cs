using System.Numerics.Tensors;

namespace Elman.Evaluations;

/// <summary>
/// The expected calibration error (C. Guo and others, 2017): the mean distance between probability and accuracy. Cases are put into bins by
/// the probability p of the predicted class, bin m = 1 … 15 for (m − 1)/15 &lt; p ≤ m/15; the error is
/// <c>Σ_m (n_m/n)·|accuracy_m − mean of p in m|</c>.
/// </summary>
internal sealed class Calibration
{
    /// <summary>The number of bins of equal width.</summary>
    public const int Bins = 15;

    private readonly double[] _surplus = new double[Bins]; // the number of correct predictions minus the sum of p
    private int _cases;

    /// <summary>From 0 to 1; NaN if there is no case.</summary>
    public double Error => TensorPrimitives.SumOfMagnitudes<double>(_surplus) / _cases;

    /// <summary>The bin of a probability, from 0.</summary>
    public static int BinOf(double p) => Math.Clamp((int)Math.Ceiling(p * Bins) - 1, 0, Bins - 1);

    /// <summary>Adds a case.</summary>
    /// <param name="isRight">Whether the predicted class is correct.</param>
    /// <param name="p">The probability of the predicted class.</param>
    public void Add(bool isRight, double p)
    {
        _surplus[BinOf(p)] += (isRight ? 1 : 0) - p;
        _cases++;
    }
}
