using System.Numerics;
using System.Runtime.CompilerServices;
using Elman.Kernels;

namespace Elman.Cells;

/// <summary>
/// The leaky units of an echo-state network (H. Jaeger, 2001; H. Jaeger and others, 2007; M. Lukoševičius, 2012), whose state is a leaky
/// version of the simple recurrent network's:
/// <code>
/// a_t = x_t·Wx + h_{t−1}·Wh + b
/// h_t = (1 − α)·h_{t−1} + α·f(a_t)
/// </code>
/// Without leak, α = 1, it equals the simple recurrent network bit for bit. Wx, Wh and b stay at their initial values: only the output
/// layer is trained.
/// </summary>
/// <param name="activation">The activation f.</param>
/// <param name="leak">The leak rate α, above 0 and at most 1.</param>
internal readonly unsafe struct EchoStateCell<TActivation>(TActivation activation, double leak) : IRecurrentCell
    where TActivation : unmanaged, IActivation
{
    private readonly TActivation _activation = activation;
    private readonly double _taken = leak;
    private readonly double _kept = 1 - leak;

    public static string Name => "esn";

    public static int GateCount => 1;

    public static int StateCount => 1;

    public static IReadOnlyList<GateProduct> Products { get; } = GateProduct.Plain(1);

    public static bool PassesOutputOn => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Forward<V, T>(ref readonly CellStep<T> step, nint j)
        where V : unmanaged, ILane<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V fresh = _activation.Value<V, T>(V.Load(step.Gates + j));
        V h = V.FusedMultiplyAdd(V.Constant(_taken), fresh, V.Constant(_kept) * V.Load(step.Previous + j));
        Functions.FlushTiny<V, T>(h).Store(step.Next + j);
    }

    // ∂L/∂a_t = ∂L/∂h_t · α·f′(a_t); (1 − α)·∂L/∂h_t reaches h_{t−1} directly, the rest through Wh.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Backward<V, T>(ref readonly CellStep<T> step, nint j)
        where V : unmanaged, ILane<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V a = V.Load(step.Gates + j), dh = V.Load(step.StateGradient + j);
        V slope = _activation.Derivative<V, T>(a, _activation.Value<V, T>(a));
        Functions.FlushTiny<V, T>(dh * V.Constant(_taken) * slope).Store(step.Gates + j);
        Functions.FlushTiny<V, T>(dh * V.Constant(_kept)).Store(step.StateGradient + j);
    }
}
