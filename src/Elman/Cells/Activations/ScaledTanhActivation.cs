using System.Numerics;
using System.Runtime.CompilerServices;
using Elman.Kernels;

namespace Elman.Cells;

/// <summary><c>f(a) = α·tanh(β·a)</c>, <c>f′ = β·(α − y²/α)</c>.</summary>
internal readonly struct ScaledTanhActivation(double alpha, double beta) : IActivation
{
    private readonly double _alpha = alpha;
    private readonly double _beta = beta;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Value<V, T>(V a)
        where V : unmanaged, ILane<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        V.Constant(_alpha) * Functions.Tanh<V, T>(V.Constant(_beta) * a);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Derivative<V, T>(V a, V y)
        where V : unmanaged, ILane<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        V.Constant(_beta) * (V.Constant(_alpha) - (y * y / V.Constant(_alpha)));
}
