using System.Numerics;
using System.Runtime.CompilerServices;

namespace Elman.Kernels;

public static partial class Functions
{
    /// <summary>Splits eˣ = 2ᵏ·(1 + p), k the integer nearest to x/ln 2: the step that every function here begins with.</summary>
    /// <param name="x">The argument; |k| has to fit the bits that ln 2's high part leaves free, 8 in float and 11 in double.</param>
    /// <param name="k">The exponent.</param>
    /// <returns>p = eʳ − 1 for r = x − k·ln 2, |r| ≤ ½·ln 2, to within an ULP of p itself.</returns>
    /// <remarks>
    /// W. J. Cody and W. Waite, Software Manual for the Elementary Functions (1980), chapter 6: ln 2 is taken in two parts, so that
    /// nothing cancels. p = r + r²·R(r), R a minimax polynomial from tools/minimax. The sum comes last and r² is small beside r, so
    /// that rounding keeps the order of the arguments: p never falls while x grows within one k.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLane ReducedExpMinusOne<TLane, T>(TLane x, out TLane k)
        where TLane : unmanaged, ILane<TLane, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        k = TLane.Round(x * TLane.Constant(1.4426950408889634));
        TLane r, tail;
        if (typeof(T) == typeof(float))
        {
            r = TLane.FusedMultiplyAdd(k, TLane.Constant(-0.69314575), x);
            r = TLane.FusedMultiplyAdd(k, TLane.Constant(-0.0000014286068), r);
            tail = TLane.Constant(0.0013882521);
            tail = TLane.FusedMultiplyAdd(tail, r, TLane.Constant(0.0083665205));
            tail = TLane.FusedMultiplyAdd(tail, r, TLane.Constant(0.0416672));
            tail = TLane.FusedMultiplyAdd(tail, r, TLane.Constant(0.16666543));
            tail = TLane.FusedMultiplyAdd(tail, r, TLane.Constant(0.49999997));
        }
        else
        {
            r = TLane.FusedMultiplyAdd(k, TLane.Constant(-0.6931471805601177), x);
            r = TLane.FusedMultiplyAdd(k, TLane.Constant(1.7239444525614835e-13), r);
            tail = TLane.Constant(2.0875330425506727e-09);
            tail = TLane.FusedMultiplyAdd(tail, r, TLane.Constant(2.510897899407307e-08));
            tail = TLane.FusedMultiplyAdd(tail, r, TLane.Constant(2.755740264142545e-07));
            tail = TLane.FusedMultiplyAdd(tail, r, TLane.Constant(2.7557244373864446e-06));
            tail = TLane.FusedMultiplyAdd(tail, r, TLane.Constant(2.480158717253988e-05));
            tail = TLane.FusedMultiplyAdd(tail, r, TLane.Constant(0.00019841269885966252));
            tail = TLane.FusedMultiplyAdd(tail, r, TLane.Constant(0.001388888888896237));
            tail = TLane.FusedMultiplyAdd(tail, r, TLane.Constant(0.008333333333321691));
            tail = TLane.FusedMultiplyAdd(tail, r, TLane.Constant(0.04166666666666651));
            tail = TLane.FusedMultiplyAdd(tail, r, TLane.Constant(0.16666666666666677));
            tail = TLane.FusedMultiplyAdd(tail, r, TLane.Constant(0.5));
        }

        return TLane.FusedMultiplyAdd(r * r, tail, r);
    }

    /// <summary>The lesser of two numbers, the second being no NaN; a NaN in the first stays.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLane AtMost<TLane, T>(TLane x, TLane limit)
        where TLane : unmanaged, ILane<TLane, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        TLane.Blend(TLane.LessThan(limit, x), limit, x);

    /// <summary>The greater of two numbers, the second being no NaN; a NaN in the first stays.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLane AtLeast<TLane, T>(TLane x, TLane limit)
        where TLane : unmanaged, ILane<TLane, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        TLane.Blend(TLane.LessThan(x, limit), limit, x);
}
