using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using Elman.Kernels;

namespace Elman.Cells;

/// <summary>One elementwise step of a recurrent network: a cell without its matrix products.</summary>
/// <remarks>
/// <para>
/// The layer computes the pre-activations of the gates <c>[G·H]</c>, gate after gate, as <see cref="Products"/> defines. The cell computes
/// the next state from them and the previous state. In the backward pass, it computes from the gradient of the next state the gradients of
/// the pre-activations, and the part of the previous state's gradient that does not flow through a product.
/// </para>
/// <para>
/// A state row holds S vectors of H numbers; the first is the output h, or see <see cref="OutputCount"/>. The members process the elements
/// <c>j … j + V.Width − 1</c> of every vector. They are written once over lanes, so the same source is tested in double and runs in float.
/// </para>
/// <para>
/// Implement it as a small struct to add a custom cell, and pass it to <see cref="CustomCell.Of"/>. The members read and write through the
/// pointers of <see cref="CellStep{T}"/>, so the project needs <c>AllowUnsafeBlocks</c>.
/// </para>
/// </remarks>
[SuppressMessage("Naming", "CA1716", Justification = "Cells are written in C#: lanes are static abstract members.")]
public interface IRecurrentCell
{
    /// <summary>The name of the cell in options, model files and the tool.</summary>
    static abstract string Name { get; }

    /// <summary>The number of gates, G: vectors of pre-activations.</summary>
    static abstract int GateCount { get; }

    /// <summary>The number of state vectors, S; the first is the output.</summary>
    static abstract int StateCount { get; }

    /// <summary>The number of state vectors, from the first, that are the output; only cells without recurrent weights may have more than
    /// one.</summary>
    static virtual int OutputCount => 1;

    /// <summary>The matrix products that compute the pre-activations. Every gate with a product is in exactly one.</summary>
    static abstract IReadOnlyList<GateProduct> Products { get; }

    /// <summary>
    /// Activation functions that the layer applies to gates before the cell: directly before Forward for gates that need the inner vector,
    /// before ForwardInner for others. Other gates are passed as pre-activations.
    /// </summary>
    static virtual IReadOnlyList<GateActivation> Activations => [];

    /// <summary>U, the number of vectors of diagonal weights, which the cell applies element by element.</summary>
    static virtual int DiagonalWeightCount => 0;

    /// <summary>The role of the diagonal weights.</summary>
    static virtual DiagonalWeightRole DiagonalWeights => DiagonalWeightRole.Peepholes;

    /// <summary>
    /// The number of vectors at the end of a row of gates that the layer fills with zoneout's mask. The library adds zoneout around any
    /// cell; all other cells leave it at 0.
    /// </summary>
    static virtual int MaskCount => 0;

    /// <summary>The gate whose bias sets how much the cell remembers initially, or <see langword="null"/> if it has none.</summary>
    static virtual ForgetGate? ForgetGate => null;

    /// <summary>Whether its input weights are initialised to the identity if there are as many units as inputs; otherwise they are
    /// random.</summary>
    static virtual bool PassesInputsAtFirst => false;

    /// <summary>Whether <c>h_{t−1}</c> affects the next state other than through a product, so that Backward writes its gradient.</summary>
    static virtual bool PassesOutputOn => false;

    /// <summary>
    /// Whether Forward may write the next state over the previous one: it reads each number of a lane before it writes there.
    /// </summary>
    static virtual bool StepsInPlace => false;

    /// <summary>
    /// Whether some products need a vector that the cell first computes from other gates; see <see cref="ForwardInner"/>.
    /// </summary>
    static virtual bool HasInner => false;

    /// <summary>Computes the next state from pre-activations and previous state.</summary>
    /// <param name="step">The rows of the step.</param>
    /// <param name="j">The first of the elements.</param>
    /// <typeparam name="V">The lane.</typeparam>
    /// <typeparam name="T">The number type.</typeparam>
    void Forward<V, T>(ref readonly CellStep<T> step, nint j)
        where V : unmanaged, ILane<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;

    /// <summary>
    /// Replaces the pre-activations and the gradient of the next state with the gradients of pre-activations and of the previous state.
    /// </summary>
    /// <inheritdoc cref="Forward" path="/param|/typeparam"/>
    void Backward<V, T>(ref readonly CellStep<T> step, nint j)
        where V : unmanaged, ILane<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;

    /// <summary>Called before Forward, in cells with an inner vector: computes the vector from gates that do not depend on it.</summary>
    /// <inheritdoc cref="Forward" path="/param|/typeparam"/>
    void ForwardInner<V, T>(ref readonly CellStep<T> step, nint j)
        where V : unmanaged, ILane<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => throw new NotSupportedException();

    /// <summary>
    /// Called after Backward, in cells with an inner vector: propagates its gradient to the gates that it was computed from, and to the
    /// previous state.
    /// </summary>
    /// <inheritdoc cref="Forward" path="/param|/typeparam"/>
    void BackwardInner<V, T>(ref readonly CellStep<T> step, nint j)
        where V : unmanaged, ILane<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => throw new NotSupportedException();

    /// <summary>
    /// Called after Backward, in cells with diagonal weights: computes one step's contribution to the gradient of vector
    /// <paramref name="weight"/>.
    /// </summary>
    /// <param name="step">The rows of the step.</param>
    /// <param name="weight">The vector, from 0.</param>
    /// <param name="j">The first of the elements.</param>
    /// <typeparam name="V">The lane.</typeparam>
    /// <typeparam name="T">The number type.</typeparam>
    V DiagonalGradient<V, T>(ref readonly CellStep<T> step, int weight, nint j)
        where V : unmanaged, ILane<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => throw new NotSupportedException();
}
