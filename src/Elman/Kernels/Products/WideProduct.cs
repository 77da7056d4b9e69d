using System.Numerics;
using System.Runtime.CompilerServices;

namespace Elman.Kernels;

/// <summary>
/// Computes <c>C = addend + A·B</c> for a long k and few columns, where <see cref="RowProduct{V, T}"/> would be limited by the latency of
/// one chain of multiply-adds. <see cref="PlainProduct{T}.MultiplyWide"/> is the same as plain loops.
/// </summary>
/// <remarks>
/// <para>
/// Each element of C is the sum of 64 chains of fused multiply-adds that start with zero (see <see cref="WideRows.Chains"/>). They are
/// summed by a binary tree: chain j and chain j + 32, then j and j + 16, 8, 4, 2, 1; the addend is last. After k, both factors are padded
/// with zeros up to the next multiple of 64. So the bits do not depend on the lane or on the rows and columns of a tile. They differ from
/// those of <see cref="RowProduct{V, T}"/>.
/// </para>
/// <para>
/// The weights do not fit the first-level cache. So k is processed in blocks: a block of A's rows stays in the cache for all columns, and
/// the chains are in memory until the next block. The speed is then limited by one pass over the weights.
/// </para>
/// </remarks>
internal static unsafe class WideProduct<V, T>
    where V : unmanaged, ILane<V, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The number of rows of a tile, and of columns whose chains are in memory at the same time.</summary>
    private const int TileRows = 3, ColumnsTogether = 8;

    /// <summary>The number of steps of all chains for a row before the next column.</summary>
    private const int BlockSteps = 16;

    /// <summary>Computes <c>C = addend + A·B</c>.</summary>
    /// <param name="a">A <c>[m, k]</c>.</param>
    /// <param name="aStride">The distance from one row of A to the next.</param>
    /// <param name="k">The number of columns of A.</param>
    /// <param name="packed">B <c>[k, n]</c>, in the layout of <see cref="WideRows.Pack"/>.</param>
    /// <param name="addend">A row of n numbers, added to each row.</param>
    /// <param name="c">C <c>[m, n]</c>.</param>
    /// <param name="cStride">The distance from one row of C to the next.</param>
    /// <param name="m">The number of rows of A and C.</param>
    /// <param name="n">The number of columns of B and C.</param>
    [SkipLocalsInit] // only the used part of the buffer is cleared
    public static void Multiply(T* a, nint aStride, int k, T* packed, T* addend, T* c, nint cStride, int m, int n)
    {
        const int Numbers = (TileRows * (ColumnsTogether + 1)) * WideRows.Chains, Line = NativeBuffer<T>.Alignment;
        byte* room = stackalloc byte[(Numbers * sizeof(T)) + Line];
        // Aligned, so that no store crosses a cache line.
        T* tails = (T*)(((nint)room + Line - 1) / Line * Line), sums = tails + (TileRows * WideRows.Chains);
        nint padded = WideRows.Pad(k);
        for (int j = 0; j < n; j += ColumnsTogether)
        {
            int columns = Math.Min(ColumnsTogether, n - j);
            for (int i = 0, rows; i < m; i += rows)
            {
                rows = m - i >= TileRows ? TileRows : 1;
                new Span<T>(sums, rows * columns * WideRows.Chains).Clear();
                Rows(a + (i * aStride), aStride, rows, k, packed + (j * padded), padded, columns, tails, sums);
                WideChains<V, T>.Join(sums, rows, columns, addend + j, c + (i * cStride) + j, cStride);
            }
        }
    }

    /// <summary>Processes one or three rows over all of k, with a range of columns.</summary>
    private static void Rows(T* a, nint aStride, int rows, int k, T* packed, nint padded, int columns, T* tails, T* sums)
    {
        int whole = k / WideRows.Chains, rest = k % WideRows.Chains;
        for (int step = 0; step < whole; step += BlockSteps)
        {
            nint first = (nint)step * WideRows.Chains;
            Columns(a + first, aStride, rows, packed + first, padded, columns, Math.Min(BlockSteps, whole - step), sums);
        }
        if (rest == 0)
            return;
        for (int r = 0; r < rows; r++)
        {
            var tail = new Span<T>(tails + (r * WideRows.Chains), WideRows.Chains);
            new ReadOnlySpan<T>(a + (r * aStride) + k - rest, rest).CopyTo(tail);
            tail[rest..].Clear();
        }
        Columns(tails, WideRows.Chains, rows, packed + k - rest, padded, columns, 1, sums);
    }

    /// <summary>Processes one or three rows over a range of steps of all chains, with a range of columns.</summary>
    private static void Columns(T* a, nint aStride, int rows, T* packed, nint padded, int columns, int steps, T* sums)
    {
        int j = 0;
        for (; j + 2 <= columns; j += 2, packed += 2 * padded, sums += 2 * rows * WideRows.Chains)
        {
            if (rows == 1)
                WideChains<V, T>.OneUnderTwo(a, packed, padded, steps, sums);
            else
                WideChains<V, T>.ThreeUnderTwo(a, aStride, packed, padded, steps, sums);
        }
        for (int r = 0; r < rows && j < columns; r++)
            WideChains<V, T>.OneUnderOne(a + (r * aStride), packed, steps, sums + (r * WideRows.Chains));
    }
}
