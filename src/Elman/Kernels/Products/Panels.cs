using System.Numerics;
using System.Runtime.CompilerServices;

namespace Elman.Kernels;

/// <summary>The memory layout of the right-hand side of a product, and the packing into it.</summary>
/// <remarks>
/// B [k, n] is divided into panels of 2·Width columns. A panel is contiguous, <c>[k, 2·Width]</c>, in the order in which a tile reads it.
/// Panels are consecutive; columns from n on are zero. Vertically stacked matrices are packed one after the other into the same panels.
/// </remarks>
internal static unsafe class Panels<V, T>
    where V : unmanaged, ILane<V, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The number of columns of a panel.</summary>
    public static int Width
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => 2 * V.Width;
    }

    /// <summary>Packs a matrix that is given in row-major order.</summary>
    /// <param name="b">B <c>[k, n]</c>.</param>
    /// <param name="stride">The distance between rows of B.</param>
    /// <param name="k">The number of rows of B.</param>
    /// <param name="n">The number of columns of B.</param>
    /// <param name="packed">The position of B's first row in the first panel.</param>
    /// <param name="panelRows">The number of rows of a whole panel: k, or more if other matrices are above or below.</param>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Pack(T* b, nint stride, int k, int n, T* packed, int panelRows)
    {
        for (int j = 0; j < n; j += Width, packed += (nint)panelRows * Width)
        {
            T* source = b + j, target = packed;
            int columns = Math.Min(Width, n - j);
            if (columns == Width)
            {
                for (int p = 0; p < k; p++, source += stride, target += Width)
                {
                    V.Load(source).Store(target);
                    V.Load(source + V.Width).Store(target + V.Width);
                }
                continue;
            }
            for (int p = 0; p < k; p++, source += stride, target += Width)
            {
                for (int c = 0; c < columns; c++)
                    target[c] = source[c];
                for (int c = columns; c < Width; c++)
                    target[c] = T.Zero;
            }
        }
    }

    /// <summary>Packs some columns into half a panel; unused columns are not changed.</summary>
    /// <param name="b">The first of the columns, <c>[k, columns]</c>.</param>
    /// <param name="stride">The distance between their rows.</param>
    /// <param name="k">The number of rows.</param>
    /// <param name="columns">The number of columns, at most a lane.</param>
    /// <param name="target">The half of the panel, at the first row.</param>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void PackLane(T* b, nint stride, int k, int columns, T* target)
    {
        for (int p = 0; p < k; p++, b += stride, target += Width)
        {
            if (columns == V.Width)
                V.Load(b).Store(target);
            else
                for (int c = 0; c < columns; c++)
                    target[c] = b[c];
        }
    }

    /// <summary>Packs B <c>[k, n]</c>, given as its transpose.</summary>
    /// <param name="b">Bᵀ <c>[n, k]</c>.</param>
    /// <param name="stride">The distance between rows of the given matrix.</param>
    /// <param name="k">The number of rows of B.</param>
    /// <param name="n">The number of columns of B.</param>
    /// <param name="packed">The position of B's first row in the first panel.</param>
    /// <param name="panelRows">The number of rows of a whole panel: k, or more if other matrices are above or below.</param>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void PackTransposed(T* b, nint stride, int k, int n, T* packed, int panelRows)
    {
        // A few rows of B at a time, so that the part of the panel that is written stays in the first-level cache.
        const int RowsAtATime = 64;
        for (int j = 0; j < n; j += Width, packed += (nint)panelRows * Width)
        {
            int columns = Math.Min(Width, n - j);
            for (int first = 0; first < k; first += RowsAtATime)
            {
                int end = Math.Min(first + RowsAtATime, k);
                for (int c = 0; c < Width; c++)
                {
                    T* source = b + ((j + c) * stride), target = packed + ((nint)first * Width) + c;
                    if (c < columns)
                        for (int p = first; p < end; p++, target += Width)
                            *target = source[p];
                    else
                        for (int p = first; p < end; p++, target += Width)
                            *target = T.Zero;
                }
            }
        }
    }
}
