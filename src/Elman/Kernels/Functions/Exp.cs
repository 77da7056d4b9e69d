using System.Numerics;
using System.Runtime.CompilerServices;

namespace Elman.Kernels;

public static partial class Functions
{
    /// <summary>The exponential function, eˣ.</summary>
    /// <typeparam name="TLane">The lane.</typeparam>
    /// <typeparam name="T">Its number type.</typeparam>
    /// <param name="x">Any numbers; −∞ gives 0, +∞ gives +∞, a NaN stays a NaN.</param>
    /// <returns>eˣ ≥ 0; +∞ where it is beyond the range of the type.</returns>
    /// <remarks>
    /// Error: at most 1.05 ULP over all floats; 0.95 ULP was the most seen over 60 000 doubles. Results below the normal numbers are
    /// gradual, not flushed. A greater float never gives a smaller result.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLane Exp<TLane, T>(TLane x)
        where TLane : unmanaged, ILane<TLane, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        // Beyond these limits the scaling gives infinity and zero.
        bool single = typeof(T) == typeof(float);
        x = AtMost<TLane, T>(x, TLane.Constant(single ? 89 : 710));
        x = AtLeast<TLane, T>(x, TLane.Constant(single ? -104 : -746));
        TLane p = ReducedExpMinusOne<TLane, T>(x, out TLane k);

        // 2ᵏ itself can be too large or too small for a normal number; its two halves cannot, and only the second product rounds.
        TLane half = TLane.Round(k * TLane.Constant(0.5));
        return TLane.ScaleByPowerOfTwo(TLane.ScaleByPowerOfTwo(p + TLane.Constant(1), half), k - half);
    }
}
