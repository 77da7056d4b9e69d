namespace Elman.Kernels;

/// <summary>Computes <c>C += AᵀA</c> on and above the diagonal with the kernel of weight gradients, one task for each tile.</summary>
/// <remarks>
/// Every element is summed in blocks of 256 rows, as in <see cref="GradientProduct{V, T}"/>, so neither threads nor lanes affect the bits.
/// If rows are added in several calls, the bits stay the same if all calls but the last have a multiple of 256 rows.
/// Tiles on the diagonal are computed completely.
/// </remarks>
internal sealed unsafe class SymmetricProduct(KernelSet<double> kernels, Workers workers) : IDisposable
{
    /// <summary>The number of rows of a tile: the columns of A of which 256 packed rows fit the second-level cache.</summary>
    private const int TileRows = 192;

    /// <summary>The number of columns of a tile.</summary>
    private const int TileColumns = 768;

    private readonly NativeBuffer<double> _scratch = new();

    /// <summary>Adds the product.</summary>
    /// <param name="a">A <c>[rows, n]</c>.</param>
    /// <param name="stride">The distance from one row of A to the next.</param>
    /// <param name="rows">The number of rows of A.</param>
    /// <param name="n">The number of columns of A, and of rows and columns of C.</param>
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
