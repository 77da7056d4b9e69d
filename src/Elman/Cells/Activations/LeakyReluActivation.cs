using System.Numerics;
using System.Runtime.CompilerServices;
using Elman.Kernels;

namespace Elman.Cells;

/// <summary><c>f(a) = a</c> for a ≥ 0, otherwise <c>α·a</c>; <c>f′</c> is 1 or α.</summary>
internal readonly struct LeakyReluActivation(double alpha) : IActivation
{
    private readonly double _alpha = alpha;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Value<V, T>(V a)
        where V : unmanaged, ILane<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        V.Blend(V.LessThan(a, V.Constant(0)), V.Constant(_alpha) * a, a);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Derivative<V, T>(V a, V y)
        where V : unmanaged, ILane<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        V.Blend(V.LessThan(a, V.Constant(0)), V.Constant(_alpha), V.Constant(1));
}
