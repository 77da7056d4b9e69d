using System.Numerics;
using System.Runtime.CompilerServices;

namespace Elman.Kernels;

public static partial class Functions
{
    /// <summary>eˣ − 1, accurate near zero too.</summary>
    /// <typeparam name="TLane">The lane.</typeparam>
    /// <typeparam name="T">Its number type.</typeparam>
    /// <param name="x">Any numbers; −∞ gives −1, +∞ gives +∞, ±0 gives ±0, a NaN stays a NaN.</param>
    /// <returns>eˣ − 1 ≥ −1; +∞ where it is beyond the range of the type.</returns>
    /// <remarks>
    /// Error: at most 1.60 ULP over all floats; 1.86 ULP was the most seen over 60 000 doubles. A greater float never gives a smaller
    /// result. For x ≤ 0 it is the exponential linear unit with α = 1 (D.-A. Clevert and others, 2016).
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLane ExpMinusOne<TLane, T>(TLane x)
        where TLane : unmanaged, ILane<TLane, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        // Beyond these limits the result is infinite and rounds to −1.
        bool single = typeof(T) == typeof(float);
        TLane y = AtMost<TLane, T>(x, TLane.Constant(single ? 89 : 710));
        y = AtLeast<TLane, T>(y, TLane.Constant(single ? -18 : -38));
        TLane p = ReducedExpMinusOne<TLane, T>(y, out TLane k);

        // Half the result, for which the scale stays finite; then that twice.
        TLane scale = TLane.ScaleByPowerOfTwo(TLane.Constant(1), k - TLane.Constant(1));
        TLane half = TLane.FusedMultiplyAdd(scale, p, scale - TLane.Constant(0.5));
        return TLane.CopySign(half + half, x);
    }
}
