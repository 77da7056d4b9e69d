using System.Numerics;
using System.Runtime.CompilerServices;
using Elman.Kernels;

namespace Elman.Linear;

/// <summary>Mixes a block of neighbouring units: <c>y_k = Σ_j z_j·M_jk</c>, one chain of multiply-adds over j, from 0.</summary>
internal abstract unsafe class MixPass<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The number of units of a block: a multiple of the size of any lane.</summary>
    public const int BlockSize = 16;

    /// <summary>Mixes some rows.</summary>
    /// <param name="z">The outputs of the block's units, <c>[rows, …]</c>.</param>
    /// <param name="zStride">The distance from one row to the next.</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="weights">M, <c>[<see cref="BlockSize"/>, <see cref="BlockSize"/>]</c>.</param>
    /// <param name="units">The number of units of the block: the rows of M to use.</param>
    /// <param name="columns">The number of outputs of a row: the columns of M to use.</param>
    /// <param name="y">Receives the mixed outputs, <c>[rows, …]</c>.</param>
    /// <param name="yStride">The distance from one row to the next.</param>
    public abstract void Run(T* z, nint zStride, int rows, T* weights, int units, int columns, T* y, nint yStride);

    /// <summary>The pass at the lane of a kernel set.</summary>
    public static MixPass<T> For(KernelSet<T> kernels) => kernels.Accept<Visitor, MixPass<T>>(default);

    private readonly struct Visitor : ILaneVisitor<T, MixPass<T>>
    {
        public MixPass<T> Visit<V>()
            where V : unmanaged, ILane<V, T> => new Pass<V>();
    }

    private sealed class Pass<V> : MixPass<T>
        where V : unmanaged, ILane<V, T>
    {
        [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
        public override void Run(T* z, nint zStride, int rows, T* weights, int units, int columns, T* y, nint yStride)
        {
            nint k = 0;
            for (; k + V.Width <= columns; k += V.Width)
                Run<V>(z, zStride, rows, weights + k, units, y + k, yStride);
            for (; k < columns; k++)
                Run<ScalarLane<T>>(z, zStride, rows, weights + k, units, y + k, yStride);
        }

        /// <summary>Processes four rows together, so that a row of M is read once for them and their chains overlap.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static void Run<L>(T* z, nint zStride, int rows, T* weights, int units, T* y, nint yStride)
            where L : unmanaged, ILane<L, T>
        {
            T* end = weights + (units * BlockSize);
            for (; rows >= 4; rows -= 4, z += 4 * zStride, y += 4 * yStride)
            {
                L a = L.Constant(0), b = a, c = a, d = a;
                T* unit = z;
                for (T* w = weights; w < end; w += BlockSize, unit++)
                {
                    L weight = L.Load(w);
                    L.Accumulate(ref a, L.Broadcast(unit), weight);
                    L.Accumulate(ref b, L.Broadcast(unit + zStride), weight);
                    L.Accumulate(ref c, L.Broadcast(unit + (2 * zStride)), weight);
                    L.Accumulate(ref d, L.Broadcast(unit + (3 * zStride)), weight);
                }
                a.Store(y);
                b.Store(y + yStride);
                c.Store(y + (2 * yStride));
                d.Store(y + (3 * yStride));
            }
            for (; rows > 0; rows--, z += zStride, y += yStride)
            {
                L sum = L.Constant(0);
                T* unit = z;
                for (T* w = weights; w < end; w += BlockSize, unit++)
                    L.Accumulate(ref sum, L.Broadcast(unit), L.Load(w));
                sum.Store(y);
            }
        }
    }
}
