using System.Numerics;
using System.Numerics.Tensors;

namespace Elman.Losses;

/// <summary>
/// Softmax with cross-entropy over class labels, value and gradient together: <c>L = −(1/B)·Σ ln p_label</c>, <c>∂L/∂x = (p − y)/B</c>.
/// With class weights w and smoothing ε the term of a row is <c>−Σ_c a_c·ln p_c</c>, <c>a = (1 − ε)·w_label·y + (ε/C)·w</c>, and the mean
/// is taken over <c>Σ w_label</c>.
/// </summary>
/// <remarks>
/// The value is computed from the logits, not from the probabilities, so that it stays finite if a probability rounds to 0. Smoothing after
/// C. Szegedy and others (2016). A row whose label is −1 is not counted, and its gradient is 0.
/// </remarks>
internal static class CrossEntropy
{
    /// <summary>Computes value and gradient for a batch.</summary>
    /// <param name="logits">The scores, <c>[B, C]</c>.</param>
    /// <param name="labels">The class of each row, or −1.</param>
    /// <param name="gradient">Receives <c>∂L/∂logits</c>, <c>[B, C]</c>.</param>
    /// <param name="weights">The weight of each class, <c>[C]</c>; empty for 1.</param>
    /// <param name="smoothing">The smoothing ε, from 0 up to but not including 1.</param>
    public static LossResult Evaluate<T>(
        ReadOnlySpan<T> logits, ReadOnlySpan<int> labels, Span<T> gradient, ReadOnlySpan<double> weights = default, double smoothing = 0)
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
            double normalizer = Softmax.Apply(row, p), weight = weights.IsEmpty ? 1 : weights[label];
            double right = (1 - smoothing) * weight;
            loss += right * (normalizer - double.CreateTruncating(row[label]));
            if (weights.IsEmpty && smoothing == 0)
                p[label] -= T.One;
            else
                loss += Spread(row, p, label, right, normalizer, weights, smoothing);
            correct += TensorPrimitives.IndexOfMax(row) == label ? 1 : 0;
            count++;
            total += weight;
        }
        TensorPrimitives.Divide(gradient, total > 0 ? T.CreateTruncating(total) : T.One, gradient);
        return new LossResult(total > 0 ? loss / total : 0, correct, count, total);
    }

    /// <summary>Computes the gradient of a row, <c>p·Σ a − a</c>, and the part of its value that comes from smoothing.</summary>
    private static double Spread<T>(
        ReadOnlySpan<T> row, Span<T> p, int label, double right, double normalizer, ReadOnlySpan<double> weights, double smoothing)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double share = smoothing / row.Length, all = right, added = 0;
        for (int c = 0; c < row.Length; c++)
        {
            double a = share * (weights.IsEmpty ? 1 : weights[c]);
            all += a;
            added += a == 0 ? 0 : a * (normalizer - double.CreateTruncating(row[c]));
        }
        for (int c = 0; c < row.Length; c++)
        {
            double a = (share * (weights.IsEmpty ? 1 : weights[c])) + (c == label ? right : 0);
            p[c] = T.CreateTruncating((double.CreateTruncating(p[c]) * all) - a);
        }
        return added;
    }
}

/// <summary>The loss of a batch, and the number of correct predictions.</summary>
/// <param name="Loss">The mean loss.</param>
/// <param name="Correct">The number of correct predictions; 0 for numbers.</param>
/// <param name="Count">The number of predictions: rows, or elements.</param>
/// <param name="Weight">The sum of the weights, over which the loss is the mean.</param>
internal readonly record struct LossResult(double Loss, int Correct, int Count, double Weight)
{
    /// <summary>Returns the combined result of two batches.</summary>
    public LossResult And(LossResult more)
    {
        double weight = Weight + more.Weight;
        double loss = Weight == 0 ? more.Loss : more.Weight == 0 ? Loss : ((Loss * Weight) + (more.Loss * more.Weight)) / weight;
        return new LossResult(loss, Correct + more.Correct, Count + more.Count, weight);
    }
}
