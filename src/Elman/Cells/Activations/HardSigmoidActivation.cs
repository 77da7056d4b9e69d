using System.Numerics;
using System.Runtime.CompilerServices;
using Elman.Kernels;

namespace Elman.Cells;

/// <summary><c>f(a) = min(1, max(0, α·a + β))</c>; <c>f′</c> is α if f is strictly between 0 and 1, otherwise 0. NaN stays NaN.</summary>
internal readonly struct HardSigmoidActivation(double alpha, double beta) : IActivation
{
    private readonly double _alpha = alpha;
    private readonly double _beta = beta;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Value<V, T>(V a)
        where V : unmanaged, ILane<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V zero = V.Constant(0), one = V.Constant(1);
        V y = V.FusedMultiplyAdd(V.Constant(_alpha), a, V.Constant(_beta));
        y = V.Blend(V.LessThan(y, zero), zero, y);
        return V.Blend(V.LessThan(one, y), one, y);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Derivative<V, T>(V a, V y)
        where V : unmanaged, ILane<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V zero = V.Constant(0);
        V slope = V.Blend(V.LessThan(zero, y), V.Constant(_alpha), zero);
        return V.Blend(V.LessThan(y, V.Constant(1)), slope, zero);
    }
}
