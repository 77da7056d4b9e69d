using System.Numerics;
using System.Runtime.CompilerServices;
using Elman.Kernels;

namespace Elman.Cells;

/// <summary>
/// The minimal long short-term memory of L. Feng and others, "Were RNNs all we needed?" (2024), whose gates see the input alone
/// and share what they keep and write:
/// <code>
/// f_t = σ(x_t·Wxf + b_f)                  what to keep
/// i_t = σ(x_t·Wxi + b_i)                  what to write
/// n_t = x_t·Wxn + b_n                     the candidate
/// k_t = f_t / (f_t + i_t)
/// h_t = k_t∘h_{t−1} + (1 − k_t)∘n_t
/// </code>
/// </summary>
internal readonly unsafe struct MinLstmCell : IRecurrentCell
{
    public static string Name => "minlstm";

    /// <summary>f, i, n.</summary>
    public static int GateCount => 3;

    public static int StateCount => 1;

    public static IReadOnlyList<GateProduct> Products { get; } = GateProduct.OfInput(3);

    public static IReadOnlyList<GateActivation> Activations { get; } = [GateActivation.Sigmoid(0, 2)];

    public static ForgetGate? ForgetGate => new(0, 1);

    public static bool PassesOutputOn => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Forward<V, T>(ref readonly CellStep<T> step, nint j)
        where V : unmanaged, ILane<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        nint n = step.UnitStride;
        T* gates = step.Gates + j;
        V candidate = V.Load(gates + (2 * n));
        V kept = Kept<V, T>(V.Load(gates), V.Load(gates + n));
        V h = V.FusedMultiplyAdd(kept, V.Load(step.Previous + j) - candidate, candidate);
        Functions.FlushTiny<V, T>(h).Store(step.Next + j);
    }

    // ∂k/∂f = i / (f + i)² and ∂k/∂i = −f / (f + i)²; with the slopes of σ, f·(1 − f) and i·(1 − i), that is ±k·(1 − k)·(1 − f or i).
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Backward<V, T>(ref readonly CellStep<T> step, nint j)
        where V : unmanaged, ILane<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        nint n = step.UnitStride;
        T* gates = step.Gates + j, gradient = step.StateGradient + j;
        V one = V.Constant(1);
        V f = V.Load(gates), i = V.Load(gates + n), candidate = V.Load(gates + (2 * n)), dh = V.Load(gradient);
        V kept = Kept<V, T>(f, i), written = one - kept;
        V toKept = dh * (V.Load(step.Previous + j) - candidate) * (kept * written);

        (toKept * (one - f)).Store(gates);
        (toKept * (i - one)).Store(gates + n);
        (dh * written).Store(gates + (2 * n));
        Functions.FlushTiny<V, T>(dh * kept).Store(gradient);
    }

    /// <summary>k. Where both gates are shut, so that neither can be told from 0, all is written.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Kept<V, T>(V f, V i)
        where V : unmanaged, ILane<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        f / V.AtLeast(f + i, Functions.SmallestNormal<V, T>());
}
