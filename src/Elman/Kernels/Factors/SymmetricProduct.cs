namespace Elman.Kernels;

/// <summary><c>C += AᵀA</c> on and above the diagonal: the product of weight gradients, tile by tile, each tile a task.</summary>
/// <remarks>
/// Every element is summed in blocks of 256 rows, as <see cref="GradientProduct{V, T}"/> does, so neither threads nor lanes change a bit.
/// Where rows come piece by piece, the bits stay the same as long as all pieces but the last have a multiple of 256 rows.
/// Tiles on the diagonal are computed whole.
/// </remarks>
internal sealed unsafe class SymmetricProduct(KernelSet<double> kernels, Workers workers) : IDisposable
{
    /// <summary>Rows of a tile: as many columns of A as fit the second-level cache, 256 rows of them copied together.</summary>
    private const int TileRows = 192;

    /// <summary>Columns of a tile.</summary>
    private const int TileColumns = 768;

    private readonly NativeBuffer<double> _scratch = new();

    /// <summary>Adds the product.</summary>
    /// <param name="a">A <c>[rows, n]</c>.</param>
    /// <param name="stride">The distance from one row of A to the next.</param>
    /// <param name="rows">Rows of A.</param>
    /// <param name="n">Columns of A, rows and columns of C.</param>
    /// <param name="c">C <c>[n, n]</c>. The part below the diagonal is undefined.</param>
    /// <param name="cStride">The distance from one row of C to the next.</param>
    public void Add(double* a, nint stride, int rows, int n, double* c, nint cStride)
    {
        if (rows == 0 || n == 0)
            return;
        int tiles = 0;
        for (int first = 0; first < n; first += TileRows)
            tiles += (n - first + TileColumns - 1) / TileColumns;
        int parts = TaskRun.Parts(workers, tiles, (long)rows * n * n / 2);
        long scratch = TileColumns + kernels.GradientScratchSize(TileRows, 0);
        _scratch.Resize(parts * scratch);
        var tile = new Tile(kernels, a, stride, rows, n, c, cStride, _scratch.Start, scratch);
        TaskRun.Run(workers, ref tile, tiles, parts);
    }

    /// <inheritdoc/>
    public void Dispose() => _scratch.Dispose();

    private readonly struct Tile(
        KernelSet<double> kernels, double* a, nint stride, int rows, int n, double* c, nint cStride,
        double* scratch, long scratchSize) : ITask
    {
        public void Execute(int task, int part)
        {
            int first = 0, chunks;
            while (task >= (chunks = (n - first + TileColumns - 1) / TileColumns))
                (task, first) = (task - chunks, first + TileRows);
            int column = first + (task * TileColumns), columns = Math.Min(TileColumns, n - column);
            double* sums = scratch + (part * scratchSize); // column sums, which are not needed
            new Span<double>(sums, columns).Clear();
            var operand = new GradientOperand<double>
            {
                A = a + first,
                Stride = stride,
                Columns = Math.Min(TileRows, n - first),
                Gradient = c + (first * cStride) + column,
                GradientStride = cStride,
            };
            kernels.AddGradients(operand, default, a + column, stride, rows, 0, columns, sums, sums + TileColumns);
        }
    }
}
