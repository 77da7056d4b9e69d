using System.Numerics;
using System.Runtime.CompilerServices;
using Elman.Kernels;

namespace Elman.Cells;

/// <summary>
/// Variants of <see cref="LstmCell"/>, and all combinations of them. Peepholes add inputs from the memory to the gates (F. Gers and J.
/// Schmidhuber, 2000); coupled gates forget as much as they write (K. Greff and others, 2017); a clip limits the argument of each σ and
/// tanh of a gate:
/// <code>
/// i_t = σ(clip(x_t·Wxi + h_{t−1}·Whi + b_i + p_i∘c_{t−1}))
/// f_t = σ(clip(x_t·Wxf + h_{t−1}·Whf + b_f + p_f∘c_{t−1})),  coupled: 1 − i_t
/// g_t = tanh(clip(x_t·Wxg + h_{t−1}·Whg + b_g))
/// c_t = f_t∘c_{t−1} + i_t∘g_t
/// o_t = σ(clip(x_t·Wxo + h_{t−1}·Who + b_o + p_o∘c_t))
/// h_t = o_t∘tanh(c_t)
/// </code>
/// </summary>
internal readonly unsafe struct LstmVariantCell<TVariant>(double clip) : IRecurrentCell
    where TVariant : struct, ILstmVariant
{
    private readonly double _clip = clip;
    private readonly GateLimits _inFloat = GateLimits.Of<float>(clip);
    private readonly GateLimits _inDouble = GateLimits.Of<double>(clip);

    public static string Name => LstmCell.Name;

    public static int GateCount => TVariant.Coupled ? 3 : 4;

    public static int StateCount => 2;

    public static IReadOnlyList<GateProduct> Products { get; } = GateProduct.Plain(GateCount);

    public static IReadOnlyList<GateActivation> Activations { get; } = IsPlain
        ? [GateActivation.Sigmoid(0, G), GateActivation.Tanh(G), GateActivation.Sigmoid(O)]
        : [];

    public static int DiagonalWeightCount => !TVariant.Peepholes ? 0 : TVariant.Coupled ? 2 : 3;

    public static ForgetGate? ForgetGate => TVariant.Coupled ? new(0, -1) : new(1, 1);

    /// <summary>
    /// Whether the gates depend only on their products and need no limit, so that the layer can apply their activations.
    /// </summary>
    private static bool IsPlain => !TVariant.Peepholes && !TVariant.Clipped;

    // Gates in the order i, f, g, o, or i, g, o; peephole weights in the order i, f, o, or i, o.
    private static int G => TVariant.Coupled ? 1 : 2;

    private static int O => TVariant.Coupled ? 2 : 3;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Forward<V, T>(ref readonly CellStep<T> step, nint j)
        where V : unmanaged, ILane<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        nint n = step.UnitStride;
        T* gates = step.Gates + j;
        V previous = V.Load(step.Previous + n + j);
        V i = Gate<V, T>(in step, 0, previous, 0, j);
        V f = TVariant.Coupled ? V.Constant(1) - i : Gate<V, T>(in step, 1, previous, 1, j);
        V g = V.Load(gates + (G * n));
        if (!IsPlain)
        {
            g = Functions.Tanh<V, T>(Clipped<V, T>(g));
            g.Store(gates + (G * n));
        }
        V c = Functions.FlushTiny<V, T>(V.FusedMultiplyAdd(f, previous, i * g));
        V o = Gate<V, T>(in step, O, c, DiagonalWeightCount - 1, j);
        V h = o * Functions.Tanh<V, T>(c);

        Functions.FlushTiny<V, T>(h).Store(step.Next + j);
        c.Store(step.Next + n + j);
    }

    // ∂L/∂c_t is the gradient from step t + 1 plus the one through h_t (and o_t, which has a peephole to c_t). The gradients of the gates
    // follow from it and ∂L/∂h_t; σ′ = σ·(1 − σ), tanh′ = 1 − tanh². The gradient reaches h_{t−1} only through Wh.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Backward<V, T>(ref readonly CellStep<T> step, nint j)
        where V : unmanaged, ILane<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        nint n = step.UnitStride;
        T* gates = step.Gates + j;
        V one = V.Constant(1);
        V i = V.Load(gates), g = V.Load(gates + (G * n)), o = V.Load(gates + (O * n));
        V f = TVariant.Coupled ? one - i : V.Load(gates + n);
        V previous = V.Load(step.Previous + n + j);
        V shown = Functions.Tanh<V, T>(V.Load(step.Next + n + j));
        V dh = Functions.FlushTiny<V, T>(V.Load(step.StateGradient + j));

        V toO = Passed<V, T>(o, dh * shown * (o * (one - o)));
        V dc = V.FusedMultiplyAdd(dh * o, one - (shown * shown), V.Load(step.StateGradient + n + j));
        if (TVariant.Peepholes)
            dc = V.FusedMultiplyAdd(toO, Peephole<V, T>(in step, DiagonalWeightCount - 1, j), dc);
        V toI = dc * (TVariant.Coupled ? g - previous : g);
        toI = Passed<V, T>(i, toI * (i * (one - i)));
        V toG = PassedTanh<V, T>(g, dc * i * (one - (g * g)));
        V carried = dc * f;
        if (!TVariant.Coupled)
        {
            V toF = Passed<V, T>(f, dc * previous * (f * (one - f)));
            toF.Store(gates + n);
            if (TVariant.Peepholes)
                carried = V.FusedMultiplyAdd(toF, Peephole<V, T>(in step, 1, j), carried);
        }
        if (TVariant.Peepholes)
            carried = V.FusedMultiplyAdd(toI, Peephole<V, T>(in step, 0, j), carried);

        toI.Store(gates);
        toG.Store(gates + (G * n));
        toO.Store(gates + (O * n));
        Functions.FlushTiny<V, T>(carried).Store(step.StateGradient + n + j);
    }

    // ∂L/∂p_i = Σ_t ∂L/∂a_i ∘ c_{t−1}, the same for p_f; p_o uses c_t.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V DiagonalGradient<V, T>(ref readonly CellStep<T> step, int weight, nint j)
        where V : unmanaged, ILane<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        bool output = weight == DiagonalWeightCount - 1;
        V gradient = V.Load(step.Gates + ((output ? O : weight) * step.UnitStride) + j);
        return gradient * V.Load((output ? step.Next : step.Previous) + step.UnitStride + j);
    }

    /// <summary>Returns a gate after σ. In the plain cell, the layer has already applied σ.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private V Gate<V, T>(ref readonly CellStep<T> step, int gate, V memory, int weight, nint j)
        where V : unmanaged, ILane<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T* place = step.Gates + (gate * step.UnitStride) + j;
        V a = V.Load(place);
        if (IsPlain)
            return a;
        if (TVariant.Peepholes)
            a = V.FusedMultiplyAdd(Peephole<V, T>(in step, weight, j), memory, a);
        V opened = Functions.Sigmoid<V, T>(Clipped<V, T>(a));
        opened.Store(place);
        return opened;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Peephole<V, T>(ref readonly CellStep<T> step, int weight, nint j)
        where V : unmanaged, ILane<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => V.Load(step.DiagonalWeights + (weight * step.UnitStride) + j);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private V Clipped<V, T>(V a)
        where V : unmanaged, ILane<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        TVariant.Clipped ? V.AtMost(V.AtLeast(a, V.Constant(-_clip)), V.Constant(_clip)) : a;

    /// <summary>
    /// Returns the gradient of a σ's argument. It is 0 if the argument was clipped, which is detected by the value of the gate. (Arguments
    /// that round to this value count as clipped; the derivative there is below 1 ULP of the gate.)
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private V Passed<V, T>(V gate, V gradient)
        where V : unmanaged, ILane<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        TVariant.Clipped ? Within<V, T>(gate, Limits<T>().LeastSigmoid, Limits<T>().GreatestSigmoid, gradient) : gradient;

    /// <summary>The same for tanh.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private V PassedTanh<V, T>(V gate, V gradient)
        where V : unmanaged, ILane<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        TVariant.Clipped ? Within<V, T>(gate, -Limits<T>().GreatestTanh, Limits<T>().GreatestTanh, gradient) : gradient;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private GateLimits Limits<T>() => typeof(T) == typeof(float) ? _inFloat : _inDouble;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Within<V, T>(V gate, double least, double greatest, V gradient)
        where V : unmanaged, ILane<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V zero = V.Constant(0);
        return V.Blend(V.LessThan(V.Constant(least), gate), V.Blend(V.LessThan(gate, V.Constant(greatest)), gradient, zero), zero);
    }
}
