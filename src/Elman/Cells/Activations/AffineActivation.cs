using System.Numerics;
using System.Runtime.CompilerServices;
using Elman.Kernels;

namespace Elman.Cells;

/// <summary><c>f(a) = α·a + β</c>, <c>f′ = α</c>.</summary>
internal readonly struct AffineActivation(double alpha, double beta) : IActivation
{
    private readonly double _alpha = alpha;
    private readonly double _beta = beta;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Value<V, T>(V a)
        where V : unmanaged, ILane<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        V.FusedMultiplyAdd(V.Constant(_alpha), a, V.Constant(_beta));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Derivative<V, T>(V a, V y)
        where V : unmanaged, ILane<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => V.Constant(_alpha);
}
