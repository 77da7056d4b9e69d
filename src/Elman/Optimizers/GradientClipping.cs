using System.Numerics;
using Elman.Packing;

namespace Elman.Optimizers;

/// <summary>
/// Clips the norm of a gradient to a limit (R. Pascanu and others, 2013): exploding gradients keep their direction.
/// </summary>
internal static class GradientClipping
{
    /// <summary>Scales all gradients by <c>limit/‖g‖</c> if <c>‖g‖ &gt; limit</c>.</summary>
    /// <param name="gradients">The gradients, changed in place.</param>
    /// <param name="limit">The maximum Euclidean norm.</param>
    /// <returns>The norm before clipping.</returns>
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
    /// √Σx², summed in double in four interleaved chains. Their number is fixed, so the bits are the same on every platform.
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
