using System.Numerics;
using Elman.Kernels;

namespace Elman.Tests.Kernels.Products;

/// <summary>Normal random numbers, the same for the same seed.</summary>
internal static class Numbers
{
    public static NativeBuffer<T> Native<T>(int count, int seed)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var buffer = new NativeBuffer<T>(count);
        Fill(buffer.Span, seed);
        return buffer;
    }

    public static GuardedMemory<T> Guarded<T>(int count, int seed)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var memory = new GuardedMemory<T>(count);
        Fill(memory.Span, seed);
        return memory;
    }

    private static void Fill<T>(Span<T> numbers, int seed)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var random = new SeededRandom(seed);
        foreach (ref T number in numbers)
            number = T.CreateTruncating(random.NextNormal());
    }
}
