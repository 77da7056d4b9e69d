using System.Numerics;
using System.Runtime.CompilerServices;
using Elman.Kernels;

namespace Elman.Cells;

/// <summary>
/// The independently recurrent network of S. Li and others (2018), in which the only recurrent input of a unit is its own previous output:
/// <code>
/// a_t = x_t·Wx + u∘h_{t−1} + b
/// h_t = f(a_t)
/// </code>
/// Training keeps |u| at or below 2^(1/T), with T the number of steps of the longest sequence, so that no gradient more than doubles over
/// all steps.
/// </summary>
internal readonly unsafe struct IndRnnCell<TActivation>(TActivation activation) : IRecurrentCell
    where TActivation : unmanaged, IActivation
{
    private readonly TActivation _activation = activation;

    public static string Name => "indrnn";

    public static int GateCount => 1;

    public static int StateCount => 1;

    public static IReadOnlyList<GateProduct> Products { get; } = GateProduct.OfInput(1);

    /// <summary>The recurrent weights u.</summary>
    public static int DiagonalWeightCount => 1;

    public static DiagonalWeightRole DiagonalWeights => DiagonalWeightRole.Recurrence;

    public static bool PassesOutputOn => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Forward<V, T>(ref readonly CellStep<T> step, nint j)
        where V : unmanaged, ILane<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V a = V.FusedMultiplyAdd(V.Load(step.DiagonalWeights + j), V.Load(step.Previous + j), V.Load(step.Gates + j));
        a.Store(step.Gates + j);
        Functions.FlushTiny<V, T>(_activation.Value<V, T>(a)).Store(step.Next + j);
    }

    // ∂L/∂a_t = ∂L/∂h_t · f′(a_t); u∘∂L/∂a_t is the whole gradient of h_{t−1}.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Backward<V, T>(ref readonly CellStep<T> step, nint j)
        where V : unmanaged, ILane<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V slope = _activation.Derivative<V, T>(V.Load(step.Gates + j), V.Load(step.Next + j));
        V gradient = V.Load(step.StateGradient + j) * slope;
        gradient.Store(step.Gates + j);
        Functions.FlushTiny<V, T>(gradient * V.Load(step.DiagonalWeights + j)).Store(step.StateGradient + j);
    }

    // ∂L/∂u = Σ_t ∂L/∂a_t ∘ h_{t−1}.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V DiagonalGradient<V, T>(ref readonly CellStep<T> step, int weight, nint j)
        where V : unmanaged, ILane<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => V.Load(step.Gates + j) * V.Load(step.Previous + j);
}
