using System.Numerics;
using System.Runtime.CompilerServices;

namespace Elman.Kernels;

/// <summary>
/// The part of <see cref="RowProduct{V, T}"/> for one to three rows, such as a single stream:
/// several panels at a time instead of many rows.
/// </summary>
/// <remarks>
/// With few rows a tile of one panel has too few sums to hide the latency of the multiply-add. So three rows use two panels, two rows two,
/// and one row four: twelve and eight sums. An element's sum is the same chain as in any other tile.
/// </remarks>
internal static unsafe class FewRows<V, T>
    where V : unmanaged, ILane<V, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Computes <c>C = addend + A·B</c> for one to three rows.</summary>
    /// <param name="a">A <c>[rows, k]</c>.</param>
    /// <param name="packed">The first panel of B.</param>
    /// <param name="panelSize">The distance from one panel to the next.</param>
    /// <param name="addend">The first row of the addend.</param>
    /// <param name="addendStride">The distance from one row of the addend to the next.</param>
    /// <param name="c">C <c>[rows, n]</c>.</param>
    /// <param name="cStride">The distance from one row of C to the next.</param>
    /// <param name="rows">The number of rows of A and C: one to three.</param>
    /// <param name="n">The number of columns of C, in whole panels.</param>
    public static void Multiply(
        RowOperand<T> a, T* packed, nint panelSize, T* addend, nint addendStride, T* c, nint cStride, int rows, int n)
    {
        int width = Panels<V, T>.Width, j = 0;
        int atATime = rows == 1 ? 4 : 2;
        for (; n - j >= atATime * width; j += atATime * width, packed += atATime * panelSize)
        {
            if (rows == 3)
                Three(a, packed, packed + panelSize, addend + j, addendStride, c + j, cStride);
            else if (rows == 2)
                Two(a, packed, packed + panelSize, addend + j, addendStride, c + j, cStride);
            else
                One(a, packed, panelSize, addend + j, c + j);
        }
        for (; j < n; j += width, packed += panelSize)
            for (int r = 0; r < rows; r++)
                Single(a.From(r), packed, addend + (r * addendStride) + j, c + (r * cStride) + j);
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Three(RowOperand<T> a, T* left, T* right, T* addend, nint addendStride, T* c, nint cStride)
    {
        int w = V.Width;
        T* end = left + ((nint)a.Columns * 2 * w);
        V c00 = V.Load(addend), c01 = V.Load(addend + w), c02 = V.Load(addend + (2 * w)), c03 = V.Load(addend + (3 * w));
        V c10 = V.Load(addend += addendStride), c11 = V.Load(addend + w), c12 = V.Load(addend + (2 * w)), c13 = V.Load(addend + (3 * w));
        V c20 = V.Load(addend += addendStride), c21 = V.Load(addend + w), c22 = V.Load(addend + (2 * w)), c23 = V.Load(addend + (3 * w));
        T* a0 = a.First;
        nint stride = a.FirstStride;
        int steps = a.FirstColumns;
        while (true)
        {
            for (; steps > 0; steps--, a0++)
            {
                V x = V.Broadcast(a0), y = V.Broadcast(a0 + stride), z = V.Broadcast(a0 + (2 * stride));
                V b = V.Load(left);
                V.Accumulate(ref c00, x, b);
                V.Accumulate(ref c10, y, b);
                V.Accumulate(ref c20, z, b);
                b = V.Load(left + w);
                V.Accumulate(ref c01, x, b);
                V.Accumulate(ref c11, y, b);
                V.Accumulate(ref c21, z, b);
                left += 2 * w;
                b = V.Load(right);
                V.Accumulate(ref c02, x, b);
                V.Accumulate(ref c12, y, b);
                V.Accumulate(ref c22, z, b);
                b = V.Load(right + w);
                V.Accumulate(ref c03, x, b);
                V.Accumulate(ref c13, y, b);
                V.Accumulate(ref c23, z, b);
                right += 2 * w;
            }
            if (left >= end)
                break;
            a0 = a.Second;
            stride = a.SecondStride;
            steps = a.SecondColumns;
        }
        Store(c00, c01, c02, c03, c);
        Store(c10, c11, c12, c13, c += cStride);
        Store(c20, c21, c22, c23, c + cStride);
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Two(RowOperand<T> a, T* left, T* right, T* addend, nint addendStride, T* c, nint cStride)
    {
        int w = V.Width;
        T* end = left + ((nint)a.Columns * 2 * w);
        V c00 = V.Load(addend), c01 = V.Load(addend + w), c02 = V.Load(addend + (2 * w)), c03 = V.Load(addend + (3 * w));
        V c10 = V.Load(addend += addendStride), c11 = V.Load(addend + w), c12 = V.Load(addend + (2 * w)), c13 = V.Load(addend + (3 * w));
        T* a0 = a.First;
        nint stride = a.FirstStride;
        int steps = a.FirstColumns;
        while (true)
        {
            for (; steps > 0; steps--, a0++)
            {
                V x = V.Broadcast(a0), y = V.Broadcast(a0 + stride);
                V b = V.Load(left);
                V.Accumulate(ref c00, x, b);
                V.Accumulate(ref c10, y, b);
                b = V.Load(left + w);
                V.Accumulate(ref c01, x, b);
                V.Accumulate(ref c11, y, b);
                left += 2 * w;
                b = V.Load(right);
                V.Accumulate(ref c02, x, b);
                V.Accumulate(ref c12, y, b);
                b = V.Load(right + w);
                V.Accumulate(ref c03, x, b);
                V.Accumulate(ref c13, y, b);
                right += 2 * w;
            }
            if (left >= end)
                break;
            a0 = a.Second;
            stride = a.SecondStride;
            steps = a.SecondColumns;
        }
        Store(c00, c01, c02, c03, c);
        Store(c10, c11, c12, c13, c + cStride);
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void One(RowOperand<T> a, T* b, nint panelSize, T* addend, T* c)
    {
        int w = V.Width;
        T* end = b + ((nint)a.Columns * 2 * w), b2 = b + (2 * panelSize);
        V c0 = V.Load(addend), c1 = V.Load(addend + w), c2 = V.Load(addend + (2 * w)), c3 = V.Load(addend + (3 * w));
        V c4 = V.Load(addend + (4 * w)), c5 = V.Load(addend + (5 * w)), c6 = V.Load(addend + (6 * w)), c7 = V.Load(addend + (7 * w));
        T* a0 = a.First;
        int steps = a.FirstColumns;
        while (true)
        {
            for (; steps > 0; steps--, a0++)
            {
                V x = V.Broadcast(a0);
                V.Accumulate(ref c0, x, V.Load(b));
                V.Accumulate(ref c1, x, V.Load(b + w));
                V.Accumulate(ref c2, x, V.Load(b + panelSize));
                V.Accumulate(ref c3, x, V.Load(b + panelSize + w));
                b += 2 * w;
                V.Accumulate(ref c4, x, V.Load(b2));
                V.Accumulate(ref c5, x, V.Load(b2 + w));
                V.Accumulate(ref c6, x, V.Load(b2 + panelSize));
                V.Accumulate(ref c7, x, V.Load(b2 + panelSize + w));
                b2 += 2 * w;
            }
            if (b >= end)
                break;
            a0 = a.Second;
            steps = a.SecondColumns;
        }
        Store(c0, c1, c2, c3, c);
        Store(c4, c5, c6, c7, c + (4 * w));
    }

    /// <summary>Processes one row with one panel: the remainder.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Single(RowOperand<T> a, T* b, T* addend, T* c)
    {
        int w = V.Width;
        T* end = b + ((nint)a.Columns * 2 * w);
        V c0 = V.Load(addend), c1 = V.Load(addend + w);
        T* a0 = a.First;
        int steps = a.FirstColumns;
        while (true)
        {
            for (; steps > 0; steps--, a0++)
            {
                V x = V.Broadcast(a0);
                V.Accumulate(ref c0, x, V.Load(b));
                V.Accumulate(ref c1, x, V.Load(b + w));
                b += 2 * w;
            }
            if (b >= end)
                break;
            a0 = a.Second;
            steps = a.SecondColumns;
        }
        c0.Store(c);
        c1.Store(c + w);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(V c0, V c1, V c2, V c3, T* c)
    {
        c0.Store(c);
        c1.Store(c + V.Width);
        c2.Store(c + (2 * V.Width));
        c3.Store(c + (3 * V.Width));
    }
}
