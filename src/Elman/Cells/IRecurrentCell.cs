using System.Numerics;
using Elman.Kernels;

namespace Elman.Cells;

/// <summary>One step of a recurrent network, element by element: what is left of a cell once its matrix products are taken out.</summary>
/// <remarks>
/// <para>
/// The layer computes the pre-activations <c>a_t = x_t·Wx + h_{t−1}·Wh + b</c> of all gates, <c>[G·H]</c> a row, gate after gate.
/// The cell turns them and the previous state into the next state, and backwards turns the gradient of the next state into
/// the gradients of the pre-activations and of the previous state as far as it does not flow through <c>Wh</c>.
/// </para>
/// <para>
/// A state row holds S vectors of H numbers; the first is the output h. Both members handle the elements
/// <c>j … j + V.Width − 1</c> of every vector. They are written once over lanes, so the same source is checked in double and runs in float.
/// </para>
/// </remarks>
internal interface IRecurrentCell
{
    /// <summary>What the cell is called in options, model files and the tool.</summary>
    static abstract string Name { get; }

    /// <summary>How many gates, G: vectors of pre-activations.</summary>
    static abstract int GateCount { get; }

    /// <summary>How many state vectors, S; the first is the output.</summary>
    static abstract int StateCount { get; }

    /// <summary>Pre-activations and previous state to next state.</summary>
    void Forward<V, T>(ref readonly CellStep<T> step, nint j)
        where V : unmanaged, ILane<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;

    /// <summary>Gradient of the next state to gradients of pre-activations (in their place) and of the previous state (in its place).</summary>
    void Backward<V, T>(ref readonly CellStep<T> step, nint j)
        where V : unmanaged, ILane<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;
}

/// <summary>The rows that one step of one sequence reads and writes.</summary>
internal unsafe struct CellStep<T>
    where T : unmanaged
{
    /// <summary>
    /// <c>[G·H]</c>. Forward: the pre-activations; the cell may leave in their place what backward needs instead.
    /// Backward: what forward left; the cell leaves the gradients of the pre-activations.
    /// </summary>
    public T* Gates;

    /// <summary><c>[S·H]</c>: the state before the step.</summary>
    public T* Previous;

    /// <summary><c>[S·H]</c>: the state after the step.</summary>
    public T* Next;

    /// <summary><c>[S·H]</c>, backward only. In: the loss's gradient by the next state. Out: by the previous one, without what flows through Wh.</summary>
    public T* StateGradient;

    /// <summary>H.</summary>
    public nint HiddenSize;
}
