using System.Numerics;
using System.Runtime.CompilerServices;
using Elman.Kernels;

namespace Elman.Cells;

/// <summary>
/// Long short-term memory, S. Hochreiter and J. Schmidhuber (1997), with the forget gate of F. Gers and others (2000):
/// <code>
/// i_t = σ(x_t·Wxi + h_{t−1}·Whi + b_i)        input gate
/// f_t = σ(x_t·Wxf + h_{t−1}·Whf + b_f)        forget gate
/// g_t = tanh(x_t·Wxg + h_{t−1}·Whg + b_g)     the candidate
/// o_t = σ(x_t·Wxo + h_{t−1}·Who + b_o)        output gate
/// c_t = f_t∘c_{t−1} + i_t∘g_t
/// h_t = o_t∘tanh(c_t)
/// </code>
/// </summary>
internal readonly unsafe struct LstmCell : IRecurrentCell
{
    public static string Name => "lstm";

    /// <summary>i, f, g, o.</summary>
    public static int GateCount => 4;

    /// <summary>h, c.</summary>
    public static int StateCount => 2;

    public static IReadOnlyList<GateProduct> Products { get; } = GateProduct.Plain(4);

    public static IReadOnlyList<GateActivation> Activations { get; } = [GateActivation.Sigmoid(0, 2), GateActivation.Tanh(2),
        GateActivation.Sigmoid(3)];

    public static ForgetGate? ForgetGate => new(1, 1);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Forward<V, T>(ref readonly CellStep<T> step, nint j)
        where V : unmanaged, ILane<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        nint n = step.UnitStride;
        T* gates = step.Gates + j, next = step.Next + j;
        V i = V.Load(gates), f = V.Load(gates + n), g = V.Load(gates + (2 * n)), o = V.Load(gates + (3 * n));
        V c = Functions.FlushTiny<V, T>(V.FusedMultiplyAdd(f, V.Load(step.Previous + n + j), i * g));
        V h = o * Functions.Tanh<V, T>(c);

        Functions.FlushTiny<V, T>(h).Store(next);
        c.Store(next + n);
    }

    // ∂L/∂c_t is the gradient from step t + 1 plus the one through h_t. The gradients of the gates follow from it and ∂L/∂h_t; σ′ = σ·(1 −
    // σ), tanh′ = 1 − tanh². The gradient reaches h_{t−1} only through Wh. tanh(c_t) is cheaper to recompute than to store.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Backward<V, T>(ref readonly CellStep<T> step, nint j)
        where V : unmanaged, ILane<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        nint n = step.UnitStride;
        T* gates = step.Gates + j, gradient = step.StateGradient + j;
        V one = V.Constant(1);
        V i = V.Load(gates), f = V.Load(gates + n), g = V.Load(gates + (2 * n)), o = V.Load(gates + (3 * n));
        V shown = Functions.Tanh<V, T>(V.Load(step.Next + n + j));
        V dh = Functions.FlushTiny<V, T>(V.Load(gradient));
        V dc = V.FusedMultiplyAdd(dh * o, one - (shown * shown), V.Load(gradient + n));

        (dc * g * (i * (one - i))).Store(gates);
        (dc * V.Load(step.Previous + n + j) * (f * (one - f))).Store(gates + n);
        (dc * i * (one - (g * g))).Store(gates + (2 * n));
        (dh * shown * (o * (one - o))).Store(gates + (3 * n));
        Functions.FlushTiny<V, T>(dc * f).Store(gradient + n);
    }
}
