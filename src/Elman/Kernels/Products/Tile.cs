using System.Numerics;
using System.Runtime.CompilerServices;

namespace Elman.Kernels;

/// <summary>
/// The register tile under every matrix product: a few rows of A against one panel of B, kept in registers while k runs.
/// </summary>
/// <remarks>
/// <para>
/// For rows i and the two lanes of a panel (j = 0 … 2·Width − 1):
/// <c>C[i,j] = addend[i,j] + Σ_p A[i,p]·B[p,j]</c>, p ascending, one fused multiply-add a step, the addend joined last.
/// Each element is a chain of its own, so a row's result does not depend on which rows share its tile,
/// nor an element's on the width of the lane.
/// </para>
/// <para>
/// Six rows by two lanes are twelve accumulators: with two lanes of B and one broadcast of A they fill the sixteen
/// registers of AVX2 and hide the latency of the multiply-add. Remaining rows go through the tiles of four, two and one.
/// Accumulators are named locals: in an array they would live in memory.
/// </para>
/// <para>
/// <c>A[i,p]</c> stands at <c>a + i·rowStride + p·stepStride</c>, so the same tile reads a matrix or its transpose.
/// Strides are in bytes, because x86 addresses <c>[base + stride]</c> and <c>[base + 2·stride]</c> for free.
/// </para>
/// </remarks>
internal static unsafe class Tile<V, T>
    where V : unmanaged, ILane<V, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Rows6(byte* a, nint rowStride, nint stepStride, T* b, int k, T* addend, nint addendStride, T* c, nint cStride)
    {
        int w = V.Width;
        V c00 = default, c01 = default, c10 = default, c11 = default, c20 = default, c21 = default;
        V c30 = default, c31 = default, c40 = default, c41 = default, c50 = default, c51 = default;
        byte* a3 = a + (3 * rowStride);
        for (int p = 0; p < k; p++)
        {
            V b0 = V.Load(b), b1 = V.Load(b + w);
            b += 2 * w;
            V x = V.Broadcast((T*)a);
            V.Accumulate(ref c00, x, b0);
            V.Accumulate(ref c01, x, b1);
            x = V.Broadcast((T*)(a + rowStride));
            V.Accumulate(ref c10, x, b0);
            V.Accumulate(ref c11, x, b1);
            x = V.Broadcast((T*)(a + (2 * rowStride)));
            V.Accumulate(ref c20, x, b0);
            V.Accumulate(ref c21, x, b1);
            a += stepStride;
            x = V.Broadcast((T*)a3);
            V.Accumulate(ref c30, x, b0);
            V.Accumulate(ref c31, x, b1);
            x = V.Broadcast((T*)(a3 + rowStride));
            V.Accumulate(ref c40, x, b0);
            V.Accumulate(ref c41, x, b1);
            x = V.Broadcast((T*)(a3 + (2 * rowStride)));
            V.Accumulate(ref c50, x, b0);
            V.Accumulate(ref c51, x, b1);
            a3 += stepStride;
        }
        Row(c00, c01, addend, c);
        Row(c10, c11, addend += addendStride, c += cStride);
        Row(c20, c21, addend += addendStride, c += cStride);
        Row(c30, c31, addend += addendStride, c += cStride);
        Row(c40, c41, addend += addendStride, c += cStride);
        Row(c50, c51, addend + addendStride, c + cStride);
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Rows4(byte* a, nint rowStride, nint stepStride, T* b, int k, T* addend, nint addendStride, T* c, nint cStride)
    {
        int w = V.Width;
        V c00 = default, c01 = default, c10 = default, c11 = default, c20 = default, c21 = default, c30 = default, c31 = default;
        byte* a2 = a + (2 * rowStride);
        for (int p = 0; p < k; p++)
        {
            V b0 = V.Load(b), b1 = V.Load(b + w);
            b += 2 * w;
            V x = V.Broadcast((T*)a);
            V.Accumulate(ref c00, x, b0);
            V.Accumulate(ref c01, x, b1);
            x = V.Broadcast((T*)(a + rowStride));
            V.Accumulate(ref c10, x, b0);
            V.Accumulate(ref c11, x, b1);
            a += stepStride;
            x = V.Broadcast((T*)a2);
            V.Accumulate(ref c20, x, b0);
            V.Accumulate(ref c21, x, b1);
            x = V.Broadcast((T*)(a2 + rowStride));
            V.Accumulate(ref c30, x, b0);
            V.Accumulate(ref c31, x, b1);
            a2 += stepStride;
        }
        Row(c00, c01, addend, c);
        Row(c10, c11, addend += addendStride, c += cStride);
        Row(c20, c21, addend += addendStride, c += cStride);
        Row(c30, c31, addend + addendStride, c + cStride);
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Rows2(byte* a, nint rowStride, nint stepStride, T* b, int k, T* addend, nint addendStride, T* c, nint cStride)
    {
        int w = V.Width;
        V c00 = default, c01 = default, c10 = default, c11 = default;
        for (int p = 0; p < k; p++)
        {
            V b0 = V.Load(b), b1 = V.Load(b + w);
            b += 2 * w;
            V x = V.Broadcast((T*)a);
            V.Accumulate(ref c00, x, b0);
            V.Accumulate(ref c01, x, b1);
            x = V.Broadcast((T*)(a + rowStride));
            V.Accumulate(ref c10, x, b0);
            V.Accumulate(ref c11, x, b1);
            a += stepStride;
        }
        Row(c00, c01, addend, c);
        Row(c10, c11, addend + addendStride, c + cStride);
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Rows1(byte* a, nint stepStride, T* b, int k, T* addend, T* c)
    {
        int w = V.Width;
        V c0 = default, c1 = default;
        for (int p = 0; p < k; p++)
        {
            V x = V.Broadcast((T*)a);
            V.Accumulate(ref c0, x, V.Load(b));
            V.Accumulate(ref c1, x, V.Load(b + w));
            b += 2 * w;
            a += stepStride;
        }
        Row(c0, c1, addend, c);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Row(V left, V right, T* addend, T* c)
    {
        (V.Load(addend) + left).Store(c);
        (V.Load(addend + V.Width) + right).Store(c + V.Width);
    }
}
