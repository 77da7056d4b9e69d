using System.Numerics;
using System.Runtime.CompilerServices;
using Elman.Kernels;

namespace Elman.Cells;

/// <summary>
/// <see cref="LstmVariantCell{TVariant}"/> with activations other than σ and tanh, f, g and h in the terms of ONNX:
/// <code>
/// i_t = f(clip(x_t·Wxi + h_{t−1}·Whi + b_i + p_i∘c_{t−1}))
/// f_t = f(clip(x_t·Wxf + h_{t−1}·Whf + b_f + p_f∘c_{t−1})),  coupled: 1 − i_t
/// g_t = g(clip(x_t·Wxg + h_{t−1}·Whg + b_g))
/// c_t = f_t∘c_{t−1} + i_t∘g_t
/// o_t = f(clip(x_t·Wxo + h_{t−1}·Who + b_o + p_o∘c_t))
/// h_t = o_t∘h(c_t)
/// </code>
/// </summary>
/// <remarks>
/// Derivatives need the arguments of the activations, so these are stored, including peepholes, and the values recomputed. There is always
/// a limit, possibly infinite: compared with the activations it costs nothing, and every separate cell is more code.
/// </remarks>
internal readonly unsafe struct RuntimeActivationLstmCell<TVariant>(LstmOptions options) : IRecurrentCell
    where TVariant : struct, ILstmVariant
{
    private readonly RuntimeActivation _gate = options.GateActivation.Function;
    private readonly RuntimeActivation _candidate = options.CandidateActivation.Function;
    private readonly RuntimeActivation _output = options.OutputActivation.Function;
    private readonly double _clip = options.GateClip;

    public static string Name => LstmCell.Name;

    public static int GateCount => LstmVariantCell<TVariant>.GateCount;

    public static int StateCount => 2;

    public static IReadOnlyList<GateProduct> Products => LstmVariantCell<TVariant>.Products;

    public static int DiagonalWeightCount => LstmVariantCell<TVariant>.DiagonalWeightCount;

    public static ForgetGate? ForgetGate => LstmVariantCell<TVariant>.ForgetGate;

    // Gates in the order i, f, g, o, or i, g, o; peephole weights in the order i, f, o, or i, o.
    private static int G => TVariant.Coupled ? 1 : 2;

    private static int O => TVariant.Coupled ? 2 : 3;

    private static int LastPeephole => DiagonalWeightCount - 1;

    public void Forward<V, T>(ref readonly CellStep<T> step, nint j)
        where V : unmanaged, ILane<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        nint n = step.UnitStride;
        V previous = V.Load(step.Previous + n + j);
        V i = Open<V, T>(Sum<V, T>(in step, 0, 0, previous, j));
        V f = TVariant.Coupled ? V.Constant(1) - i : Open<V, T>(Sum<V, T>(in step, 1, 1, previous, j));
        V g = _candidate.Value<V, T>(Clipped<V, T>(V.Load(step.Gates + (G * n) + j)));
        V c = Functions.FlushTiny<V, T>(V.FusedMultiplyAdd(f, previous, i * g));
        V o = Open<V, T>(Sum<V, T>(in step, O, LastPeephole, c, j));
        Functions.FlushTiny<V, T>(o * _output.Value<V, T>(c)).Store(step.Next + j);
        c.Store(step.Next + n + j);
    }

    // As in the plain LSTM, with the derivative of each activation.
    public void Backward<V, T>(ref readonly CellStep<T> step, nint j)
        where V : unmanaged, ILane<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        nint n = step.UnitStride;
        T* gates = step.Gates + j;
        V ai = V.Load(gates), ag = V.Load(gates + (G * n)), ao = V.Load(gates + (O * n)), af = V.Load(gates + n);
        V i = Open<V, T>(ai), g = _candidate.Value<V, T>(Clipped<V, T>(ag)), o = Open<V, T>(ao);
        V f = TVariant.Coupled ? V.Constant(1) - i : Open<V, T>(af);
        V previous = V.Load(step.Previous + n + j), c = V.Load(step.Next + n + j), shown = _output.Value<V, T>(c);
        V dh = Functions.FlushTiny<V, T>(V.Load(step.StateGradient + j));

        V toO = dh * shown * Slope<V, T>(_gate, ao, o);
        V dc = V.FusedMultiplyAdd(dh * o, _output.Derivative<V, T>(c, shown), V.Load(step.StateGradient + n + j));
        if (TVariant.Peepholes)
            dc = V.FusedMultiplyAdd(toO, Peephole<V, T>(in step, LastPeephole, j), dc);
        V toI = dc * (TVariant.Coupled ? g - previous : g) * Slope<V, T>(_gate, ai, i);
        V carried = dc * f;
        if (!TVariant.Coupled)
        {
            V toF = dc * previous * Slope<V, T>(_gate, af, f);
            toF.Store(gates + n);
            if (TVariant.Peepholes)
                carried = V.FusedMultiplyAdd(toF, Peephole<V, T>(in step, 1, j), carried);
        }
        if (TVariant.Peepholes)
            carried = V.FusedMultiplyAdd(toI, Peephole<V, T>(in step, 0, j), carried);

        toI.Store(gates);
        (dc * i * Slope<V, T>(_candidate, ag, g)).Store(gates + (G * n));
        toO.Store(gates + (O * n));
        Functions.FlushTiny<V, T>(carried).Store(step.StateGradient + n + j);
    }

    public V DiagonalGradient<V, T>(ref readonly CellStep<T> step, int weight, nint j)
        where V : unmanaged, ILane<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        default(LstmVariantCell<TVariant>).DiagonalGradient<V, T>(in step, weight, j);

    /// <summary>
    /// Computes the argument of a gate's activation before clipping: the sum of its products and the peephole. It is stored in place of the
    /// gate.
    /// </summary>
    private static V Sum<V, T>(ref readonly CellStep<T> step, int gate, int weight, V memory, nint j)
        where V : unmanaged, ILane<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T* place = step.Gates + (gate * step.UnitStride) + j;
        V a = V.Load(place);
        if (!TVariant.Peepholes)
            return a;
        a = V.FusedMultiplyAdd(Peephole<V, T>(in step, weight, j), memory, a);
        a.Store(place);
        return a;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Peephole<V, T>(ref readonly CellStep<T> step, int weight, nint j)
        where V : unmanaged, ILane<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => V.Load(step.DiagonalWeights + (weight * step.UnitStride) + j);

    private V Open<V, T>(V a)
        where V : unmanaged, ILane<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => _gate.Value<V, T>(Clipped<V, T>(a));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private V Clipped<V, T>(V a)
        where V : unmanaged, ILane<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        V.AtMost(V.AtLeast(a, V.Constant(-_clip)), V.Constant(_clip));

    /// <summary>Returns the derivative of an activation, which is 0 beyond the limit of its argument.</summary>
    private V Slope<V, T>(RuntimeActivation function, V a, V y)
        where V : unmanaged, ILane<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V slope = function.Derivative<V, T>(Clipped<V, T>(a), y);
        return V.Blend(V.LessThan(V.Abs(a), V.Constant(_clip)), slope, V.Constant(0));
    }
}
