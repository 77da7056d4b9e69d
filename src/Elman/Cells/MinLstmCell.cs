using System.Numerics;
using System.Runtime.CompilerServices;
using Elman.Kernels;

namespace Elman.Cells;

/// <summary>
/// The minimal long short-term memory of L. Feng and others, "Were RNNs all we needed?" (2024), whose gates depend on the input only and
/// are normalised to a sum of 1:
/// <code>
/// f_t = σ(x_t·Wxf + b_f)                  the forget gate
/// i_t = σ(x_t·Wxi + b_i)                  the input gate
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
        (V f, V i) = Shares<V, T>(V.Load(gates), V.Load(gates + n));
        f.Store(gates);
        i.Store(gates + n);
        V kept = f / (f + i);
        V h = V.FusedMultiplyAdd(kept, V.Load(step.Previous + j) - candidate, candidate);
        Functions.FlushTiny<V, T>(h).Store(step.Next + j);
    }

    // ∂k/∂f = i / (f + i)² and ∂k/∂i = −f / (f + i)²; with the derivatives of σ, f·(1 − f) and i·(1 − i), the result is ±k·(1 − k)·(1 − f
    // or i).
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Backward<V, T>(ref readonly CellStep<T> step, nint j)
        where V : unmanaged, ILane<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        nint n = step.UnitStride;
        T* gates = step.Gates + j, gradient = step.StateGradient + j;
        V one = V.Constant(1);
        V f = V.Load(gates), i = V.Load(gates + n), candidate = V.Load(gates + (2 * n)), dh = V.Load(gradient);
        V kept = f / (f + i), written = one - kept;
        V toKept = dh * (V.Load(step.Previous + j) - candidate) * (kept * written);

        (toKept * (one - f)).Store(gates);
        (toKept * (i - one)).Store(gates + n);
        (dh * written).Store(gates + (2 * n));
        Functions.FlushTiny<V, T>(dh * kept).Store(gradient);
    }

    /// <summary>Computes f and i or, if both are nearly 0, a common multiple of both, so that neither underflows before the
    /// other.</summary>
    /// <remarks>
    /// For very negative a, σ(a) is eᵃ, and 1 − σ(a) is 1 to the last bit. Then k and its gradients depend only on the difference of the
    /// two sums, and both sums are shifted up until the larger one is at a limit where this still holds. Above the limit nothing is
    /// shifted.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (V F, V I) Shares<V, T>(V keep, V write)
        where V : unmanaged, ILane<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V limit = V.Constant(typeof(T) == typeof(float) ? -20 : -40);
        V greater = V.AtLeast(keep, write);
        // Sums so large in magnitude that the shift is rounded stay below top.
        V shift = V.AtMost(greater - limit, V.Constant(0)), top = V.AtLeast(greater, limit);
        return (Functions.Sigmoid<V, T>(V.AtMost(keep - shift, top)), Functions.Sigmoid<V, T>(V.AtMost(write - shift, top)));
    }
}
