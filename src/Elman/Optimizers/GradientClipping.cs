using System.Numerics;
using Elman.Packing;

namespace Elman.Optimizers;

/// <summary>
/// Keeps a gradient from being longer than a limit (R. Pascanu and others, 2013):
/// exploding gradients become long steps in the right direction.
/// </summary>
internal static class GradientClipping
{
    /// <summary>Scales all gradients by <c>limit/‖g‖</c> where <c>‖g‖ &gt; limit</c>.</summary>
    /// <param name="gradients">The gradients, changed in place.</param>
    /// <param name="limit">The largest Euclidean norm that passes.</param>
    /// <returns>The norm as it was.</returns>
    public static double ByNorm<T>(Parameters<T> gradients, double limit)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double norm = Norm(gradients.Buffer.Span);
        if (norm > limit)
        {
            T scale = T.CreateTruncating(limit / norm);
            foreach (ref T gradient in gradients.Buffer.Span)
                gradient *= scale;
        }
        return norm;
    }

    /// <summary>
    /// √Σx², summed in double in four interleaved chains: their number is part of the arithmetic, so it is the same everywhere.
    /// </summary>
    private static double Norm<T>(ReadOnlySpan<T> x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double a = 0, b = 0, c = 0, d = 0;
        for (int i = 0; i < x.Length; i += 4) // layouts are padded to multiples of 16
        {
            double p = double.CreateTruncating(x[i]), q = double.CreateTruncating(x[i + 1]);
            double r = double.CreateTruncating(x[i + 2]), s = double.CreateTruncating(x[i + 3]);
            a += p * p;
            b += q * q;
            c += r * r;
            d += s * s;
        }
        return Math.Sqrt(a + b + (c + d));
    }
}
