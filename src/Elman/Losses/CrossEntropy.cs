using System.Numerics;
using System.Numerics.Tensors;

namespace Elman.Losses;

/// <summary>Softmax with cross-entropy over class labels, value and gradient together: <c>L = −(1/B)·Σ ln p_label</c>, <c>∂L/∂x = (p − y)/B</c>.</summary>
/// <remarks>The value comes from the logits, not from the probabilities, so that it stays finite where a probability rounds to 0.</remarks>
internal static class CrossEntropy
{
    /// <summary>Value and gradient of a batch.</summary>
    /// <param name="logits">Scores <c>[B, C]</c>.</param>
    /// <param name="labels">The class of each row.</param>
    /// <param name="gradient">Takes <c>∂L/∂logits</c>, <c>[B, C]</c>.</param>
    public static LossResult Evaluate<T>(ReadOnlySpan<T> logits, ReadOnlySpan<int> labels, Span<T> gradient)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int classes = logits.Length / labels.Length, correct = 0;
        T perRow = T.CreateTruncating(labels.Length);
        double loss = 0;
        for (int r = 0; r < labels.Length; r++)
        {
            ReadOnlySpan<T> row = logits.Slice(r * classes, classes);
            Span<T> p = gradient.Slice(r * classes, classes);
            loss += Softmax.Apply(row, p) - double.CreateTruncating(row[labels[r]]);
            correct += TensorPrimitives.IndexOfMax(row) == labels[r] ? 1 : 0;
            p[labels[r]] -= T.One;
            for (int c = 0; c < classes; c++)
                p[c] /= perRow;
        }
        return new LossResult(loss / labels.Length, correct);
    }
}

/// <summary>A batch's loss and how many of its rows were classified right.</summary>
/// <param name="Loss">The mean over the rows.</param>
/// <param name="Correct">Rows whose largest score is that of their label.</param>
internal readonly record struct LossResult(double Loss, int Correct);
