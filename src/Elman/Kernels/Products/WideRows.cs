using System.Numerics;

namespace Elman.Kernels;

/// <summary>
/// The right-hand side of <see cref="WideProduct{V, T}"/>: each column of B contiguous, zeros behind it up to a whole number of chains.
/// </summary>
internal static unsafe class WideRows
{
    /// <summary>
    /// So many sums of an element run side by side: chain j takes every k that leaves the remainder j. They are part of the arithmetic, not
    /// tuned to a machine: four accumulators of 16 floats, eight of 8, sixteen of 4.
    /// </summary>
    public const int Chains = 64;

    /// <summary>Length of a packed column: k plus padding with zeros.</summary>
    public static int Pad(int k) => (k + Chains - 1) / Chains * Chains;

    /// <summary>Packs B.</summary>
    /// <param name="b">B <c>[k, n]</c>.</param>
    /// <param name="stride">From one of its rows to the next.</param>
    /// <param name="k">Rows of B.</param>
    /// <param name="n">Columns of B.</param>
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
