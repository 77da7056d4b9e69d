using System.Diagnostics.CodeAnalysis;

namespace Elman.Cells;

/// <summary>Pointers to the rows that one step of one sequence reads and writes.</summary>
/// <typeparam name="T">The number type.</typeparam>
[SuppressMessage("Design", "CA1051", Justification = "Pointers that cells read in their innermost loop; no state to protect.")]
[SuppressMessage("Performance", "CA1815", Justification = "Never compared.")]
public unsafe struct CellStep<T>
    where T : unmanaged
{
    /// <summary>
    /// <c>[G·H]</c>. Forward: the pre-activations; the cell may replace them with the values that its backward pass needs.
    /// Backward: the values from the forward pass; the cell replaces them with the gradients of the pre-activations.
    /// </summary>
    public T* Gates;

    /// <summary><c>[S·H]</c>: the state before the step.</summary>
    public T* Previous;

    /// <summary><c>[S·H]</c>: the state after the step.</summary>
    public T* Next;

    /// <summary>
    /// <c>[S·H]</c>, backward only. Input: the gradient of the loss with respect to the next state. Output: with respect to the previous
    /// state, without the part through products.
    /// </summary>
    public T* StateGradient;

    /// <summary>The recurrent input of the products with Wh: h before the step, or h after dropout.</summary>
    public T* RecurrentInput;

    /// <summary>The distance from one row of the recurrent input to the next.</summary>
    public nint RecurrentInputStride;

    /// <summary><c>[H]</c>: the dropout factors, a row for each sequence; <see langword="null"/> for none.</summary>
    public T* RecurrentMask;

    /// <summary><c>[H]</c>, in cells with an inner vector: that vector.</summary>
    public T* Inner;

    /// <summary><c>[H]</c>, backward only, in cells with an inner vector: the gradient of the loss with respect to it.</summary>
    public T* InnerGradient;

    /// <summary><c>[U·H]</c>: the diagonal weights, which the cell applies element by element; the same for every row.</summary>
    public T* DiagonalWeights;

    /// <summary>The distance from one row of states to the next.</summary>
    public nint StateStride;

    /// <summary>The index of the row on the tape.</summary>
    public nint Row;

    /// <summary>The distance from one gate to the next, and from one vector of the state to the next: H and padding of the last
    /// lane.</summary>
    public nint UnitStride;

    /// <summary>Returns the same rows, from a later unit on.</summary>
    internal readonly CellStep<T> FromUnit(int unit) => this with
    {
        Gates = Gates + unit,
        Previous = Previous + unit,
        Next = Next + unit,
        StateGradient = StateGradient + unit,
        Inner = Inner + unit,
        InnerGradient = InnerGradient + unit,
        DiagonalWeights = DiagonalWeights + unit,
    };
}
