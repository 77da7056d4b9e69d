using System.Numerics;
using Elman.Cells;
using Elman.Kernels;

namespace Elman.Tests;

/// <summary>A custom activation that uses only the public interface: f(a) = a·σ(βa).</summary>
public readonly struct Swish(double beta) : IActivation
{
    private readonly double _beta = beta;

    public static Activation Activation { get; } = Activation.Custom("swish", new Swish(1.5));

    public V Value<V, T>(V a)
        where V : unmanaged, ILane<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        a * Functions.Sigmoid<V, T>(V.Constant(_beta) * a);

    public V Derivative<V, T>(V a, V y)
        where V : unmanaged, ILane<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V beta = V.Constant(_beta), sigmoid = Functions.Sigmoid<V, T>(beta * a);
        return sigmoid + (beta * y * (V.Constant(1) - sigmoid));
    }
}
