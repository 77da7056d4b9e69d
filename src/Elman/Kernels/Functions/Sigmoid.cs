using System.Numerics;
using System.Runtime.CompilerServices;

namespace Elman.Kernels;

public static partial class Functions
{
    /// <summary>The logistic function, σ(x) = 1 / (1 + e⁻ˣ).</summary>
    /// <typeparam name="TLane">The lane.</typeparam>
    /// <typeparam name="T">Its number type.</typeparam>
    /// <param name="x">Any numbers; −∞ gives 0, +∞ gives 1, a NaN stays a NaN.</param>
    /// <returns>σ(x) in [0, 1].</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLane Sigmoid<TLane, T>(TLane x)
        where TLane : unmanaged, ILane<TLane, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        TLane y = AtMost<TLane, T>(-x, TLane.Constant(typeof(T) == typeof(float) ? 89 : 710));
        y = AtLeast<TLane, T>(y, TLane.Constant(typeof(T) == typeof(float) ? -80 : -700));
        TLane p = ReducedExpMinusOne<TLane, T>(y, out TLane k);
        TLane one = TLane.Constant(1);
        return one / (one + TLane.ScaleByPowerOfTwo(one + p, k));
    }
}
