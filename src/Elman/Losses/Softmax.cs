using System.Numerics;
using Elman.Kernels;

namespace Elman.Losses;

/// <summary>
/// Converts scores to probabilities: <c>p_c = e^(x_c − max x) / Σ e^(x_k − max x)</c>. The maximum is subtracted so that nothing overflows.
/// </summary>
internal static class Softmax
{
    /// <summary>Converts one row.</summary>
    /// <param name="logits">The scores.</param>
    /// <param name="probabilities">Receives the probabilities; may be the scores' own memory.</param>
    /// <returns>ln Σ e^(x_k), the normaliser: −ln p_c is this minus x_c.</returns>
    public static double Apply<T>(ReadOnlySpan<T> logits, Span<T> probabilities)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T max = logits[0];
        foreach (T x in logits)
            max = T.Max(max, x);
        T sum = T.Zero;
        for (int c = 0; c < logits.Length; c++)
        {
            probabilities[c] = Functions.Exp(logits[c] - max);
            sum += probabilities[c];
        }
        for (int c = 0; c < logits.Length; c++)
            probabilities[c] /= sum;
        return double.CreateTruncating(max) + Math.Log(double.CreateTruncating(sum));
    }

    /// <summary>Converts consecutive rows in place.</summary>
    /// <param name="rows">The scores, <c>[rows, width]</c>; become probabilities.</param>
    /// <param name="width">The number of scores in a row.</param>
    public static void ApplyRows<T>(Span<T> rows, int width)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int first = 0; first < rows.Length; first += width)
            Apply<T>(rows.Slice(first, width), rows.Slice(first, width));
    }
}
