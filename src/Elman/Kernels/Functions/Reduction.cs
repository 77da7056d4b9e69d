using System.Numerics;
using System.Runtime.CompilerServices;

namespace Elman.Kernels;

public static partial class Functions
{
    /// <summary>Splits eˣ = 2ᵏ·(1 + p), with k the integer nearest to x/ln 2: the first step of every function here.</summary>
    /// <param name="x">The argument; |k| must fit into the free bits of the high part of ln 2, 8 in float and 11 in double.</param>
    /// <param name="k">The exponent.</param>
    /// <returns>p = eʳ − 1 for r = x − k·ln 2, |r| ≤ ½·ln 2, to within an ULP of p itself.</returns>
    /// <remarks>
    /// W. J. Cody and W. Waite, Software Manual for the Elementary Functions (1980), chapter 6: ln 2 is split into two parts to avoid
    /// cancellation. p = r + r²·R(r), with R a minimax polynomial from tools/minimax. The sum is last and r² is small relative to r, so
    /// that rounding preserves the order: for a fixed k, p never decreases as x increases.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V ReducedExpMinusOne<V, T>(V x, out V k)
        where V : unmanaged, ILane<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        // Adding 1.5·2ᵖ, p the fraction bits, rounds to an integer as V.Round does, without a separate instruction.
        V shift = V.Constant(typeof(T) == typeof(float) ? 12582912.0 : 6755399441055744.0);
        k = V.FusedMultiplyAdd(x, V.Constant(1.4426950408889634), shift) - shift;
        bool single = typeof(T) == typeof(float);
        V r = V.FusedMultiplyAdd(k, V.Constant(single ? -0.69314575 : -0.6931471805601177), x);
        r = V.FusedMultiplyAdd(k, V.Constant(single ? -0.0000014286068 : 1.7239444525614835e-13), r);
        V r2 = r * r;
        return V.FusedMultiplyAdd(r2, single ? SingleTail<V, T>(r) : DoubleTail<V, T>(r, r2), r);
    }

    // (eʳ − 1 − r)/r², in float by Horner's rule: which needs the fewest instructions.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V SingleTail<V, T>(V r)
        where V : unmanaged, ILane<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V c = V.Constant(0.0013882521);
        c = V.FusedMultiplyAdd(c, r, V.Constant(0.0083665205));
        c = V.FusedMultiplyAdd(c, r, V.Constant(0.0416672));
        c = V.FusedMultiplyAdd(c, r, V.Constant(0.16666543));
        return V.FusedMultiplyAdd(c, r, V.Constant(0.49999997));
    }

    // The same in double, in pairs of terms (G. Estrin, 1960): with eleven terms the latency of Horner's rule would dominate.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V DoubleTail<V, T>(V r, V r2)
        where V : unmanaged, ILane<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V r4 = r2 * r2;
        V c01 = V.FusedMultiplyAdd(V.Constant(0.16666666666666677), r, V.Constant(0.5));
        V c23 = V.FusedMultiplyAdd(V.Constant(0.008333333333321691), r, V.Constant(0.04166666666666651));
        V c45 = V.FusedMultiplyAdd(V.Constant(0.00019841269885966252), r, V.Constant(0.001388888888896237));
        V c67 = V.FusedMultiplyAdd(V.Constant(2.7557244373864446e-06), r, V.Constant(2.480158717253988e-05));
        V c89 = V.FusedMultiplyAdd(V.Constant(2.510897899407307e-08), r, V.Constant(2.755740264142545e-07));
        V c03 = V.FusedMultiplyAdd(c23, r2, c01);
        V c47 = V.FusedMultiplyAdd(c67, r2, c45);
        V c8A = V.FusedMultiplyAdd(V.Constant(2.0875330425506727e-09), r2, c89);
        return V.FusedMultiplyAdd(V.FusedMultiplyAdd(c8A, r4, c47), r4, c03);
    }

    /// <summary>
    /// Splits e⁻ʸ = 2ᵏ·(1 − q), with k the integer nearest to −y/ln 2, in the fewest instructions: for functions in which e⁻ʸ is added to
    /// 1.
    /// </summary>
    /// <param name="y">The argument; k must be the exponent of a normal number, or 128 (float) or 1024 (double).</param>
    /// <param name="scale">2ᵏ.</param>
    /// <returns>q = 1 − e⁻ʳ for r = y + k·ln 2, |r| ≤ ½·ln 2.</returns>
    /// <remarks>
    /// In float, ln 2 is a single number, accurate to 2⁻²⁹: near k = 0 nothing is lost, and for large k the error of e⁻ʳ is hidden by 2ᵏ
    /// and the sum with 1, or is documented. In double, the second part of ln 2 is subtracted after the first. As in
    /// <see cref="ReducedExpMinusOne"/>, the last sum preserves the order of the arguments.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V OneMinusReducedExp<V, T>(V y, out V scale)
        where V : unmanaged, ILane<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V shift = V.Constant(typeof(T) == typeof(float) ? ExponentField.Single : ExponentField.Double);
        V shifted = V.FusedMultiplyAdd(y, V.Constant(-1.4426950408889634), shift);
        scale = V.PowerOfTwo(shifted);
        V k = shifted - shift;
        V r = V.FusedMultiplyAdd(k, V.Constant(0.6931471805599453), y);
        if (typeof(T) == typeof(double))
        {
            r = V.FusedMultiplyAdd(k, V.Constant(2.3190468138462996e-17), r);
            V square = r * r;
            return V.FusedMultiplyAdd(square, -DoubleTail<V, T>(-r, square), r);
        }
        V r2 = r * r;

        // 1 − e⁻ʳ = r − r²·R(−r), with the R of SingleTail, in pairs of terms, because cells wait for the latency of this chain.
        V c34 = V.FusedMultiplyAdd(r, V.Constant(-0.0013882521), V.Constant(0.0083665205));
        V c12 = V.FusedMultiplyAdd(r, V.Constant(-0.0416672), V.Constant(0.16666543));
        V c = V.FusedMultiplyAdd(V.FusedMultiplyAdd(c34, r2, c12), r, V.Constant(-0.49999997));
        return V.FusedMultiplyAdd(r2, c, r);
    }
}
