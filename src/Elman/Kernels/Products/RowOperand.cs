namespace Elman.Kernels;

/// <summary>
/// The left-hand side of a product: two matrices with the same rows, concatenated horizontally. Either may be absent (0 columns).
/// </summary>
/// <remarks>
/// An input and the previous output are such a pair, <c>[x h]·[Wx; Wh]</c>, as are the gradients of gates that are not contiguous.
/// </remarks>
internal unsafe struct RowOperand<T>
    where T : unmanaged
{
    /// <summary>The left matrix <c>[m, FirstColumns]</c>.</summary>
    public T* First;

    /// <summary>The distance from one of its rows to the next.</summary>
    public nint FirstStride;

    /// <summary>The number of its columns.</summary>
    public int FirstColumns;

    /// <summary>The right matrix <c>[m, SecondColumns]</c>.</summary>
    public T* Second;

    /// <summary>The distance from one of its rows to the next.</summary>
    public nint SecondStride;

    /// <summary>The number of its columns.</summary>
    public int SecondColumns;

    /// <summary>The number of columns of both.</summary>
    public readonly int Columns => FirstColumns + SecondColumns;

    /// <summary>Returns the same matrices from a later row on.</summary>
    public readonly RowOperand<T> From(nint row) =>
        this with { First = First + (row * FirstStride), Second = Second + (row * SecondStride) };

    /// <summary>Creates an operand of one matrix.</summary>
    public static RowOperand<T> Of(T* matrix, nint stride, int columns) =>
        new() { First = matrix, FirstStride = stride, FirstColumns = columns };
}
