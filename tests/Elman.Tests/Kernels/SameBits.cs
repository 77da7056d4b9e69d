using System.Numerics;
using System.Runtime.InteropServices;

namespace Elman.Tests.Kernels;

/// <summary>Compares buffers bit for bit, including the sign of zero; all NaNs are equal.</summary>
internal static class SameBits
{
    public static void Assert<T>(ReadOnlySpan<T> expected, ReadOnlySpan<T> actual)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Xunit.Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            bool same = (T.IsNaN(expected[i]) && T.IsNaN(actual[i])) ||
                MemoryMarshal.AsBytes(expected.Slice(i, 1)).SequenceEqual(MemoryMarshal.AsBytes(actual.Slice(i, 1)));
            Xunit.Assert.True(same, $"Element {i} is {actual[i]:R}, not {expected[i]:R}.");
        }
    }
}
