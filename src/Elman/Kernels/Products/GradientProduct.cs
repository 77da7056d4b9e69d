using System.Numerics;
using System.Runtime.CompilerServices;

namespace Elman.Kernels;

/// <summary>
/// The product for weight gradients: <c>C += Aᵀ·B</c> for A and B with many common rows, for two matrices A with one B, and the column sums
/// of B, which are the gradient of the bias. <see cref="PlainProduct{T}.AddTransposed"/> and <see cref="PlainProduct{T}.AddColumnSums"/>
/// are the same as plain loops.
/// </summary>
/// <remarks>
/// <para>
/// Rows are processed in blocks (<see cref="GradientBlock.Rows"/>). In each block a panel of B is packed, two lanes wide, and used for all
/// columns of A, six at a time: the tile of <see cref="RowProduct{V, T}"/>, read along the columns. The column sums are computed while the
/// panel is packed, so that B is read only once.
/// </para>
/// <para>
/// If there are many panels, the block of A is packed as well, in strips of six columns: otherwise the distances of its rows could be
/// powers of two, and the rows would evict each other from the cache.
/// </para>
/// </remarks>
internal static unsafe class GradientProduct<V, T>
    where V : unmanaged, ILane<V, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The number of columns of A in a tile: the rows of the tile.</summary>
    private const int Strip = 6;

    /// <summary>The number of columns of B from which on packing A is worthwhile.</summary>
    private const int WorthCopying = 192;

    /// <summary>Returns the scratch size of <see cref="Add"/> for operands with given numbers of columns.</summary>
    public static long ScratchSize(int firstColumns, int secondColumns) =>
        (long)GradientBlock.Rows * (Panels<V, T>.Width + Pad(firstColumns) + Pad(secondColumns));

    /// <summary>Adds both products and the column sums, for a range of columns of B.</summary>
    /// <param name="first">The first operand; may be absent.</param>
    /// <param name="second">The second operand; may be absent.</param>
    /// <param name="b">B <c>[rows, n]</c>.</param>
    /// <param name="bStride">The distance from one row of B to the next.</param>
    /// <param name="rows">The number of rows of B and of the operands.</param>
    /// <param name="firstColumn">The first column of B in the range.</param>
    /// <param name="endColumn">The end of the range, exclusive.</param>
    /// <param name="sums">The column sums <c>[n]</c>, which are added to.</param>
    /// <param name="scratch">Scratch memory of <see cref="ScratchSize"/> numbers.</param>
    public static void Add(
        GradientOperand<T> first, GradientOperand<T> second, T* b, nint bStride, int rows, int firstColumn,
        int endColumn, T* sums, T* scratch)
    {
        int width = Panels<V, T>.Width;
        T* panel = scratch, firstCopy = panel + (GradientBlock.Rows * width),
            secondCopy = firstCopy + (GradientBlock.Rows * Pad(first.Columns));
        bool copy = endColumn - firstColumn >= WorthCopying;
        for (int block = 0; block < rows; block += GradientBlock.Rows)
        {
            int steps = Math.Min(GradientBlock.Rows, rows - block);
            var left = new Block(first, block, steps, copy ? firstCopy : null);
            var right = new Block(second, block, steps, copy ? secondCopy : null);
            for (int j = firstColumn; j < endColumn; j += width)
            {
                int columns = Math.Min(width, endColumn - j);
                PackPanel(b + (block * bStride) + j, bStride, steps, columns, panel, sums + j);
                left.Add(panel, j, columns);
                right.Add(panel, j, columns);
            }
        }
    }

    private static int Pad(int columns) => (columns + Strip - 1) / Strip * Strip;

    /// <summary>Packs a block's part of one panel, and adds its column sums.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    [SkipLocalsInit]
    private static void PackPanel(T* b, nint stride, int steps, int columns, T* panel, T* sums)
    {
        int w = V.Width;
        V left = default, right = default;
        if (columns == 2 * w)
        {
            for (int p = 0; p < steps; p++, b += stride, panel += 2 * w)
            {
                V b0 = V.Load(b), b1 = V.Load(b + w);
                b0.Store(panel);
                b1.Store(panel + w);
                left += b0;
                right += b1;
            }
            (V.Load(sums) + left).Store(sums);
            (V.Load(sums + w) + right).Store(sums + w);
            return;
        }
        PartialPanel<V, T>.Read(b, stride, steps, columns, panel);
        for (int p = 0; p < steps; p++, panel += 2 * w)
        {
            left += V.Load(panel);
            right += V.Load(panel + w);
        }
        T* sum = stackalloc T[2 * w];
        left.Store(sum);
        right.Store(sum + w);
        for (int j = 0; j < columns; j++)
            sums[j] += sum[j];
    }

    /// <summary>Packs strips of six columns, <c>[Columns/6, steps, 6]</c>.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void CopyStrips(T* a, nint stride, int columns, int steps, T* copy)
    {
        for (int i = 0; i < columns; i += Strip)
        {
            T* row = a + i;
            int some = Math.Min(Strip, columns - i);
            if (some == Strip)
            {
                for (int p = 0; p < steps; p++, row += stride, copy += Strip)
                    *(Six*)copy = *(Six*)row;
                continue;
            }
            for (int p = 0; p < steps; p++, row += stride, copy += Strip)
                for (int j = 0; j < some; j++)
                    copy[j] = row[j];
        }
    }

    /// <summary>Multiplies one panel with all columns of a block.</summary>
    /// <param name="a">The first column of the block.</param>
    /// <param name="strip">The distance from six columns to the next six, in bytes.</param>
    /// <param name="step">The distance from one row to the next, in bytes.</param>
    /// <param name="panel">The panel.</param>
    /// <param name="steps">The number of rows of the block.</param>
    /// <param name="c">The gradient, from the first column of the panel on.</param>
    /// <param name="cStride">The distance from one row to the next.</param>
    /// <param name="rows">The number of its rows: the columns of A.</param>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Tiles(byte* a, nint strip, nint step, T* panel, int steps, T* c, nint cStride, int rows)
    {
        int w = V.Width, size = sizeof(T);
        for (; rows >= 6; rows -= 6, a += strip)
        {
            V c00 = default, c01 = default, c10 = default, c11 = default, c20 = default, c21 = default;
            V c30 = default, c31 = default, c40 = default, c41 = default, c50 = default, c51 = default;
            T* b = panel;
            byte* x = a;
            for (int p = steps; p > 0; p--, x += step)
            {
                V b0 = V.Load(b), b1 = V.Load(b + w);
                b += 2 * w;
                V v = V.Broadcast((T*)x);
                V.Accumulate(ref c00, v, b0);
                V.Accumulate(ref c01, v, b1);
                v = V.Broadcast((T*)(x + size));
                V.Accumulate(ref c10, v, b0);
                V.Accumulate(ref c11, v, b1);
                v = V.Broadcast((T*)(x + (2 * size)));
                V.Accumulate(ref c20, v, b0);
                V.Accumulate(ref c21, v, b1);
                v = V.Broadcast((T*)(x + (3 * size)));
                V.Accumulate(ref c30, v, b0);
                V.Accumulate(ref c31, v, b1);
                v = V.Broadcast((T*)(x + (4 * size)));
                V.Accumulate(ref c40, v, b0);
                V.Accumulate(ref c41, v, b1);
                v = V.Broadcast((T*)(x + (5 * size)));
                V.Accumulate(ref c50, v, b0);
                V.Accumulate(ref c51, v, b1);
            }
            Join(c00, c01, c);
            Join(c10, c11, c += cStride);
            Join(c20, c21, c += cStride);
            Join(c30, c31, c += cStride);
            Join(c40, c41, c += cStride);
            Join(c50, c51, c += cStride);
            c += cStride;
        }
        if (rows >= 4)
        {
            V c00 = default, c01 = default, c10 = default, c11 = default, c20 = default, c21 = default, c30 = default, c31 = default;
            T* b = panel;
            byte* x = a;
            for (int p = steps; p > 0; p--, x += step)
            {
                V b0 = V.Load(b), b1 = V.Load(b + w);
                b += 2 * w;
                V v = V.Broadcast((T*)x);
                V.Accumulate(ref c00, v, b0);
                V.Accumulate(ref c01, v, b1);
                v = V.Broadcast((T*)(x + size));
                V.Accumulate(ref c10, v, b0);
                V.Accumulate(ref c11, v, b1);
                v = V.Broadcast((T*)(x + (2 * size)));
                V.Accumulate(ref c20, v, b0);
                V.Accumulate(ref c21, v, b1);
                v = V.Broadcast((T*)(x + (3 * size)));
                V.Accumulate(ref c30, v, b0);
                V.Accumulate(ref c31, v, b1);
            }
            Join(c00, c01, c);
            Join(c10, c11, c += cStride);
            Join(c20, c21, c += cStride);
            Join(c30, c31, c += cStride);
            c += cStride;
            rows -= 4;
            a += 4 * size;
        }
        if (rows > 0)
        {
            // One to three rows take the same time because of the latency of the sums, so missing rows repeat the first.
            V c00 = default, c01 = default, c10 = default, c11 = default, c20 = default, c21 = default;
            T* b = panel;
            byte* x = a;
            nint second = rows > 1 ? size : 0, third = rows > 2 ? 2 * size : 0;
            for (int p = steps; p > 0; p--, x += step)
            {
                V b0 = V.Load(b), b1 = V.Load(b + w);
                b += 2 * w;
                V v = V.Broadcast((T*)x);
                V.Accumulate(ref c00, v, b0);
                V.Accumulate(ref c01, v, b1);
                v = V.Broadcast((T*)(x + second));
                V.Accumulate(ref c10, v, b0);
                V.Accumulate(ref c11, v, b1);
                v = V.Broadcast((T*)(x + third));
                V.Accumulate(ref c20, v, b0);
                V.Accumulate(ref c21, v, b1);
            }
            Join(c00, c01, c);
            if (rows > 1)
                Join(c10, c11, c + cStride);
            if (rows > 2)
                Join(c20, c21, c + (2 * cStride));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Join(V left, V right, T* c)
    {
        (V.Load(c) + left).Store(c);
        (V.Load(c + V.Width) + right).Store(c + V.Width);
    }

    private struct Six
    {
#pragma warning disable CS0169, IDE0051 // only its size matters
        private readonly T _0, _1, _2, _3, _4, _5;
#pragma warning restore CS0169, IDE0051
    }

    /// <summary>The rows of an operand in a block, in place or packed.</summary>
    private readonly struct Block
    {
        private readonly GradientOperand<T> _operand;
        private readonly byte* _a;
        private readonly nint _strip;
        private readonly nint _step;
        private readonly int _skipped; // the number of zero rows at the beginning of the block
        private readonly int _steps;

        public Block(GradientOperand<T> operand, int firstRow, int steps, T* copy)
        {
            _operand = operand;
            _skipped = Math.Clamp(operand.FirstRow - firstRow, 0, steps);
            _steps = operand.Columns == 0 ? 0 : steps - _skipped;
            T* a = operand.A + ((firstRow + _skipped) * operand.Stride);
            if (copy is null || _steps == 0)
            {
                _a = (byte*)a;
                _strip = Strip * sizeof(T);
                _step = operand.Stride * sizeof(T);
                return;
            }
            CopyStrips(a, operand.Stride, operand.Columns, _steps, copy);
            _a = (byte*)copy;
            _strip = (nint)_steps * Strip * sizeof(T);
            _step = Strip * sizeof(T);
        }

        [SkipLocalsInit]
        public void Add(T* panel, int firstColumn, int columns)
        {
            if (_steps == 0)
                return;
            int width = Panels<V, T>.Width;
            panel += _skipped * width;
            T* c = _operand.Gradient + firstColumn;
            if (columns == width)
            {
                Tiles(_a, _strip, _step, panel, _steps, c, _operand.GradientStride, _operand.Columns);
                return;
            }

            // The last panel, if the gradient has fewer columns than it: six rows at a time, in a buffer.
            T* edge = stackalloc T[Strip * width];
            byte* a = _a;
            for (int i = 0; i < _operand.Columns; i += Strip, a += _strip, c += Strip * _operand.GradientStride)
            {
                int rows = Math.Min(Strip, _operand.Columns - i);
                PartialPanel<V, T>.Read(c, _operand.GradientStride, rows, columns, edge);
                Tiles(a, _strip, _step, panel, _steps, edge, width, rows);
                PartialPanel<V, T>.Write(edge, c, _operand.GradientStride, rows, columns);
            }
        }
    }
}
