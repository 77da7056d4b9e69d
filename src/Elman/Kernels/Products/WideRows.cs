using System.Numerics;

namespace Elman.Kernels;

/// <summary>
/// The right-hand side of <see cref="WideProduct{V, T}"/>: each column of B is contiguous, padded with zeros to a multiple of the number of
/// chains.
/// </summary>
internal static unsafe class WideRows
{
    /// <summary>
    /// The number of parallel sums of an element: chain j sums all k with the remainder j. The number is part of the arithmetic and not
    /// tuned to a machine: four accumulators of 16 floats, eight of 8, sixteen of 4.
    /// </summary>
    public const int Chains = 64;

    /// <summary>Returns the length of a packed column: k plus padding with zeros.</summary>
    public static int Pad(int k) => (k + Chains - 1) / Chains * Chains;

    /// <summary>Packs B.</summary>
    /// <param name="b">B <c>[k, n]</c>.</param>
    /// <param name="stride">The distance from one of its rows to the next.</param>
    /// <param name="k">The number of rows of B.</param>
    /// <param name="n">The number of columns of B.</param>
    /// <param name="packed">Receives <c>[n, Pad(k)]</c>.</param>
    public static void Pack<T>(T* b, nint stride, int k, int n, T* packed)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int padded = Pad(k);
        for (int j = 0; j < n; j++, packed += padded)
        {
            for (int p = 0; p < k; p++)
                packed[p] = b[(p * stride) + j];
            new Span<T>(packed + k, padded - k).Clear();
        }
    }
}
