using System.Buffers;
using Apache.Arrow.Memory;

namespace Elman.Data.Columnar;

/// <summary>Allocator for decompressed data, limited by the length of the file, so that a small file can't request much memory.</summary>
internal sealed class BoundedAllocator(long fileLength) : MemoryAllocator
{
    /// <summary>The memory that is always allowed, in bytes.</summary>
    private const long AlwaysAllowed = 1 << 26;

    /// <summary>The maximum ratio of a larger amount to the length of the file.</summary>
    private const int MostTimes = 100;

    private readonly long _most = Math.Max(AlwaysAllowed, MostTimes * fileLength);
    private long _used;

    /// <summary>Begins a new part of the file.</summary>
    public void Begin() => _used = 0;

    protected override IMemoryOwner<byte> AllocateInternal(int length, out int bytesAllocated)
    {
        _used += length;
        if (_used > _most)
            throw new UnreadableException($"it would decompress to more than {Amount.Of(_most, "byte")}");
        bytesAllocated = length;
        return new Memory(new byte[length]);
    }

    private sealed class Memory(byte[] bytes) : IMemoryOwner<byte>
    {
        Memory<byte> IMemoryOwner<byte>.Memory => bytes;

        public void Dispose()
        {
        }
    }
}
