using System.Numerics;
using System.Runtime.CompilerServices;

namespace Elman.Kernels;

public static partial class Functions
{
    /// <summary>
    /// Replaces subnormal numbers with zero (below 2⁻¹²⁶ in float, 2⁻¹⁰²² in double); other numbers are returned unchanged.
    /// </summary>
    /// <remarks>
    /// States and gradients that decay over many steps become subnormal numbers, with which processors are up to a hundred times slower.
    /// NaN stays NaN.
    /// </remarks>
    /// <param name="x">The number.</param>
    /// <typeparam name="V">The lane.</typeparam>
    /// <typeparam name="T">The number type.</typeparam>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V FlushTiny<V, T>(V x)
        where V : unmanaged, ILane<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        V.Blend(V.LessThan(V.Abs(x), SmallestNormal<V, T>()), V.Constant(0), x);

    /// <summary>The smallest positive normal number: 2⁻¹²⁶ in float, 2⁻¹⁰²² in double.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static V SmallestNormal<V, T>()
        where V : unmanaged, ILane<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        V.Constant(typeof(T) == typeof(float) ? 1.1754943508222875E-38 : 2.2250738585072014E-308);
}
