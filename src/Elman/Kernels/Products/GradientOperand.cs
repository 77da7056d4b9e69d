namespace Elman.Kernels;

/// <summary>Rows whose products with the rows of another matrix add up to a weight gradient: <c>Gradient += Aᵀ·B</c>.</summary>
internal unsafe struct GradientOperand<T>
    where T : unmanaged
{
    /// <summary>A <c>[rows, Columns]</c>.</summary>
    public T* A;

    /// <summary>The distance from one row of A to the next.</summary>
    public nint Stride;

    /// <summary>Columns of A, rows of the gradient; 0 if there is nothing to add.</summary>
    public int Columns;

    /// <summary>Rows before this one are zero and are not read.</summary>
    public int FirstRow;

    /// <summary>The gradient's first row, at the column that belongs to B's first.</summary>
    public T* Gradient;

    /// <summary>From one row of the gradient to the next.</summary>
    public nint GradientStride;
}

/// <summary>What belongs to the arithmetic of a weight gradient, whatever the lane.</summary>
internal static class GradientBlock
{
    /// <summary>
    /// How many rows are summed in registers before the sum joins the gradient. A batch has many thousands of rows: in blocks their
    /// sum loses far fewer digits than as one chain, and a packed panel, 16 KiB at 256 bits, stays in the first-level cache.
    /// The number is part of the result's bits and never tuned to a machine.
    /// </summary>
    public const int Rows = 256;
}
