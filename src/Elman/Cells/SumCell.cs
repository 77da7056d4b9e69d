using System.Numerics;
using System.Runtime.CompilerServices;
using Elman.Kernels;

namespace Elman.Cells;

/// <summary>
/// A running sum of the inputs, <c>h_t = h_{t−1} + x_t·Wx + b</c>, without gates and without decay. For symbols it is a bag of words, in
/// which only n-grams depend on the order; with an output layer it is a logistic regression on their counts.
/// </summary>
internal readonly unsafe struct SumCell : IRecurrentCell
{
    /// <summary>The name of the cell as a constant.</summary>
    public const string CellName = "sum";

    public static string Name => CellName;

    /// <summary>The summand.</summary>
    public static int GateCount => 1;

    public static int StateCount => 1;

    public static IReadOnlyList<GateProduct> Products { get; } = GateProduct.OfInput(1);

    public static bool PassesOutputOn => true;

    public static bool PassesInputsAtFirst => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Forward<V, T>(ref readonly CellStep<T> step, nint j)
        where V : unmanaged, ILane<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Functions.FlushTiny<V, T>(V.Load(step.Previous + j) + V.Load(step.Gates + j)).Store(step.Next + j);

    // The gradient of h_t is the gradient of the summand and of h_{t−1}.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Backward<V, T>(ref readonly CellStep<T> step, nint j)
        where V : unmanaged, ILane<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        V.Load(step.StateGradient + j).Store(step.Gates + j);
}
