using System.Numerics;
using System.Runtime.CompilerServices;
using Elman.Kernels;

namespace Elman.Cells;

/// <summary>
/// <c>f(a) = a</c> for a &gt; 0, otherwise <c>α·(eᵃ − 1)</c>; <c>f′</c> is 1 for a &gt; 0, otherwise <c>y + α</c> (D.-A. Clevert and
/// others, 2015).
/// </summary>
internal readonly struct EluActivation(double alpha) : IActivation
{
    private readonly double _alpha = alpha;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Value<V, T>(V a)
        where V : unmanaged, ILane<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        V.Blend(V.LessThan(V.Constant(0), a), a, V.Constant(_alpha) * Functions.ExpMinusOne<V, T>(a));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Derivative<V, T>(V a, V y)
        where V : unmanaged, ILane<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        V.Blend(V.LessThan(V.Constant(0), a), V.Constant(1), y + V.Constant(_alpha));
}
