using System.Numerics;
using System.Runtime.CompilerServices;
using Elman.Kernels;

namespace Elman.Cells;

/// <summary><c>f(a) = a/(1 + |a|)</c>, <c>f′ = (1 − |y|)²</c>, computed as <c>1/(1 + |a|)²</c>, which avoids cancellation.</summary>
internal readonly struct SoftsignActivation : IActivation
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Value<V, T>(V a)
        where V : unmanaged, ILane<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        a / (V.Constant(1) + V.Abs(a));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Derivative<V, T>(V a, V y)
        where V : unmanaged, ILane<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        V.Constant(1) / ((V.Constant(1) + V.Abs(a)) * (V.Constant(1) + V.Abs(a)));
}
