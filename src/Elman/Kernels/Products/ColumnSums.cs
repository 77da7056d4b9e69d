using System.Numerics;
using System.Runtime.CompilerServices;

namespace Elman.Kernels;

/// <summary>Sums down the columns of a matrix: the gradient of a bias.</summary>
internal static unsafe class ColumnSums<V, T>
    where V : unmanaged, ILane<V, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary><c>c[j] += Σ_p b[p,j]</c>, p ascending, in the same blocks of rows as the products (<see cref="Gemm.BlockSteps"/>).</summary>
    /// <param name="b">B <c>[k, n]</c>.</param>
    /// <param name="stride">From one row of B to the next.</param>
    /// <param name="k">Rows of B.</param>
    /// <param name="firstColumn">The first column that is meant.</param>
    /// <param name="endColumn">The column after the last.</param>
    /// <param name="c">The sums <c>[n]</c>, added to.</param>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Add(T* b, nint stride, int k, int firstColumn, int endColumn, T* c)
    {
        for (int first = 0; first < k; first += Gemm.BlockSteps)
        {
            int steps = Math.Min(Gemm.BlockSteps, k - first);
            T* block = b + (first * stride);
            int j = firstColumn;
            for (; j + V.Width <= endColumn; j += V.Width)
                Column<V>(block + j, stride, steps, c + j);
            for (; j < endColumn; j++)
                Column<ScalarLane<T>>(block + j, stride, steps, c + j);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Column<L>(T* b, nint stride, int steps, T* c)
        where L : unmanaged, ILane<L, T>
    {
        L sum = default;
        for (int p = 0; p < steps; p++, b += stride)
            sum += L.Load(b);
        (L.Load(c) + sum).Store(c);
    }
}
