using System.Numerics;
using System.Runtime.CompilerServices;
using Elman.Kernels;

namespace Elman.Cells;

/// <summary>
/// The recurrence of the linear recurrent unit of A. Orvieto and others (2023): the state of every unit is a complex number that rotates
/// and decays,
/// <code>
/// s_t = λ∘s_{t−1} + x_t·B + b
/// </code>
/// |λ| &lt; 1. Real and imaginary part are both outputs, which <c>LruLayer</c> processes further; it also computes λ from the trained
/// parameters.
/// </summary>
internal readonly unsafe struct LruCell : IRecurrentCell
{
    public static string Name => "lru";

    /// <summary>The real and the imaginary part of x·B + b.</summary>
    public static int GateCount => 2;

    /// <summary>The real and the imaginary part of s.</summary>
    public static int StateCount => 2;

    public static int OutputCount => 2;

    public static IReadOnlyList<GateProduct> Products { get; } = GateProduct.OfInput(2);

    /// <summary>The real and the imaginary part of λ.</summary>
    public static int DiagonalWeightCount => 2;

    public static DiagonalWeightRole DiagonalWeights => DiagonalWeightRole.Recurrence;

    public static bool PassesOutputOn => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Forward<V, T>(ref readonly CellStep<T> step, nint j)
        where V : unmanaged, ILane<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        nint n = step.UnitStride;
        T* a = step.Gates + j, s = step.Previous + j, next = step.Next + j;
        V real = V.Load(s), imaginary = V.Load(s + n), cos = V.Load(step.DiagonalWeights + j), sin = V.Load(step.DiagonalWeights + n + j);
        Functions.FlushTiny<V, T>(V.FusedMultiplyAdd(cos, real, V.FusedMultiplyAdd(-sin, imaginary, V.Load(a)))).Store(next);
        Functions.FlushTiny<V, T>(V.FusedMultiplyAdd(cos, imaginary, V.FusedMultiplyAdd(sin, real, V.Load(a + n)))).Store(next + n);
    }

    // ∂L/∂a_t = ∂L/∂s_t; multiplied by the conjugate of λ, the gradient reaches s_{t−1}.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Backward<V, T>(ref readonly CellStep<T> step, nint j)
        where V : unmanaged, ILane<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        nint n = step.UnitStride;
        T* a = step.Gates + j, gradient = step.StateGradient + j;
        V real = V.Load(gradient), imaginary = V.Load(gradient + n), cos = V.Load(step.DiagonalWeights + j),
            sin = V.Load(step.DiagonalWeights + n + j);
        real.Store(a);
        imaginary.Store(a + n);
        Functions.FlushTiny<V, T>(V.FusedMultiplyAdd(cos, real, sin * imaginary)).Store(gradient);
        Functions.FlushTiny<V, T>(V.FusedMultiplyAdd(cos, imaginary, -(sin * real))).Store(gradient + n);
    }

    // ∂L/∂λ = Σ_t ∂L/∂s_t · conj(s_{t−1}).
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V DiagonalGradient<V, T>(ref readonly CellStep<T> step, int weight, nint j)
        where V : unmanaged, ILane<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        nint n = step.UnitStride;
        T* a = step.Gates + j, s = step.Previous + j;
        V real = V.Load(a), imaginary = V.Load(a + n);
        return weight == 0
            ? V.FusedMultiplyAdd(real, V.Load(s), imaginary * V.Load(s + n))
            : V.FusedMultiplyAdd(imaginary, V.Load(s), -(real * V.Load(s + n)));
    }
}
