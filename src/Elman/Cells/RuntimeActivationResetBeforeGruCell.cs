using System.Numerics;
using Elman.Kernels;

namespace Elman.Cells;

/// <summary>
/// <see cref="ResetBeforeGruCell"/> with activations other than σ and tanh, f and g in the terms of ONNX:
/// <code>
/// r_t = f(x_t·Wxr + h_{t−1}·Whr + b_r)
/// z_t = f(x_t·Wxz + h_{t−1}·Whz + b_z)
/// n_t = g(x_t·Wxn + (r_t∘h_{t−1})·Whn + b_n)
/// h_t = (1 − z_t)∘n_t + z_t∘h_{t−1}
/// </code>
/// </summary>
/// <remarks>Derivatives need the arguments of the activations, so these are stored and the values recomputed.</remarks>
internal readonly unsafe struct RuntimeActivationResetBeforeGruCell(GruOptions options) : IRecurrentCell
{
    private readonly RuntimeActivation _gate = options.GateActivation.Function;
    private readonly RuntimeActivation _candidate = options.CandidateActivation.Function;

    public static string Name => GruCell.Name;

    public static int GateCount => ResetBeforeGruCell.GateCount;

    public static int StateCount => 1;

    public static IReadOnlyList<GateProduct> Products => ResetBeforeGruCell.Products;

    public static bool PassesOutputOn => true;

    public static bool HasInner => true;

    public void ForwardInner<V, T>(ref readonly CellStep<T> step, nint j)
        where V : unmanaged, ILane<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Functions.FlushTiny<V, T>(_gate.Value<V, T>(V.Load(step.Gates + j)) * V.Load(step.Previous + j)).Store(step.Inner + j);

    public void Forward<V, T>(ref readonly CellStep<T> step, nint j)
        where V : unmanaged, ILane<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        nint n = step.UnitStride;
        V z = _gate.Value<V, T>(V.Load(step.Gates + n + j)), candidate = _candidate.Value<V, T>(V.Load(step.Gates + (2 * n) + j));
        Functions.FlushTiny<V, T>(V.FusedMultiplyAdd(z, V.Load(step.Previous + j) - candidate, candidate)).Store(step.Next + j);
    }

    // As in the plain form, with the derivative of each activation.
    public void Backward<V, T>(ref readonly CellStep<T> step, nint j)
        where V : unmanaged, ILane<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        nint n = step.UnitStride;
        T* gates = step.Gates + j;
        V az = V.Load(gates + n), an = V.Load(gates + (2 * n)), z = _gate.Value<V, T>(az), candidate = _candidate.Value<V, T>(an);
        V dh = Functions.FlushTiny<V, T>(V.Load(step.StateGradient + j));

        (dh * (V.Load(step.Previous + j) - candidate) * _gate.Derivative<V, T>(az, z)).Store(gates + n);
        (dh * (V.Constant(1) - z) * _candidate.Derivative<V, T>(an, candidate)).Store(gates + (2 * n));
        (dh * z).Store(step.StateGradient + j);
    }

    public void BackwardInner<V, T>(ref readonly CellStep<T> step, nint j)
        where V : unmanaged, ILane<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V a = V.Load(step.Gates + j), r = _gate.Value<V, T>(a), inner = V.Load(step.InnerGradient + j);
        (inner * V.Load(step.Previous + j) * _gate.Derivative<V, T>(a, r)).Store(step.Gates + j);
        V.FusedMultiplyAdd(inner, r, V.Load(step.StateGradient + j)).Store(step.StateGradient + j);
    }
}
