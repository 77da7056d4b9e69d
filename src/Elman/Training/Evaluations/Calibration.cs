using System.Numerics.Tensors;

namespace Elman.Training;

/// <summary>How far probabilities are from the shares of right answers that they promise.</summary>
internal static class Calibration
{
    /// <summary>How many bins the probabilities are divided into, all equally wide.</summary>
    public const int Bins = 15;

    /// <summary>
    /// The expected calibration error (C. Guo and others, 2017): cases go into bins by the probability p of the class that they were put
    /// into, bin m = 1 … 15 for (m − 1)/15 &lt; p ≤ m/15; then <c>Σ_m (n_m/n)·|share of right answers in m − mean of p in m|</c>.
    /// </summary>
    /// <param name="labels">The true class of each case.</param>
    /// <param name="probabilities">What the classifier gave, <c>[cases, C]</c>.</param>
    /// <param name="classes">C.</param>
    /// <returns>From 0 to 1; NaN where there is no case.</returns>
    public static double ErrorOf(ReadOnlySpan<int> labels, ReadOnlySpan<float> probabilities, int classes)
    {
        Span<double> surplus = stackalloc double[Bins]; // right answers less those promised
        surplus.Clear();
        for (int i = 0; i < labels.Length; i++)
        {
            ReadOnlySpan<float> row = probabilities.Slice(i * classes, classes);
            int top = TensorPrimitives.IndexOfMax(row);
            double p = row[top];
            int bin = Math.Clamp((int)Math.Ceiling(p * Bins) - 1, 0, Bins - 1);
            surplus[bin] += (top == labels[i] ? 1 : 0) - p;
        }
        return TensorPrimitives.SumOfMagnitudes<double>(surplus) / labels.Length;
    }
}
