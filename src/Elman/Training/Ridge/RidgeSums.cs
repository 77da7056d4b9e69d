using System.Numerics.Tensors;
using Elman.Kernels;

namespace Elman.Training.Ridge;

/// <summary>
/// The sums of many rows from which least squares is solved: <c>Σ w·[x − s, 1, y]ᵀ·[x − s, 1, y]</c>, with x the features, y the targets, w
/// the weight of a row, s a shift. In double for all models: the features of a reservoir are strongly correlated, and solving amplifies the
/// rounding errors of the sums.
/// </summary>
/// <remarks>
/// The shift is an estimate of the means that is fixed in advance. It preserves digits if features vary little about a large mean. Memory:
/// <c>p²·8</c> bytes, and a buffer of 1,024 rows in double.
/// </remarks>
internal sealed unsafe class RidgeSums : IDisposable
{
    private const int PendingRows = 4 * GradientBlock.Rows;

    private readonly KernelSet<double> _kernels;
    private readonly Workers _workers;
    private readonly double[] _shift;
    private readonly SymmetricProduct _product;
    private readonly nint _stride;
    private readonly NativeBuffer<double> _sums; // [p + 1 + O, p + 1 + O], on and above the diagonal
    private readonly NativeBuffer<double> _rows; // [1024, p + 1 + O]: √w·[x − s, 1, y]
    private int _pending;

    /// <summary>Creates empty sums.</summary>
    /// <param name="shift">The shift of the features, <c>[p]</c>.</param>
    /// <param name="outputs">The indices of the model's outputs that are known in the same rows.</param>
    /// <param name="workers">The threads to use.</param>
    /// <param name="kernels">The kernels to use.</param>
    public RidgeSums(double[] shift, int[] outputs, Workers workers, KernelSet<double> kernels)
    {
        (_shift, Outputs, _workers, _kernels) = (shift, outputs, workers, kernels);
        _product = new SymmetricProduct(kernels, workers);
        _stride = MatrixStride.Of(Columns);
        _sums = new(Columns * (long)_stride);
        _rows = new(PendingRows * (long)_stride);
    }

    /// <summary>The indices of the model's outputs, <c>[O]</c>.</summary>
    public int[] Outputs { get; }

    /// <summary>The number of features, p.</summary>
    public int Features => _shift.Length;

    /// <summary>The shift of the features.</summary>
    public double[] Shift => _shift;

    /// <summary>The sum of the row weights.</summary>
    public double Count => Row(Features)[Features];

    private int Columns => Features + 1 + Outputs.Length;

    /// <summary>
    /// A row of the sums, valid on and right of the diagonal: products with the features, with 1, with the outputs. Call
    /// <see cref="Flush"/> first.
    /// </summary>
    public Span<double> Row(int row) => new(_sums.Start + (row * _stride), Columns);

    /// <summary>Adds a row.</summary>
    /// <param name="features">x, <c>[p]</c>.</param>
    /// <param name="about">Target, weight and position of the row.</param>
    public void Add(ReadOnlySpan<float> features, RidgeCase about)
    {
        var row = new Span<double>(_rows.Start + (_pending * _stride), Columns);
        Span<double> x = row[..Features];
        TensorPrimitives.ConvertTruncating(features, x);
        TensorPrimitives.Subtract(x, _shift, x);
        row[Features] = 1;
        for (int o = 0; o < Outputs.Length; o++)
            row[Features + 1 + o] = about.Target[Outputs[o]];
        if (about.Weight != 1)
            TensorPrimitives.Multiply(row, Math.Sqrt(about.Weight), row);
        if (++_pending == PendingRows)
            Flush();
    }

    /// <summary>Adds the buffered rows to the sums.</summary>
    public void Flush()
    {
        _product.Add(_rows.Start, _stride, _pending, Columns, _sums.Start, _stride);
        _pending = 0;
    }

    /// <summary>Returns a copy for some of the outputs, to which rows can be added independently.</summary>
    public RidgeSums Clone(int[] outputs)
    {
        Flush();
        var clone = new RidgeSums(_shift, outputs, _workers, _kernels);
        var columns = new Dictionary<int, int>();
        for (int o = 0; o < Outputs.Length; o++)
            columns[Outputs[o]] = Features + 1 + o;
        int[] places = [.. outputs.Select(output => columns[output])];
        for (int row = 0; row <= Features; row++)
        {
            Span<double> from = Row(row), to = clone.Row(row);
            from[..(Features + 1)].CopyTo(to);
            for (int o = 0; o < outputs.Length; o++)
                to[Features + 1 + o] = from[places[o]];
        }
        return clone;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _sums.Dispose();
        _rows.Dispose();
        _product.Dispose();
    }
}
