using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using Elman.Kernels;

namespace Elman.Cells;

/// <summary>One step of a recurrent network, element by element: what is left of a cell once its matrix products are taken out.</summary>
/// <remarks>
/// <para>
/// The layer computes the gates' pre-activations <c>[G·H]</c>, gate after gate, as <see cref="Products"/> says.
/// The cell turns them and the previous state into the next state, and backwards turns the gradient of the next state into
/// the gradients of the pre-activations and of the previous state as far as it does not flow through a product.
/// </para>
/// <para>
/// A state row holds S vectors of H numbers; the first is the output h, or see <see cref="OutputCount"/>. The members handle the elements
/// <c>j … j + V.Width − 1</c> of every vector. They are written once over lanes, so the same source is checked in double and runs in float.
/// </para>
/// <para>
/// Write a small struct to add one of your own, and hand it in as <see cref="CustomCell.Of"/>. The members read and write through the
/// pointers of <see cref="CellStep{T}"/>, so the project needs <c>AllowUnsafeBlocks</c>.
/// </para>
/// </remarks>
[SuppressMessage("Naming", "CA1716", Justification = "Cells are written in C#: lanes are static abstract members.")]
public interface IRecurrentCell
{
    /// <summary>What the cell is called in options, model files and the tool.</summary>
    static abstract string Name { get; }

    /// <summary>How many gates, G: vectors of pre-activations.</summary>
    static abstract int GateCount { get; }

    /// <summary>How many state vectors, S; the first is the output.</summary>
    static abstract int StateCount { get; }

    /// <summary>How many of them, the first, are the output; only cells whose gates see the input alone may have more than one.</summary>
    static virtual int OutputCount => 1;

    /// <summary>Which matrix products make up the pre-activations. Every gate that has any is in exactly one.</summary>
    static abstract IReadOnlyList<GateProduct> Products { get; }

    /// <summary>
    /// Functions that the layer applies to gates before the cell sees them: to those that need the inner vector right before Forward,
    /// to the others before ForwardInner. Gates that are in none of them arrive as their pre-activations.
    /// </summary>
    static virtual IReadOnlyList<GateActivation> Activations => [];

    /// <summary>How many vectors of weights the cell applies element by element, U.</summary>
    static virtual int DiagonalWeightCount => 0;

    /// <summary>What those weights are for.</summary>
    static virtual DiagonalWeightRole DiagonalWeights => DiagonalWeightRole.Peepholes;

    /// <summary>
    /// How many vectors at the end of a row of gates the layer fills with zoneout's mask. The library adds zoneout around any cell: others
    /// leave it at 0.
    /// </summary>
    static virtual int MaskCount => 0;

    /// <summary>The gate whose bias says how much the cell remembers at first, or <see langword="null"/> where it has none.</summary>
    static virtual ForgetGate? ForgetGate => null;

    /// <summary>Whether its input weights begin as the identity, where there are as many units as inputs; else they are drawn.</summary>
    static virtual bool PassesInputsAtFirst => false;

    /// <summary>Whether a part of <c>h_{t−1}</c> reaches the next state without a product, so that Backward leaves its gradient.</summary>
    static virtual bool PassesOutputOn => false;

    /// <summary>
    /// Whether Forward may write the next state over the previous one: it reads each number of a lane before it writes there.
    /// </summary>
    static virtual bool StepsInPlace => false;

    /// <summary>
    /// Whether some products need a vector that the cell first computes from other gates; see <see cref="ForwardInner"/>.
    /// </summary>
    static virtual bool HasInner => false;

    /// <summary>Pre-activations and previous state to next state.</summary>
    /// <param name="step">The rows of the step.</param>
    /// <param name="j">The first of the elements.</param>
    /// <typeparam name="V">The lane.</typeparam>
    /// <typeparam name="T">The number type.</typeparam>
    void Forward<V, T>(ref readonly CellStep<T> step, nint j)
        where V : unmanaged, ILane<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;

    /// <summary>
    /// Gradient of the next state to gradients of pre-activations (in their place) and of the previous state (in its place).
    /// </summary>
    /// <inheritdoc cref="Forward" path="/param|/typeparam"/>
    void Backward<V, T>(ref readonly CellStep<T> step, nint j)
        where V : unmanaged, ILane<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;

    /// <summary>Before Forward, in cells with an inner vector: computes it from those gates that do not depend on it.</summary>
    /// <inheritdoc cref="Forward" path="/param|/typeparam"/>
    void ForwardInner<V, T>(ref readonly CellStep<T> step, nint j)
        where V : unmanaged, ILane<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => throw new NotSupportedException();

    /// <summary>
    /// After Backward, in cells with an inner vector: takes its gradient on to the gates that it was computed from,
    /// and to the previous state.
    /// </summary>
    /// <inheritdoc cref="Forward" path="/param|/typeparam"/>
    void BackwardInner<V, T>(ref readonly CellStep<T> step, nint j)
        where V : unmanaged, ILane<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => throw new NotSupportedException();

    /// <summary>
    /// After Backward, in cells with diagonal weights: what one step adds to the gradient of the vector of number
    /// <paramref name="weight"/>.
    /// </summary>
    /// <param name="step">The rows of the step.</param>
    /// <param name="weight">The vector, from 0.</param>
    /// <param name="j">The first of the elements.</param>
    /// <typeparam name="V">The lane.</typeparam>
    /// <typeparam name="T">The number type.</typeparam>
    V UnitGradient<V, T>(ref readonly CellStep<T> step, int weight, nint j)
        where V : unmanaged, ILane<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => throw new NotSupportedException();
}
