using System.Numerics;
using System.Runtime.CompilerServices;

namespace Elman.Kernels;

/// <summary>
/// The innermost block of a triangular solve with many right-hand sides: <c>X = −U⁻ᵀ·X</c> in place, for a small U that is zero below its
/// diagonal. The minus sign is needed because the preceding products add, so the sign of the block is changed.
/// </summary>
/// <remarks>
/// Each element is one chain of fused multiply-adds down its column, then a division. Columns are processed four lanes at a time, so that
/// four chains hide the latency; the known rows of X stay in the first-level cache.
/// </remarks>
internal static unsafe class TriangleSolve<V, T>
    where V : unmanaged, ILane<V, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int MostRows = 32;

    /// <summary>Computes <c>X = −U⁻ᵀ·X</c>.</summary>
    /// <param name="u">U <c>[rows, rows]</c>.</param>
    /// <param name="uStride">The distance from one row of U to the next.</param>
    /// <param name="rows">The number of rows of U and of X, at most 32.</param>
    /// <param name="x">X <c>[rows, columns]</c>.</param>
    /// <param name="xStride">The distance from one row of X to the next.</param>
    /// <param name="columns">The number of columns of X.</param>
    [SkipLocalsInit]
    public static void Negated(T* u, nint uStride, int rows, T* x, nint xStride, int columns)
    {
        int w = V.Width;
        for (; columns >= 4 * w; columns -= 4 * w, x += 4 * w)
            FourLanes(u, uStride, rows, x, xStride);
        for (; columns >= w; columns -= w, x += w)
            OneLane(u, uStride, rows, x, xStride);
        if (columns == 0)
            return;
        T* edge = stackalloc T[MostRows * w];
        for (int i = 0; i < rows; i++)
            for (int j = 0; j < w; j++)
                edge[(i * w) + j] = j < columns ? x[(i * xStride) + j] : T.Zero;
        OneLane(u, uStride, rows, edge, w);
        for (int i = 0; i < rows; i++)
            for (int j = 0; j < columns; j++)
                x[(i * xStride) + j] = edge[(i * w) + j];
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void FourLanes(T* u, nint uStride, int rows, T* x, nint xStride)
    {
        int w = V.Width;
        T* target = x;
        for (int i = 0; i < rows; i++, target += xStride)
        {
            V s0 = V.Load(target), s1 = V.Load(target + w), s2 = V.Load(target + (2 * w)), s3 = V.Load(target + (3 * w));
            T* known = x, factor = u + i;
            for (int p = i; p > 0; p--, known += xStride, factor += uStride)
            {
                V f = V.Broadcast(factor);
                V.Accumulate(ref s0, f, V.Load(known));
                V.Accumulate(ref s1, f, V.Load(known + w));
                V.Accumulate(ref s2, f, V.Load(known + (2 * w)));
                V.Accumulate(ref s3, f, V.Load(known + (3 * w)));
            }
            V pivot = -V.Broadcast(factor);
            (s0 / pivot).Store(target);
            (s1 / pivot).Store(target + w);
            (s2 / pivot).Store(target + (2 * w));
            (s3 / pivot).Store(target + (3 * w));
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void OneLane(T* u, nint uStride, int rows, T* x, nint xStride)
    {
        T* target = x;
        for (int i = 0; i < rows; i++, target += xStride)
        {
            V sum = V.Load(target);
            T* known = x, factor = u + i;
            for (int p = i; p > 0; p--, known += xStride, factor += uStride)
                V.Accumulate(ref sum, V.Broadcast(factor), V.Load(known));
            (sum / -V.Broadcast(factor)).Store(target);
        }
    }
}
