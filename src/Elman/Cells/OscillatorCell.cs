using System.Numerics;
using System.Runtime.CompilerServices;
using Elman.Kernels;

namespace Elman.Cells;

/// <summary>
/// A reservoir of linear oscillators: every unit is one complex pole, or two in series, driven by a weighted sum of the inputs,
/// <code>
/// a_t = x_t·Wx + b
/// s_t = λ∘s_{t−1} + a_t
/// r_t = μ∘r_{t−1} + s_t
/// y_t = Re(c∘r_t)
/// </code>
/// with |λ| &lt; 1 and |c| = 1. In units of two stages μ is λ; in units of one stage it is 0, so that r_t = s_t. The cell is not trained,
/// only the output layer is.
/// </summary>
/// <remarks>
/// The states are linear in the inputs, so small states are not flushed to zero, unlike those of other cells: the reservoir's b
/// is a tiny constant that keeps them normal numbers (see <c>OscillatorInitializer</c>).
/// </remarks>
internal readonly unsafe struct OscillatorCell : IRecurrentCell
{
    public static string Name => "oscillator";

    /// <summary>a, and four vectors for gradients for <see cref="DiagonalGradient"/>.</summary>
    public static int GateCount => 5;

    /// <summary>y, Re s, Im s, Re r, Im r.</summary>
    public static int StateCount => 5;

    public static IReadOnlyList<GateProduct> Products { get; } = GateProduct.OfInput(1);

    /// <summary>Re λ, Im λ, Re μ, Im μ, Re c, Im c.</summary>
    public static int DiagonalWeightCount => 6;

    public static DiagonalWeightRole DiagonalWeights => DiagonalWeightRole.Recurrence;

    public static bool PassesOutputOn => true;

    public static bool StepsInPlace => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Forward<V, T>(ref readonly CellStep<T> step, nint j)
        where V : unmanaged, ILane<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        nint n = step.UnitStride;
        T* previous = step.Previous + j, next = step.Next + j, w = step.DiagonalWeights + j;
        V re = V.Load(previous + n), im = V.Load(previous + (2 * n));
        V sin = V.Load(w + n), secondSin = V.Load(w + (3 * n));
        Turn<V, T>(V.Load(w), sin, -sin, ref re, ref im, V.Load(step.Gates + j));
        re.Store(next + n);
        im.Store(next + (2 * n));
        V secondRe = V.Load(previous + (3 * n)), secondIm = V.Load(previous + (4 * n));
        TurnSecond<V, T>(V.Load(w + (2 * n)), secondSin, -secondSin, ref secondRe, ref secondIm, re, im);
        secondRe.Store(next + (3 * n));
        secondIm.Store(next + (4 * n));
        Output<V, T>(V.Load(w + (4 * n)), -V.Load(w + (5 * n)), secondRe, secondIm).Store(next);
    }

    /// <summary>Computes s ← λ·s + a, for a real a. −Im λ is also an argument, so that loops need not negate it at every step.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Turn<V, T>(V cos, V sin, V minusSin, ref V re, ref V im, V a)
        where V : unmanaged, ILane<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V before = re;
        re = V.FusedMultiplyAdd(cos, re, V.FusedMultiplyAdd(minusSin, im, a));
        im = V.FusedMultiplyAdd(cos, im, sin * before);
    }

    /// <summary>Computes r ← μ·r + s.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void TurnSecond<V, T>(V cos, V sin, V minusSin, ref V re, ref V im, V firstRe, V firstIm)
        where V : unmanaged, ILane<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V before = re;
        re = V.FusedMultiplyAdd(cos, re, V.FusedMultiplyAdd(minusSin, im, firstRe));
        im = V.FusedMultiplyAdd(cos, im, V.FusedMultiplyAdd(sin, before, firstIm));
    }

    /// <summary>Computes Re(c·r), from Re c and −Im c.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Output<V, T>(V cos, V minusSin, V re, V im)
        where V : unmanaged, ILane<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => V.FusedMultiplyAdd(cos, re, minusSin * im);

    // From y_t to r_t, from r_t to s_t and r_{t−1}, from s_t to a_t and s_{t−1}; gradients are multiplied by the conjugates of μ and λ.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Backward<V, T>(ref readonly CellStep<T> step, nint j)
        where V : unmanaged, ILane<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        nint n = step.UnitStride;
        T* gates = step.Gates + j, gradient = step.StateGradient + j, w = step.DiagonalWeights + j;
        V dy = V.Load(gradient);
        V secondRe = V.FusedMultiplyAdd(V.Load(w + (4 * n)), dy, V.Load(gradient + (3 * n)));
        V secondIm = V.FusedMultiplyAdd(-V.Load(w + (5 * n)), dy, V.Load(gradient + (4 * n)));
        V re = V.Load(gradient + n) + secondRe, im = V.Load(gradient + (2 * n)) + secondIm;
        re.Store(gates);
        im.Store(gates + n);
        secondRe.Store(gates + (2 * n));
        secondIm.Store(gates + (3 * n));
        dy.Store(gates + (4 * n));

        V.Constant(0).Store(gradient);
        TurnBack(V.Load(w), V.Load(w + n), re, im, gradient + n, n);
        TurnBack(V.Load(w + (2 * n)), V.Load(w + (3 * n)), secondRe, secondIm, gradient + (3 * n), n);

        static void TurnBack(V cos, V sin, V re, V im, T* target, nint stride)
        {
            Functions.FlushTiny<V, T>(V.FusedMultiplyAdd(cos, re, sin * im)).Store(target);
            Functions.FlushTiny<V, T>(V.FusedMultiplyAdd(cos, im, -(sin * re))).Store(target + stride);
        }
    }

    // ∂L/∂λ = Σ_t ∂L/∂s_t · conj(s_{t−1}), ∂L/∂μ in the same way from r; ∂L/∂c = Σ_t ∂L/∂y_t · (Re r_t, −Im r_t).
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V DiagonalGradient<V, T>(ref readonly CellStep<T> step, int weight, nint j)
        where V : unmanaged, ILane<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        nint n = step.UnitStride;
        T* gates = step.Gates + j, state = step.Previous + j, next = step.Next + j;
        if (weight >= 4)
        {
            V r = V.Load(next + (weight == 4 ? 3 * n : 4 * n)), dy = V.Load(gates + (4 * n));
            return weight == 4 ? dy * r : -(dy * r);
        }
        nint stage = weight / 2 * 2;
        V re = V.Load(gates + (stage * n)), im = V.Load(gates + ((stage + 1) * n));
        V stateRe = V.Load(state + ((stage + 1) * n)), stateIm = V.Load(state + ((stage + 2) * n));
        return weight % 2 == 0
            ? V.FusedMultiplyAdd(re, stateRe, im * stateIm)
            : V.FusedMultiplyAdd(im, stateRe, -(re * stateIm));
    }
}
