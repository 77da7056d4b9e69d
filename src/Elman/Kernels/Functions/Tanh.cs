using System.Numerics;
using System.Runtime.CompilerServices;

namespace Elman.Kernels;

public static partial class Functions
{
    /// <summary>The hyperbolic tangent, tanh x = F / (2 − F) with F = 1 − e⁻²ˣ, for x ≥ 0.</summary>
    /// <typeparam name="V">The lane.</typeparam>
    /// <typeparam name="T">The number type.</typeparam>
    /// <param name="x">Any numbers; ±∞ gives ±1, a NaN stays a NaN.</param>
    /// <returns>tanh x in [−1, 1].</returns>
    /// <remarks>
    /// Error: at most 2.6 ULP over all floats; 2.6 ULP over 60 000 doubles. Exactly odd, including tiny numbers and the sign of zero;
    /// exactly ±1 from |x| = 8.664 (float) and 18.715 (double) on, where the exact value is within 1 ULP of it. Monotonic over all floats:
    /// F increases with x and 2 − F decreases, each rounded separately, so their quotient increases.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Tanh<V, T>(V x)
        where V : unmanaged, ILane<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        // Beyond the limit, F and the result are 1.
        if (typeof(T) == typeof(double))
        {
            V a = V.AtMost(V.Abs(x), V.Constant(20));
            V q = OneMinusReducedExp<V, T>(a + a, out V scale);
            return Quotient<V, T>(V.FusedMultiplyAdd(scale, q, V.Constant(1) - scale), x);
        }

        V half = HalfOneMinusReducedExp<V, T>(V.AtMost(V.Abs(x), V.Constant(9.5)), out V twice);
        return Quotient<V, T>(V.FusedMultiplyAdd(twice, half, V.FusedMultiplyAdd(twice, V.Constant(-0.5), V.Constant(1))), x);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Quotient<V, T>(V f, V x)
        where V : unmanaged, ILane<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => V.FlipSign(f / (V.Constant(2) - f), x);

    /// <summary>
    /// Splits e⁻²ᵃ = 2ᵏ·(1 − 2p) in float: <see cref="OneMinusReducedExp"/> of 2a with every constant halved, which saves the
    /// multiplication by 2.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V HalfOneMinusReducedExp<V, T>(V a, out V twice)
        where V : unmanaged, ILane<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V shift = V.Constant(ExponentField.Single + 1); // so that the lowest bits hold the exponent of 2ᵏ⁺¹
        V shifted = V.FusedMultiplyAdd(a, V.Constant(-2.8853900817779268), shift);
        twice = V.PowerOfTwo(shifted);
        V s = V.FusedMultiplyAdd(shifted - shift, V.Constant(0.34657359027997264), a);
        V s2 = s * s;
        V c34 = V.FusedMultiplyAdd(s, V.Constant(32 * -0.0013882521), V.Constant(16 * 0.0083665205));
        V c12 = V.FusedMultiplyAdd(s, V.Constant(8 * -0.0416672), V.Constant(4 * 0.16666543));
        V c = V.FusedMultiplyAdd(V.FusedMultiplyAdd(c34, s2, c12), s, V.Constant(2 * -0.49999997));
        return V.FusedMultiplyAdd(s2, c, s);
    }
}
