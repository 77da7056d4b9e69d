using System.Numerics;
using System.Runtime.CompilerServices;

namespace Elman.Kernels;

public static partial class Functions
{
    /// <summary>eˣ − 1, also accurate near zero.</summary>
    /// <typeparam name="V">The lane.</typeparam>
    /// <typeparam name="T">The number type.</typeparam>
    /// <param name="x">Any numbers; −∞ gives −1, +∞ gives +∞, ±0 gives ±0, a NaN stays a NaN.</param>
    /// <returns>eˣ − 1 ≥ −1; +∞ if it exceeds the range of the type.</returns>
    /// <remarks>
    /// Error: at most 1.60 ULP over all floats; 1.86 ULP was the maximum over 60 000 doubles. Monotonic over all floats. For x ≤ 0 it is
    /// the exponential linear unit with α = 1 (D.-A. Clevert and others, 2016).
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V ExpMinusOne<V, T>(V x)
        where V : unmanaged, ILane<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        // Beyond these limits the results are infinity and −1.
        bool single = typeof(T) == typeof(float);
        V y = V.AtMost(x, V.Constant(single ? 89 : 710));
        y = V.AtLeast(y, V.Constant(single ? -18 : -38));
        V p = ReducedExpMinusOne<V, T>(y, out V k);

        // Computes half the result, for which the scale stays finite, then doubles it.
        V scale = V.ScaleByPowerOfTwo(V.Constant(1), k - V.Constant(1));
        V half = V.FusedMultiplyAdd(scale, p, scale - V.Constant(0.5));
        return V.CopySign(half + half, x);
    }
}
