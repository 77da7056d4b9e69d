using System.Numerics;
using System.Runtime.CompilerServices;
using Elman.Kernels;

namespace Elman.Cells;

/// <summary>
/// The simple recurrent network of J. Elman, "Finding structure in time" (1990):
/// <code>
/// a_t = x_t·Wx + h_{t−1}·Wh + b
/// h_t = f(a_t)
/// </code>
/// </summary>
internal readonly unsafe struct SimpleRnnCell<TActivation>(TActivation activation) : IRecurrentCell
    where TActivation : unmanaged, IActivation
{
    private readonly TActivation _activation = activation;

    public static string Name => "rnn";

    public static int GateCount => 1;

    public static int StateCount => 1;

    public static IReadOnlyList<GateProduct> Products { get; } = GateProduct.Plain(1);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Forward<V, T>(ref readonly CellStep<T> step, nint j)
        where V : unmanaged, ILane<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V h = _activation.Value<V, T>(V.Load(step.Gates + j));
        Functions.FlushTiny<V, T>(h).Store(step.Next + j);
    }

    // ∂L/∂a_t = ∂L/∂h_t · f′(a_t). The gradient reaches h_{t−1} only through Wh.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Backward<V, T>(ref readonly CellStep<T> step, nint j)
        where V : unmanaged, ILane<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V slope = _activation.Derivative<V, T>(V.Load(step.Gates + j), V.Load(step.Next + j));
        V gradient = V.Load(step.StateGradient + j) * slope;
        Functions.FlushTiny<V, T>(gradient).Store(step.Gates + j);
    }
}
