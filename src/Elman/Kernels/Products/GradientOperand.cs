namespace Elman.Kernels;

/// <summary>An operand of a weight gradient: the rows of A in <c>Gradient += Aᵀ·B</c>.</summary>
internal unsafe struct GradientOperand<T>
    where T : unmanaged
{
    /// <summary>The matrix A, <c>[rows, Columns]</c>.</summary>
    public T* A;

    /// <summary>The distance from one row of A to the next.</summary>
    public nint Stride;

    /// <summary>The number of columns of A and of rows of the gradient; 0 if there is nothing to add.</summary>
    public int Columns;

    /// <summary>The first row to read; rows before it are zero.</summary>
    public int FirstRow;

    /// <summary>The first row of the gradient, at the column of B's first column.</summary>
    public T* Gradient;

    /// <summary>The distance from one row of the gradient to the next.</summary>
    public nint GradientStride;
}

/// <summary>The constants of the arithmetic of a weight gradient, for all lanes.</summary>
internal static class GradientBlock
{
    /// <summary>
    /// The number of rows that are summed in registers before the sum is added to the gradient. A batch has many thousands of rows: a sum
    /// in blocks loses far fewer digits than one chain, and a packed panel, 16 KiB at 256 bits, stays in the first-level cache. The number
    /// affects the bits of the result, so it is not tuned to a machine.
    /// </summary>
    public const int Rows = 256;
}
