using System.Numerics;
using Elman.Kernels;

namespace Elman.Cells;

/// <summary>
/// <see cref="GruCell"/> with activations other than σ and tanh, f and g in the terms of ONNX:
/// <code>
/// r_t = f(x_t·Wxr + h_{t−1}·Whr + b_r)
/// z_t = f(x_t·Wxz + h_{t−1}·Whz + b_z)
/// n_t = g(x_t·Wxn + b_n + r_t∘(h_{t−1}·Whn + b_hn))
/// h_t = (1 − z_t)∘n_t + z_t∘h_{t−1}
/// </code>
/// </summary>
/// <remarks>Derivatives need the arguments of the activations, so these are stored and the values recomputed.</remarks>
internal readonly unsafe struct RuntimeActivationGruCell(GruOptions options) : IRecurrentCell
{
    private readonly RuntimeActivation _gate = options.GateActivation.Function;
    private readonly RuntimeActivation _candidate = options.CandidateActivation.Function;

    public static string Name => GruCell.Name;

    public static int GateCount => GruCell.GateCount;

    public static int StateCount => 1;

    public static IReadOnlyList<GateProduct> Products => GruCell.Products;

    public static bool PassesOutputOn => true;

    public void Forward<V, T>(ref readonly CellStep<T> step, nint j)
        where V : unmanaged, ILane<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        nint n = step.UnitStride;
        T* gates = step.Gates + j;
        V r = _gate.Value<V, T>(V.Load(gates)), z = _gate.Value<V, T>(V.Load(gates + n));
        V candidate = _candidate.Value<V, T>(V.FusedMultiplyAdd(r, V.Load(gates + (3 * n)), V.Load(gates + (2 * n))));
        Functions.FlushTiny<V, T>(V.FusedMultiplyAdd(z, V.Load(step.Previous + j) - candidate, candidate)).Store(step.Next + j);
    }

    // As in the plain GRU, with the derivative of each activation.
    public void Backward<V, T>(ref readonly CellStep<T> step, nint j)
        where V : unmanaged, ILane<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        nint n = step.UnitStride;
        T* gates = step.Gates + j;
        V ar = V.Load(gates), az = V.Load(gates + n), recurrent = V.Load(gates + (3 * n));
        V r = _gate.Value<V, T>(ar), z = _gate.Value<V, T>(az), an = V.FusedMultiplyAdd(r, recurrent, V.Load(gates + (2 * n)));
        V candidate = _candidate.Value<V, T>(an);
        V dh = Functions.FlushTiny<V, T>(V.Load(step.StateGradient + j));

        V toN = dh * (V.Constant(1) - z) * _candidate.Derivative<V, T>(an, candidate);
        (toN * recurrent * _gate.Derivative<V, T>(ar, r)).Store(gates);
        (dh * (V.Load(step.Previous + j) - candidate) * _gate.Derivative<V, T>(az, z)).Store(gates + n);
        toN.Store(gates + (2 * n));
        (toN * r).Store(gates + (3 * n));
        (dh * z).Store(step.StateGradient + j);
    }
}
