using System.Numerics;
using System.Runtime.CompilerServices;

namespace Elman.Kernels;

public static partial class Functions
{
    /// <summary>The hyperbolic tangent, tanh x = E / (E + 2) with E = e²ˣ − 1.</summary>
    /// <typeparam name="TLane">The lane.</typeparam>
    /// <typeparam name="T">Its number type.</typeparam>
    /// <param name="x">Any numbers; ±∞ gives ±1, a NaN stays a NaN.</param>
    /// <returns>tanh x in [−1, 1].</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLane Tanh<TLane, T>(TLane x)
        where TLane : unmanaged, ILane<TLane, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        // Beyond the limit the quotient rounds to one.
        TLane a = AtMost<TLane, T>(TLane.Abs(x), TLane.Constant(typeof(T) == typeof(float) ? 10 : 20));
        TLane p = ReducedExpMinusOne<TLane, T>(a + a, out TLane k);
        TLane scale = TLane.ScaleByPowerOfTwo(TLane.Constant(1), k);
        TLane e = TLane.FusedMultiplyAdd(scale, p, scale - TLane.Constant(1));
        return TLane.CopySign(e / (e + TLane.Constant(2)), x);
    }
}
