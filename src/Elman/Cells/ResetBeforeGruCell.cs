using System.Numerics;
using System.Runtime.CompilerServices;
using Elman.Kernels;

namespace Elman.Cells;

/// <summary>
/// The gated recurrent unit in its original form, K. Cho and others (2014), where the reset gate is applied before the product (in Keras
/// <c>reset_after=False</c>, in ONNX <c>linear_before_reset=0</c>):
/// <code>
/// r_t = σ(x_t·Wxr + h_{t−1}·Whr + b_r)
/// z_t = σ(x_t·Wxz + h_{t−1}·Whz + b_z)
/// n_t = tanh(x_t·Wxn + (r_t∘h_{t−1})·Whn + b_n)
/// h_t = (1 − z_t)∘n_t + z_t∘h_{t−1}
/// </code>
/// The inner vector is r_t∘h_{t−1}.
/// </summary>
internal readonly unsafe struct ResetBeforeGruCell : IRecurrentCell
{
    public static string Name => GruCell.Name;

    /// <summary>r, z, n.</summary>
    public static int GateCount => 3;

    public static int StateCount => 1;

    public static IReadOnlyList<GateProduct> Products { get; } = [new(0, 2, 0, 0), new(2, 1, 2, 2, Inner: true)];

    public static IReadOnlyList<GateActivation> Activations { get; } = [GateActivation.Sigmoid(0, 2), GateActivation.Tanh(2)]; // r, z; n

    public static bool PassesOutputOn => true;

    public static bool HasInner => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void ForwardInner<V, T>(ref readonly CellStep<T> step, nint j)
        where V : unmanaged, ILane<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V reset = V.Load(step.Gates + j) * V.Load(step.Previous + j);
        Functions.FlushTiny<V, T>(reset).Store(step.Inner + j);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Forward<V, T>(ref readonly CellStep<T> step, nint j)
        where V : unmanaged, ILane<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        nint n = step.UnitStride;
        V z = V.Load(step.Gates + n + j), candidate = V.Load(step.Gates + (2 * n) + j);
        V h = V.FusedMultiplyAdd(z, V.Load(step.Previous + j) - candidate, candidate);
        Functions.FlushTiny<V, T>(h).Store(step.Next + j);
    }

    // From h_t to z and n; z∘∂L/∂h_t reaches h_{t−1} directly. The gradient of r needs that of the inner vector: see BackwardInner.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Backward<V, T>(ref readonly CellStep<T> step, nint j)
        where V : unmanaged, ILane<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        nint n = step.UnitStride;
        T* gates = step.Gates + j;
        V one = V.Constant(1);
        V z = V.Load(gates + n), candidate = V.Load(gates + (2 * n));
        V dh = Functions.FlushTiny<V, T>(V.Load(step.StateGradient + j));

        V kept = one - z;
        (dh * (V.Load(step.Previous + j) - candidate) * (z * kept)).Store(gates + n);
        (dh * kept * (one - (candidate * candidate))).Store(gates + (2 * n));
        (dh * z).Store(step.StateGradient + j);
    }

    // ∂L/∂r = ∂L/∂(r∘h_{t−1})∘h_{t−1}, and r∘∂L/∂(r∘h_{t−1}) reaches h_{t−1}.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void BackwardInner<V, T>(ref readonly CellStep<T> step, nint j)
        where V : unmanaged, ILane<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V r = V.Load(step.Gates + j), inner = V.Load(step.InnerGradient + j);
        (inner * V.Load(step.Previous + j) * (r * (V.Constant(1) - r))).Store(step.Gates + j);
        V.FusedMultiplyAdd(inner, r, V.Load(step.StateGradient + j)).Store(step.StateGradient + j);
    }
}
