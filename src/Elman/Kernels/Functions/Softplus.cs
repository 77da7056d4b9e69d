using System.Numerics;
using System.Runtime.CompilerServices;

namespace Elman.Kernels;

public static partial class Functions
{
    /// <summary>The smooth form of max(x, 0): ln(1 + eˣ).</summary>
    /// <typeparam name="V">The lane.</typeparam>
    /// <typeparam name="T">The number type.</typeparam>
    /// <param name="x">Any numbers; −∞ gives 0, +∞ gives +∞, a NaN stays a NaN.</param>
    /// <returns>max(x, 0) + ln(1 + e^−|x|) ≥ 0.</returns>
    /// <remarks>
    /// Error: at most 1.83 ULP over all floats; 1.45 ULP was the maximum over 60 000 doubles. The error is relative, also for negative x,
    /// until <see cref="Exp{V, T}"/> underflows. As x increases, a result may be at most 2 ULP below the previous one.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Softplus<V, T>(V x)
        where V : unmanaged, ILane<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        PositivePart<V, T>(x) + LogOnePlus<V, T>(Exp<V, T>(-V.Abs(x)));

    /// <summary>max(x, 0); NaN stays NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V PositivePart<V, T>(V x)
        where V : unmanaged, ILane<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        V.Blend(V.LessThan(x, V.Constant(0)), V.Constant(0), x);

    /// <summary>ln(1 + u) for u in [0, 1].</summary>
    /// <remarks>
    /// ln(1 + u) = 2·artanh s with s = u/(2 + u), and artanh s = s + s³·R(s²), with R a minimax polynomial from tools/minimax. Because 2s =
    /// u − s·u, the sum is u − s·(u − 2s²·R(s²)): the rounding error of s is small relative to u.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V LogOnePlus<V, T>(V u)
        where V : unmanaged, ILane<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V s = u / (V.Constant(2) + u);
        V z = s * s;
        V c;
        if (typeof(T) == typeof(float))
        {
            c = V.Constant(0.11616782);
            c = V.FusedMultiplyAdd(c, z, V.Constant(0.10852266));
            c = V.FusedMultiplyAdd(c, z, V.Constant(0.1429625));
            c = V.FusedMultiplyAdd(c, z, V.Constant(0.19999851));
            c = V.FusedMultiplyAdd(c, z, V.Constant(0.33333334));
        }
        else
        {
            c = V.Constant(0.0808618657202508);
            c = V.FusedMultiplyAdd(c, z, V.Constant(0.04398291293970915));
            c = V.FusedMultiplyAdd(c, z, V.Constant(0.06000968385213865));
            c = V.FusedMultiplyAdd(c, z, V.Constant(0.06657023692070747));
            c = V.FusedMultiplyAdd(c, z, V.Constant(0.0769278819346019));
            c = V.FusedMultiplyAdd(c, z, V.Constant(0.09090894596887517));
            c = V.FusedMultiplyAdd(c, z, V.Constant(0.11111111361321917));
            c = V.FusedMultiplyAdd(c, z, V.Constant(0.14285714283526282));
            c = V.FusedMultiplyAdd(c, z, V.Constant(0.2000000000000741));
            c = V.FusedMultiplyAdd(c, z, V.Constant(0.3333333333333333));
        }

        return V.FusedMultiplyAdd(s, V.FusedMultiplyAdd(z + z, c, -u), u);
    }
}
