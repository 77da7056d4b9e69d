using System.Numerics;
using System.Runtime.CompilerServices;
using Elman.Kernels;

namespace Elman.Cells;

/// <summary>
/// The gated recurrent unit of K. Cho and others (2014), in the form of PyTorch and cuDNN, where the reset gate acts after the product:
/// <code>
/// r_t = σ(x_t·Wxr + h_{t−1}·Whr + b_r)                     reset gate
/// z_t = σ(x_t·Wxz + h_{t−1}·Whz + b_z)                     update gate
/// n_t = tanh(x_t·Wxn + b_n + r_t∘(h_{t−1}·Whn + b_hn))     the candidate
/// h_t = (1 − z_t)∘n_t + z_t∘h_{t−1}
/// </code>
/// </summary>
internal readonly unsafe struct GruCell : IRecurrentCell
{
    public static string Name => "gru";

    /// <summary>r, z, the part of n from the input, the part of n from the previous output.</summary>
    public static int GateCount => 4;

    public static int StateCount => 1;

    public static IReadOnlyList<GateProduct> Products { get; } =
        [new(0, 2, 0, 0), new(2, 1, 2, GateProduct.None), new(3, 1, GateProduct.None, 2)];

    public static IReadOnlyList<GateActivation> Activations { get; } = [GateActivation.Sigmoid(0, 2)]; // r, z

    public static bool PassesOutputOn => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Forward<V, T>(ref readonly CellStep<T> step, nint j)
        where V : unmanaged, ILane<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        nint n = step.UnitStride;
        T* gates = step.Gates + j;
        V r = V.Load(gates), z = V.Load(gates + n);
        V candidate = Functions.Tanh<V, T>(V.FusedMultiplyAdd(r, V.Load(gates + (3 * n)), V.Load(gates + (2 * n))));
        V h = V.FusedMultiplyAdd(z, V.Load(step.Previous + j) - candidate, candidate);

        candidate.Store(gates + (2 * n));
        Functions.FlushTiny<V, T>(h).Store(step.Next + j);
    }

    // From h_t to z and n, and from n to r and both parts of n; z∘∂L/∂h_t reaches h_{t−1} directly.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Backward<V, T>(ref readonly CellStep<T> step, nint j)
        where V : unmanaged, ILane<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        nint n = step.UnitStride;
        T* gates = step.Gates + j;
        V one = V.Constant(1);
        V r = V.Load(gates), z = V.Load(gates + n), candidate = V.Load(gates + (2 * n)), recurrent = V.Load(gates + (3 * n));
        V dh = Functions.FlushTiny<V, T>(V.Load(step.StateGradient + j));

        V kept = one - z;
        V toN = dh * kept * (one - (candidate * candidate));
        V toZ = dh * (V.Load(step.Previous + j) - candidate) * (z * kept);
        V toR = toN * recurrent * (r * (one - r));

        toR.Store(gates);
        toZ.Store(gates + n);
        toN.Store(gates + (2 * n));
        (toN * r).Store(gates + (3 * n));
        (dh * z).Store(step.StateGradient + j);
    }
}
