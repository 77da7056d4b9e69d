using System.Numerics;
using System.Runtime.CompilerServices;

namespace Elman.Kernels;

/// <summary>The tiles of <see cref="WideProduct{V, T}"/>: one or three rows with one or two columns.</summary>
/// <remarks>
/// Chains are in memory, <c>[columns, rows, 64]</c>, before and after. A tile keeps some of their lanes in registers, processes all steps,
/// and then continues with the next lanes. Three rows with two columns have twelve accumulators, which fit the registers of AVX2; a load
/// serves two or three multiply-adds. One row has four lanes of chains, so that with 512 bits the weights are read sequentially.
/// </remarks>
internal static unsafe class WideChains<V, T>
    where V : unmanaged, ILane<V, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Processes three rows with two columns.</summary>
    /// <param name="a">The first row.</param>
    /// <param name="aStride">The distance from one row to the next.</param>
    /// <param name="packed">The first column.</param>
    /// <param name="padded">The distance from one column to the next.</param>
    /// <param name="steps">The number of values of a row for each chain.</param>
    /// <param name="sums">The chains.</param>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void ThreeUnderTwo(T* a, nint aStride, T* packed, nint padded, int steps, T* sums)
    {
        nint w = V.Width;
        T* end = sums + WideRows.Chains;
        for (; sums < end; sums += 2 * w, a += 2 * w, packed += 2 * w)
        {
            V c00 = V.Load(sums), d00 = V.Load(sums + w);
            V c10 = V.Load(sums + WideRows.Chains), d10 = V.Load(sums + WideRows.Chains + w);
            V c20 = V.Load(sums + (2 * WideRows.Chains)), d20 = V.Load(sums + (2 * WideRows.Chains) + w);
            V c01 = V.Load(sums + (3 * WideRows.Chains)), d01 = V.Load(sums + (3 * WideRows.Chains) + w);
            V c11 = V.Load(sums + (4 * WideRows.Chains)), d11 = V.Load(sums + (4 * WideRows.Chains) + w);
            V c21 = V.Load(sums + (5 * WideRows.Chains)), d21 = V.Load(sums + (5 * WideRows.Chains) + w);
            T* x = a, y = a + aStride, z = y + aStride, left = packed, right = left + padded;
            for (int step = steps; step > 0; step--)
            {
                V b0 = V.Load(left), b1 = V.Load(right), v = V.Load(x);
                V.Accumulate(ref c00, v, b0);
                V.Accumulate(ref c01, v, b1);
                v = V.Load(y);
                V.Accumulate(ref c10, v, b0);
                V.Accumulate(ref c11, v, b1);
                v = V.Load(z);
                V.Accumulate(ref c20, v, b0);
                V.Accumulate(ref c21, v, b1);
                b0 = V.Load(left + w);
                b1 = V.Load(right + w);
                v = V.Load(x + w);
                V.Accumulate(ref d00, v, b0);
                V.Accumulate(ref d01, v, b1);
                v = V.Load(y + w);
                V.Accumulate(ref d10, v, b0);
                V.Accumulate(ref d11, v, b1);
                v = V.Load(z + w);
                V.Accumulate(ref d20, v, b0);
                V.Accumulate(ref d21, v, b1);
                x += WideRows.Chains;
                y += WideRows.Chains;
                z += WideRows.Chains;
                left += WideRows.Chains;
                right += WideRows.Chains;
            }
            Store(c00, d00, sums);
            Store(c10, d10, sums + WideRows.Chains);
            Store(c20, d20, sums + (2 * WideRows.Chains));
            Store(c01, d01, sums + (3 * WideRows.Chains));
            Store(c11, d11, sums + (4 * WideRows.Chains));
            Store(c21, d21, sums + (5 * WideRows.Chains));
        }
    }

    /// <summary>Processes one row with two columns.</summary>
    /// <inheritdoc cref="ThreeUnderTwo"/>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void OneUnderTwo(T* a, T* packed, nint padded, int steps, T* sums)
    {
        nint w = V.Width;
        T* end = sums + WideRows.Chains;
        for (; sums < end; sums += 4 * w, a += 4 * w, packed += 4 * w)
        {
            T* second = sums + WideRows.Chains;
            V c0 = V.Load(sums), c1 = V.Load(sums + w), c2 = V.Load(sums + (2 * w)), c3 = V.Load(sums + (3 * w));
            V d0 = V.Load(second), d1 = V.Load(second + w), d2 = V.Load(second + (2 * w)), d3 = V.Load(second + (3 * w));
            T* x = a, left = packed, right = left + padded;
            for (int step = steps; step > 0; step--)
            {
                V v = V.Load(x);
                V.Accumulate(ref c0, v, V.Load(left));
                V.Accumulate(ref d0, v, V.Load(right));
                v = V.Load(x + w);
                V.Accumulate(ref c1, v, V.Load(left + w));
                V.Accumulate(ref d1, v, V.Load(right + w));
                v = V.Load(x + (2 * w));
                V.Accumulate(ref c2, v, V.Load(left + (2 * w)));
                V.Accumulate(ref d2, v, V.Load(right + (2 * w)));
                v = V.Load(x + (3 * w));
                V.Accumulate(ref c3, v, V.Load(left + (3 * w)));
                V.Accumulate(ref d3, v, V.Load(right + (3 * w)));
                x += WideRows.Chains;
                left += WideRows.Chains;
                right += WideRows.Chains;
            }
            Store(c0, c1, sums);
            Store(c2, c3, sums + (2 * w));
            Store(d0, d1, second);
            Store(d2, d3, second + (2 * w));
        }
    }

    /// <summary>Processes one row with one column.</summary>
    /// <inheritdoc cref="ThreeUnderTwo"/>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void OneUnderOne(T* a, T* packed, int steps, T* sums)
    {
        nint w = V.Width;
        T* end = sums + WideRows.Chains;
        for (; sums < end; sums += 4 * w, a += 4 * w, packed += 4 * w)
        {
            V c0 = V.Load(sums), c1 = V.Load(sums + w), c2 = V.Load(sums + (2 * w)), c3 = V.Load(sums + (3 * w));
            T* x = a, b = packed;
            for (int step = steps; step > 0; step--)
            {
                V.Accumulate(ref c0, V.Load(x), V.Load(b));
                V.Accumulate(ref c1, V.Load(x + w), V.Load(b + w));
                V.Accumulate(ref c2, V.Load(x + (2 * w)), V.Load(b + (2 * w)));
                V.Accumulate(ref c3, V.Load(x + (3 * w)), V.Load(b + (3 * w)));
                x += WideRows.Chains;
                b += WideRows.Chains;
            }
            Store(c0, c1, sums);
            Store(c2, c3, sums + (2 * w));
        }
    }

    /// <summary>Sums the chains of each element pairwise and adds the addend.</summary>
    /// <param name="sums">The chains; overwritten.</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="columns">The number of columns.</param>
    /// <param name="addend">A number for each column.</param>
    /// <param name="c">C <c>[rows, columns]</c>.</param>
    /// <param name="cStride">The distance from one row of C to the next.</param>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Join(T* sums, int rows, int columns, T* addend, T* c, nint cStride)
    {
        for (int j = 0; j < columns; j++)
        {
            for (int r = 0; r < rows; r++, sums += WideRows.Chains)
            {
                int apart = WideRows.Chains / 2;
                for (; apart >= V.Width; apart /= 2)
                    for (int chain = 0; chain < apart; chain += V.Width)
                        (V.Load(sums + chain) + V.Load(sums + apart + chain)).Store(sums + chain);
                for (; apart > 0; apart /= 2)
                    for (int chain = 0; chain < apart; chain++)
                        sums[chain] += sums[apart + chain];
                c[(r * cStride) + j] = sums[0] + addend[j];
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(V first, V second, T* sums)
    {
        first.Store(sums);
        second.Store(sums + V.Width);
    }
}
