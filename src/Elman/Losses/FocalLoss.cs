using System.Numerics;
using System.Numerics.Tensors;

namespace Elman.Losses;

/// <summary>
/// Softmax with the focal loss, <c>−w_label·(1 − p)^γ·ln p</c> for the probability p of the true class (T.-Y. Lin and others, 2017); the
/// mean is taken over <c>Σ w_label</c>.
/// </summary>
internal static class FocalLoss
{
    /// <inheritdoc cref="CrossEntropy.Evaluate"/>
    public static LossResult Evaluate<T>(
        ReadOnlySpan<T> logits, ReadOnlySpan<int> labels, Span<T> gradient, double gamma, ReadOnlySpan<double> weights = default)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int classes = logits.Length / labels.Length, correct = 0, count = 0;
        double loss = 0, total = 0;
        for (int r = 0; r < labels.Length; r++)
        {
            int label = labels[r];
            ReadOnlySpan<T> row = logits.Slice(r * classes, classes);
            Span<T> p = gradient.Slice(r * classes, classes);
            if (label < 0)
            {
                p.Clear();
                continue;
            }
            double logP = double.CreateTruncating(row[label]) - Softmax.Apply(row, p), weight = weights.IsEmpty ? 1 : weights[label];
            (double value, double slope) = Of(logP, gamma);
            loss += weight * value;
            for (int c = 0; c < classes; c++)
                p[c] = T.CreateTruncating(weight * slope * ((c == label ? 1 : 0) - double.CreateTruncating(p[c])));
            correct += TensorPrimitives.IndexOfMax(row) == label ? 1 : 0;
            count++;
            total += weight;
        }
        TensorPrimitives.Divide(gradient, total > 0 ? T.CreateTruncating(total) : T.One, gradient);
        return new LossResult(total > 0 ? loss / total : 0, correct, count, total);
    }

    /// <summary><c>−(1 − p)^γ·ln p</c> and its derivative with respect to ln p, as functions of ln p.</summary>
    public static (double Value, double Slope) Of(double logP, double gamma)
    {
        double p = Math.Exp(logP), missing = -Expm1(logP), factor = Math.Pow(missing, gamma);
        // At p = 1 the derivative is 0 for every γ > 0, though (1 − p)^(γ−1) is not finite there for γ < 1.
        double slope = missing <= 0 ? 0 : (gamma * p * (factor / missing) * logP) - factor;
        return (-factor * logP, slope);
    }

    /// <summary>Computes eˣ − 1 without cancellation near 0 (W. Kahan).</summary>
    private static double Expm1(double x)
    {
        double u = Math.Exp(x);
        return u == 1 ? x : u <= 0 ? -1 : (u - 1) * (x / Math.Log(u));
    }
}
