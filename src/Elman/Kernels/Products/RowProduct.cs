using System.Numerics;
using System.Runtime.CompilerServices;

namespace Elman.Kernels;

/// <summary>
/// The product of all passes over time: <c>C = addend + A·B</c>, with packed B.
/// <see cref="PlainProduct{T}.Multiply"/> is the same as plain loops.
/// </summary>
/// <remarks>
/// <para>
/// Each element of C is one chain of fused multiply-adds over k, starting with the addend: first A's left matrix, then its right one. So
/// the bits do not depend on the rows of a tile, on the width of a lane, or on whether a product is computed in one call or first for the
/// left matrix and then for the right one with C as the addend.
/// </para>
/// <para>
/// A tile is six rows by the two lanes of a panel: twelve accumulators, which with two lanes of B and one broadcast number of A fill the
/// sixteen registers of AVX2, and which hide the latency of the multiply-add. The remaining rows are processed four at a time, and the last
/// one to three by <see cref="FewRows{V, T}"/>. Accumulators are named locals: an array would be in memory.
/// </para>
/// </remarks>
internal static unsafe class RowProduct<V, T>
    where V : unmanaged, ILane<V, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The number of rows of A that are processed with a panel before the next panel, so that they stay in the second-level
    /// cache.</summary>
    private const int BlockRows = 96;

    /// <summary>Computes <c>C = addend + A·B</c>.</summary>
    /// <param name="a">A <c>[m, k]</c>.</param>
    /// <param name="packed">B <c>[k, n]</c>, in the layout of <see cref="Panels{V, T}"/>; if the panels have more rows, at the first row of
    /// B.</param>
    /// <param name="panelRows">The number of rows of a panel, at least k.</param>
    /// <param name="addend">The addend of the product: C itself, a bias row (stride 0), or a row of zeros (stride 0).</param>
    /// <param name="addendStride">The distance from one row of the addend to the next.</param>
    /// <param name="c">C <c>[m, n]</c>.</param>
    /// <param name="cStride">The distance from one row of C to the next.</param>
    /// <param name="m">The number of rows of A and C.</param>
    /// <param name="n">The number of columns of B and C.</param>
    public static void Multiply(RowOperand<T> a, T* packed, int panelRows, T* addend, nint addendStride, T* c, nint cStride, int m, int n)
    {
        int width = Panels<V, T>.Width, whole = n / width * width;
        nint panelSize = (nint)panelRows * width;
        for (int i = 0; i < m; i += BlockRows, addend += BlockRows * addendStride, c += BlockRows * cStride)
        {
            int rows = Math.Min(BlockRows, m - i), few = Few(rows);
            RowOperand<T> block = a.From(i);
            T* panel = packed;
            if (rows > few)
                for (int j = 0; j < whole; j += width, panel += panelSize)
                    Tiles(block, panel, addend + j, addendStride, c + j, cStride, rows - few);
            if (few > 0)
                FewRows<V, T>.Multiply(block.From(rows - few), packed, panelSize, addend + ((rows - few) * addendStride), addendStride,
                    c + ((rows - few) * cStride), cStride, few, whole);
            if (whole < n)
                Edge(block, packed + (whole / width * panelSize), addend + whole, addendStride, c + whole, cStride, rows, few, n - whole);
        }
    }

    /// <summary>
    /// Returns the number of rows for <see cref="FewRows{V, T}"/>: none if the number is a sum of sixes and fours, otherwise one to three.
    /// </summary>
    private static int Few(int rows) => (rows % 6) switch
    {
        1 => rows > 1 ? 3 : 1,
        2 => rows > 2 ? 0 : 2,
        3 => 3,
        5 => rows > 5 ? 3 : 1,
        _ => 0,
    };

    /// <summary>Processes the last panel, if C has fewer columns than it, with a buffer in place of C.</summary>
    [SkipLocalsInit] // clearing the whole buffer would take longer than a small product
    private static void Edge(RowOperand<T> a, T* panel, T* addend, nint addendStride, T* c, nint cStride, int rows, int few, int columns)
    {
        int width = Panels<V, T>.Width;
        T* edge = stackalloc T[BlockRows * width], last = edge + ((rows - few) * width);
        PartialPanel<V, T>.Read(addend, addendStride, rows, columns, edge);
        if (rows > few)
            Tiles(a, panel, edge, width, edge, width, rows - few);
        if (few > 0)
            FewRows<V, T>.Multiply(a.From(rows - few), panel, 0, last, width, last, width, few, width);
        PartialPanel<V, T>.Write(edge, c, cStride, rows, columns);
    }

    /// <summary>
    /// Processes one panel for a number of rows that is a sum of sixes and fours. Eight rows are two fours, since a tile of two rows would
    /// be limited by latency.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Tiles(RowOperand<T> a, T* panel, T* addend, nint addendStride, T* c, nint cStride, int rows)
    {
        int w = V.Width;
        T* end = panel + ((nint)a.Columns * 2 * w);

        // Strides in bytes: x86 addresses [base + stride] and [base + 2·stride] without extra cost.
        byte* first = (byte*)a.First, second = (byte*)a.Second;
        nint firstStride = a.FirstStride * sizeof(T), secondStride = a.SecondStride * sizeof(T);
        for (; rows >= 6 && rows != 8; rows -= 6)
        {
            V c00 = V.Load(addend), c01 = V.Load(addend + w);
            V c10 = V.Load(addend += addendStride), c11 = V.Load(addend + w);
            V c20 = V.Load(addend += addendStride), c21 = V.Load(addend + w);
            V c30 = V.Load(addend += addendStride), c31 = V.Load(addend + w);
            V c40 = V.Load(addend += addendStride), c41 = V.Load(addend + w);
            V c50 = V.Load(addend += addendStride), c51 = V.Load(addend + w);
            addend += addendStride;

            T* b = panel;
            byte* a0 = first;
            nint stride = firstStride;
            int steps = a.FirstColumns;
            while (true)
            {
                byte* a3 = a0 + (3 * stride);
                for (; steps > 0; steps--)
                {
                    V b0 = V.Load(b), b1 = V.Load(b + w);
                    b += 2 * w;
                    V x = V.Broadcast((T*)a0);
                    V.Accumulate(ref c00, x, b0);
                    V.Accumulate(ref c01, x, b1);
                    x = V.Broadcast((T*)(a0 + stride));
                    V.Accumulate(ref c10, x, b0);
                    V.Accumulate(ref c11, x, b1);
                    x = V.Broadcast((T*)(a0 + (2 * stride)));
                    V.Accumulate(ref c20, x, b0);
                    V.Accumulate(ref c21, x, b1);
                    a0 += sizeof(T);
                    x = V.Broadcast((T*)a3);
                    V.Accumulate(ref c30, x, b0);
                    V.Accumulate(ref c31, x, b1);
                    x = V.Broadcast((T*)(a3 + stride));
                    V.Accumulate(ref c40, x, b0);
                    V.Accumulate(ref c41, x, b1);
                    x = V.Broadcast((T*)(a3 + (2 * stride)));
                    V.Accumulate(ref c50, x, b0);
                    V.Accumulate(ref c51, x, b1);
                    a3 += sizeof(T);
                }
                if (b >= end)
                    break;
                a0 = second;
                stride = secondStride;
                steps = a.SecondColumns;
            }
            first += 6 * firstStride;
            second += 6 * secondStride;

            Store(c00, c01, c);
            Store(c10, c11, c += cStride);
            Store(c20, c21, c += cStride);
            Store(c30, c31, c += cStride);
            Store(c40, c41, c += cStride);
            Store(c50, c51, c += cStride);
            c += cStride;
        }
        for (; rows > 0; rows -= 4)
        {
            V c00 = V.Load(addend), c01 = V.Load(addend + w);
            V c10 = V.Load(addend += addendStride), c11 = V.Load(addend + w);
            V c20 = V.Load(addend += addendStride), c21 = V.Load(addend + w);
            V c30 = V.Load(addend += addendStride), c31 = V.Load(addend + w);
            addend += addendStride;

            T* b = panel;
            byte* a0 = first;
            nint stride = firstStride;
            int steps = a.FirstColumns;
            while (true)
            {
                byte* a2 = a0 + (2 * stride);
                for (; steps > 0; steps--)
                {
                    V b0 = V.Load(b), b1 = V.Load(b + w);
                    b += 2 * w;
                    V x = V.Broadcast((T*)a0);
                    V.Accumulate(ref c00, x, b0);
                    V.Accumulate(ref c01, x, b1);
                    x = V.Broadcast((T*)(a0 + stride));
                    V.Accumulate(ref c10, x, b0);
                    V.Accumulate(ref c11, x, b1);
                    a0 += sizeof(T);
                    x = V.Broadcast((T*)a2);
                    V.Accumulate(ref c20, x, b0);
                    V.Accumulate(ref c21, x, b1);
                    x = V.Broadcast((T*)(a2 + stride));
                    V.Accumulate(ref c30, x, b0);
                    V.Accumulate(ref c31, x, b1);
                    a2 += sizeof(T);
                }
                if (b >= end)
                    break;
                a0 = second;
                stride = secondStride;
                steps = a.SecondColumns;
            }
            first += 4 * firstStride;
            second += 4 * secondStride;

            Store(c00, c01, c);
            Store(c10, c11, c += cStride);
            Store(c20, c21, c += cStride);
            Store(c30, c31, c += cStride);
            c += cStride;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(V left, V right, T* c)
    {
        left.Store(c);
        right.Store(c + V.Width);
    }
}
