using System.Numerics;
using System.Numerics.Tensors;

namespace Elman.Kernels;

/// <summary>
/// The Cholesky factor of a symmetric positive definite matrix, <c>A = UᵀU</c> with U zero below its diagonal, computed in blocks with the
/// product kernels, and solutions with it. <see cref="PlainCholesky"/> is the row-by-row reference.
/// </summary>
/// <remarks>
/// <para>
/// Left-looking: first the products with all rows above a block of 192 rows are added to it, then its diagonal block is factored, then the
/// part to its right is solved for. The last two steps work in the same way in blocks of 32.
/// A block of right-hand sides of <c>UᵀX = B</c> is processed like the columns of A.
/// </para>
/// <para>Each element is summed in blocks of 256 rows in a fixed order. Threads share only columns, so neither threads nor lanes affect the
/// bits.</para>
/// <para>Memory: <c>n·Stride</c> numbers, and a small scratch buffer for each thread.</para>
/// </remarks>
internal sealed unsafe class CholeskyFactor<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The number of rows of a block.</summary>
    private const int Block = 192;

    /// <summary>The number of rows of an inner block.</summary>
    private const int Inner = 32;

    /// <summary>A pivot below this share of the original diagonal element is only rounding error.</summary>
    private static readonly T _leastPivot = T.BitIncrement(T.One) - T.One;

    private readonly KernelSet<T> _kernels;
    private readonly Workers _workers;
    private readonly NativeBuffer<T> _matrix;
    private readonly NativeBuffer<T> _scratch = new();
    private readonly NativeBuffer<T> _solved = new();
    private readonly T[] _diagonal; // the diagonal of A
    private readonly long _scratchSize;

    /// <summary>Allocates memory for a matrix.</summary>
    /// <param name="n">The number of rows and columns.</param>
    /// <param name="workers">The threads to use.</param>
    /// <param name="kernels">The kernels to use.</param>
    public CholeskyFactor(int n, Workers workers, KernelSet<T> kernels)
    {
        (Size, _workers, _kernels) = (n, workers, kernels);
        Stride = MatrixStride.Of(n);
        _matrix = new(n * (long)Stride);
        _scratchSize = kernels.GradientScratchSize(Block, 0) + n + Block;
        _scratch.Resize(workers.Count * _scratchSize);
        _diagonal = new T[n];
    }

    /// <summary>The number of rows and columns.</summary>
    public int Size { get; }

    /// <summary>The distance from one row to the next.</summary>
    public nint Stride { get; }

    /// <summary>A before <see cref="Factor"/>, U after it; on and above the diagonal.</summary>
    public T* Start => _matrix.Start;

    /// <summary>Replaces A by U.</summary>
    /// <returns>False if a pivot is only rounding error: A is not positive definite, at least not within rounding.</returns>
    public bool Factor()
    {
        for (int i = 0; i < Size; i++)
            _diagonal[i] = Start[(i * Stride) + i];
        for (int k = 0; k < Size; k += Block)
        {
            int rows = Math.Min(Block, Size - k);
            Share(k, k, rows, Size - k, solve: false);
            if (!FactorBlock(k, rows))
                return false;
            if (k + rows < Size)
                Share(k, k + rows, rows, Size - k - rows, solve: true);
        }
        return true;
    }

    /// <summary>Computes <c>X = U⁻ᵀ·X</c>, in place, on the caller's thread.</summary>
    /// <param name="x">X <c>[Size − firstRow, columns]</c>.</param>
    /// <param name="stride">The distance from one row of X to the next.</param>
    /// <param name="columns">The number of columns of X.</param>
    /// <param name="part">The index of the scratch memory to use, one per thread.</param>
    /// <param name="firstRow">A multiple of the block size: the rows of X before it are zero and not stored.</param>
    public void SolveTransposed(T* x, nint stride, int columns, int part = 0, int firstRow = 0)
    {
        for (int k = firstRow; k < Size; k += Block)
        {
            int rows = Math.Min(Block, Size - k);
            T* block = x + ((k - firstRow) * stride);
            AddAbove(k, rows, firstRow, x, block, stride, columns, part);
            SolveBlock(k, rows, block, stride, columns, part);
        }
    }

    /// <summary>Computes <c>X = U⁻¹·X</c>, in place, for few columns, on the caller's thread.</summary>
    /// <param name="x">X <c>[Size, columns]</c>.</param>
    /// <param name="stride">The distance from one row of X to the next.</param>
    /// <param name="columns">The number of columns of X.</param>
    public void SolveUpper(T* x, nint stride, int columns)
    {
        int width = _kernels.PanelWidth, panels = _kernels.Pad(columns) / width;
        _solved.Resize((long)Size * width * panels); // −X as panels, from the last row up
        for (int end = Size; end > 0;)
        {
            int k = (end - 1) / Block * Block, rows = end - k;
            T* block = x + (k * stride), diagonal = Start + (k * Stride);
            if (end < Size)
                _kernels.Multiply(RowOperand<T>.Of(diagonal + end, Stride, Size - end), _solved.Start + ((nint)end * width), Size, block,
                    stride, block, stride, rows, columns);
            for (int i = rows - 1; i >= 0; i--)
            {
                var row = new Span<T>(block + (i * stride), columns);
                T* u = diagonal + (i * Stride) + k;
                for (int j = i + 1; j < rows; j++)
                    TensorPrimitives.FusedMultiplyAdd(new ReadOnlySpan<T>(block + (j * stride), columns), -u[j], row, row);
                TensorPrimitives.Divide(row, u[i], row);
            }
            for (int i = 0; i < rows; i++)
                for (int j = 0; j < width * panels; j++)
                    _solved.Start[((((nint)(j / width) * Size) + k + i) * width) + (j % width)] =
                        j < columns ? -block[(i * stride) + j] : T.Zero;
            end = k;
        }
    }

    /// <summary>Computes the diagonal of <c>A⁻¹</c>: the squared norms of the columns of <c>U⁻ᵀ</c>.</summary>
    public T[] InverseDiagonal()
    {
        T[] diagonal = new T[Size];
        int tasks = (Size + Block - 1) / Block, parts = TaskRun.Parts(_workers, tasks, (long)Size * Size * Size / 6);
        using var columns = new NativeBuffer<T>((long)parts * Size * Block);
        fixed (T* start = diagonal)
        {
            var task = new InverseTask(this, columns.Start, start);
            TaskRun.Run(_workers, ref task, tasks, parts);
        }
        return diagonal;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _matrix.Dispose();
        _scratch.Dispose();
        _solved.Dispose();
    }

    /// <summary>
    /// Processes a block of rows, for columns that the threads share: adds the products with the rows above, or solves with its diagonal
    /// block.
    /// </summary>
    private void Share(int k, int firstColumn, int rows, int columns, bool solve)
    {
        int chunk = Math.Clamp((columns / (4 * _workers.Count)) + 15, 64, 512) / 16 * 16, tasks = (columns + chunk - 1) / chunk;
        var task = new RowsTask(this, k, firstColumn, rows, columns, chunk, solve);
        TaskRun.Run(_workers, ref task, tasks, TaskRun.Parts(_workers, tasks, (long)rows * columns * (solve ? rows / 2 : k)));
    }

    /// <summary>Computes <c>block = −block + U[firstRow..k, k..k + rows]ᵀ·X</c>.</summary>
    private void AddAbove(int k, int rows, int firstRow, T* x, T* block, nint stride, int columns, int part)
    {
        for (int i = 0; i < rows; i++)
        {
            var row = new Span<T>(block + (i * stride), columns);
            TensorPrimitives.Negate<T>(row, row);
        }
        if (k > firstRow)
            AddProduct(Start + (firstRow * Stride) + k, rows, x, block, stride, k - firstRow, columns, part);
    }

    /// <summary>Computes <c>block += Uᵀ·X</c>; U and X have the same number of rows.</summary>
    private void AddProduct(T* u, int uColumns, T* x, T* block, nint stride, int rows, int columns, int part)
    {
        T* scratch = _scratch.Start + (part * _scratchSize), sums = scratch + _kernels.GradientScratchSize(Block, 0);
        var operand = new GradientOperand<T> { A = u, Stride = Stride, Columns = uColumns, Gradient = block, GradientStride = stride };
        for (int first = 0; first < columns; first += Size)
        {
            int some = Math.Min(Size, columns - first);
            new Span<T>(sums, some).Clear();
            operand.Gradient = block + first;
            _kernels.AddGradients(operand, default, x + first, stride, rows, 0, some, sums, scratch);
        }
    }

    /// <summary>Computes <c>block = −U[k.., k..]⁻ᵀ·block</c>.</summary>
    private void SolveBlock(int k, int rows, T* block, nint stride, int columns, int part)
    {
        T* diagonal = Start + (k * Stride) + k;
        for (int i = 0; i < rows; i += Inner)
        {
            int some = Math.Min(Inner, rows - i);
            if (i > 0)
                AddProduct(diagonal + i, some, block, block + (i * stride), stride, i, columns, part);
            _kernels.SolveTriangle(diagonal + (i * Stride) + i, Stride, some, block + (i * stride), stride, columns);
        }
    }

    /// <summary>Factors a diagonal block whose sign is changed, on one thread.</summary>
    private bool FactorBlock(int k, int rows)
    {
        T* diagonal = Start + (k * Stride) + k;
        for (int i = 0; i < rows; i += Inner)
        {
            int some = Math.Min(Inner, rows - i);
            T* block = diagonal + (i * Stride) + i;
            if (i > 0)
                AddProduct(diagonal + i, some, diagonal + i, block, Stride, i, rows - i, 0);
            if (!FactorInner(block, some, k + i))
                return false;
            if (i + some < rows)
                _kernels.SolveTriangle(block, Stride, some, block + some, Stride, rows - i - some);
        }
        return true;
    }

    private bool FactorInner(T* block, int rows, int first)
    {
        for (int i = 0; i < rows; i++)
        {
            T* row = block + (i * Stride);
            for (int j = i; j < rows; j++)
            {
                T sum = row[j];
                for (int p = 0; p < i; p++)
                    sum = T.FusedMultiplyAdd(block[(p * Stride) + i], block[(p * Stride) + j], sum);
                if (j > i)
                    row[j] = -sum / row[i];
                else if (-sum > _leastPivot * _diagonal[first + i] && T.IsFinite(sum))
                    row[i] = T.Sqrt(-sum);
                else
                    return false;
            }
        }
        return true;
    }

    private readonly struct RowsTask(CholeskyFactor<T> owner, int k, int firstColumn, int rows, int columns, int chunk, bool solve) : ITask
    {
        public void Execute(int task, int part)
        {
            int first = task * chunk, some = Math.Min(chunk, columns - first);
            T* x = owner.Start + firstColumn + first, block = x + (k * owner.Stride);
            if (solve)
                owner.SolveBlock(k, rows, block, owner.Stride, some, part);
            else
                owner.AddAbove(k, rows, 0, x, block, owner.Stride, some, part);
        }
    }

    /// <summary>Computes some columns of <c>U⁻ᵀ</c>, which are zero above the diagonal.</summary>
    private readonly struct InverseTask(CholeskyFactor<T> owner, T* columns, T* diagonal) : ITask
    {
        public void Execute(int task, int part)
        {
            int first = task * Block, some = Math.Min(Block, owner.Size - first), rows = owner.Size - first;
            T* x = columns + ((nint)part * owner.Size * Block);
            new Span<T>(x, rows * some).Clear();
            for (int i = 0; i < some; i++)
                x[(i * some) + i] = T.One;
            owner.SolveTransposed(x, some, some, part, first);
            var sums = new Span<T>(diagonal + first, some);
            for (int i = 0; i < rows; i++)
            {
                var row = new ReadOnlySpan<T>(x + ((nint)i * some), some);
                TensorPrimitives.FusedMultiplyAdd(row, row, sums, sums);
            }
        }
    }
}
