namespace Elman.Kernels;

/// <summary>
/// The left-hand side of a product: two matrices with the same rows, one beside the other. Either may be absent (0 columns).
/// </summary>
/// <remarks>
/// An input and the previous output are such a pair, <c>[x h]·[Wx; Wh]</c>, as are the gradients of gates that do not follow each other.
/// </remarks>
internal unsafe struct RowOperand<T>
    where T : unmanaged
{
    /// <summary>The left matrix <c>[m, FirstColumns]</c>.</summary>
    public T* First;

    /// <summary>From one of its rows to the next.</summary>
    public nint FirstStride;

    /// <summary>Its columns.</summary>
    public int FirstColumns;

    /// <summary>The right matrix <c>[m, SecondColumns]</c>.</summary>
    public T* Second;

    /// <summary>From one of its rows to the next.</summary>
    public nint SecondStride;

    /// <summary>Its columns.</summary>
    public int SecondColumns;

    /// <summary>Columns of both.</summary>
    public readonly int Columns => FirstColumns + SecondColumns;

    /// <summary>The same matrices from a later row on.</summary>
    public readonly RowOperand<T> From(nint row) =>
        this with { First = First + (row * FirstStride), Second = Second + (row * SecondStride) };

    /// <summary>One matrix.</summary>
    public static RowOperand<T> Of(T* matrix, nint stride, int columns) =>
        new() { First = matrix, FirstStride = stride, FirstColumns = columns };
}
