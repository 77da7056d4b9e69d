using System.Numerics;
using System.Runtime.CompilerServices;
using Elman.Kernels;

namespace Elman.Cells;

/// <summary>
/// The minimal gated recurrent unit of L. Feng and others, "Were RNNs all we needed?" (2024), whose gates depend on the input only:
/// <code>
/// z_t = σ(x_t·Wxz + b_z)                  the update gate
/// n_t = x_t·Wxn + b_n                     the candidate
/// h_t = (1 − z_t)∘h_{t−1} + z_t∘n_t
/// </code>
/// </summary>
internal readonly unsafe struct MinGruCell : IRecurrentCell
{
    public static string Name => "mingru";

    /// <summary>z, n.</summary>
    public static int GateCount => 2;

    public static int StateCount => 1;

    public static IReadOnlyList<GateProduct> Products { get; } = GateProduct.OfInput(2);

    public static IReadOnlyList<GateActivation> Activations { get; } = [GateActivation.Sigmoid(0)];

    public static ForgetGate? ForgetGate => new(0, -1);

    public static bool PassesOutputOn => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Forward<V, T>(ref readonly CellStep<T> step, nint j)
        where V : unmanaged, ILane<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T* gates = step.Gates + j;
        V z = V.Load(gates), candidate = V.Load(gates + step.UnitStride), previous = V.Load(step.Previous + j);
        V h = V.FusedMultiplyAdd(z, candidate - previous, previous);
        Functions.FlushTiny<V, T>(h).Store(step.Next + j);
    }

    // From h_t to z and to the candidate; (1 − z)∘∂L/∂h_t is the whole gradient of h_{t−1}.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Backward<V, T>(ref readonly CellStep<T> step, nint j)
        where V : unmanaged, ILane<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T* gates = step.Gates + j, gradient = step.StateGradient + j;
        V z = V.Load(gates), candidate = V.Load(gates + step.UnitStride), dh = V.Load(gradient);
        V kept = V.Constant(1) - z;

        (dh * (candidate - V.Load(step.Previous + j)) * (z * kept)).Store(gates);
        (dh * z).Store(gates + step.UnitStride);
        Functions.FlushTiny<V, T>(dh * kept).Store(gradient);
    }
}
