using System.Numerics;

namespace Elman.Kernels;

/// <summary>The sum of products of two short vectors, in an order that does not depend on the processor.</summary>
internal static unsafe class Dot
{
    /// <summary>Computes <c>Σ a_i·b_i</c> in four chains of fused multiply-adds, one for each i modulo 4, which are then summed
    /// pairwise.</summary>
    public static T Product<T>(T* a, T* b, int count)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T s0 = T.Zero, s1 = T.Zero, s2 = T.Zero, s3 = T.Zero;
        int i = 0;
        for (; i + 4 <= count; i += 4)
        {
            s0 = T.FusedMultiplyAdd(a[i], b[i], s0);
            s1 = T.FusedMultiplyAdd(a[i + 1], b[i + 1], s1);
            s2 = T.FusedMultiplyAdd(a[i + 2], b[i + 2], s2);
            s3 = T.FusedMultiplyAdd(a[i + 3], b[i + 3], s3);
        }
        for (; i < count; i++)
            s0 = T.FusedMultiplyAdd(a[i], b[i], s0);
        return s0 + s1 + (s2 + s3);
    }
}
