using System.Numerics;
using System.Runtime.CompilerServices;

namespace Elman.Kernels;

/// <summary>How the right-hand side of a product is laid out for the tile, and the copying into that layout.</summary>
/// <remarks>
/// <para>
/// B [k, n] is cut into blocks of <see cref="Gemm.BlockSteps"/> rows, each block into panels of 2·Width columns. A panel is
/// contiguous, <c>[steps, 2·Width]</c>, in the order in which the tile reads it; columns past n are zero. A block's panels
/// follow each other, so block q begins at <c>q·BlockSteps·paddedColumns</c> and panel j of it <c>j·2·Width·steps</c> further on.
/// </para>
/// <para>
/// The block size is part of the arithmetic, since each block's sum is rounded before the next is added: it is the same
/// for every lane, and never tuned to a machine.
/// </para>
/// </remarks>
internal static unsafe class Panels<V, T>
    where V : unmanaged, ILane<V, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Columns of a panel.</summary>
    public static int Width
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => 2 * V.Width;
    }

    /// <summary>Columns including the zeros that fill the last panel.</summary>
    public static int Pad(int columns) => (columns + Width - 1) / Width * Width;

    /// <summary>Packs all of B, given row by row.</summary>
    /// <param name="b">B <c>[k, n]</c>.</param>
    /// <param name="stride">From one row of B to the next.</param>
    /// <param name="k">Rows of B.</param>
    /// <param name="n">Columns of B.</param>
    /// <param name="packed">Room for k·Pad(n) numbers.</param>
    public static void Pack(T* b, nint stride, int k, int n, T* packed)
    {
        int width = Width, padded = Pad(n);
        for (int first = 0; first < k; first += Gemm.BlockSteps)
        {
            int steps = Math.Min(Gemm.BlockSteps, k - first);
            T* panel = packed + ((nint)first * padded);
            for (int j = 0; j < n; j += width, panel += (nint)steps * width)
                PackPanel(b + (first * stride) + j, stride, steps, Math.Min(width, n - j), panel);
        }
    }

    /// <summary>Packs B <c>[k, n]</c>, given as its transpose.</summary>
    /// <param name="b">Bᵀ <c>[n, k]</c>.</param>
    /// <param name="stride">From one row of the given matrix to the next.</param>
    /// <param name="k">Rows of B.</param>
    /// <param name="n">Columns of B.</param>
    /// <param name="packed">Room for k·Pad(n) numbers.</param>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void PackTransposed(T* b, nint stride, int k, int n, T* packed)
    {
        int width = Width, padded = Pad(n);
        for (int first = 0; first < k; first += Gemm.BlockSteps)
        {
            int steps = Math.Min(Gemm.BlockSteps, k - first);
            T* panel = packed + ((nint)first * padded);
            for (int j = 0; j < n; j += width, panel += (nint)steps * width)
            {
                int columns = Math.Min(width, n - j);
                for (int column = 0; column < width; column++)
                {
                    T* source = b + ((j + column) * stride) + first;
                    T* target = panel + column;
                    if (column < columns)
                        for (int p = 0; p < steps; p++, target += width)
                            *target = source[p];
                    else
                        for (int p = 0; p < steps; p++, target += width)
                            *target = T.Zero;
                }
            }
        }
    }

    /// <summary>Packs some rows of one panel.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void PackPanel(T* b, nint stride, int steps, int columns, T* panel)
    {
        int w = V.Width;
        if (columns == 2 * w)
        {
            for (int p = 0; p < steps; p++, b += stride, panel += 2 * w)
            {
                V.Load(b).Store(panel);
                V.Load(b + w).Store(panel + w);
            }
            return;
        }
        for (int p = 0; p < steps; p++, b += stride, panel += 2 * w)
        {
            for (int j = 0; j < columns; j++)
                panel[j] = b[j];
            for (int j = columns; j < 2 * w; j++)
                panel[j] = T.Zero;
        }
    }
}
