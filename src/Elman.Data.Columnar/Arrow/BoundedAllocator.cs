using System.Buffers;
using Apache.Arrow.Memory;

namespace Elman.Data.Columnar;

/// <summary>Memory for what a file unpacks to, bounded by the length of the file: so no few bytes can ask for much.</summary>
internal sealed class BoundedAllocator(long fileLength) : MemoryAllocator
{
    /// <summary>So much may be asked for however short the file is.</summary>
    private const long AlwaysAllowed = 1 << 26;

    /// <summary>Beyond that, so many times the length of the file.</summary>
    private const int MostTimes = 100;

    private readonly long _most = Math.Max(AlwaysAllowed, MostTimes * fileLength);
    private long _used;

    /// <summary>A new part of the file begins.</summary>
    public void Begin() => _used = 0;

    protected override IMemoryOwner<byte> AllocateInternal(int length, out int bytesAllocated)
    {
        _used += length;
        if (_used > _most)
            throw new InvalidDataException($"it would unpack to more than {_most} bytes");
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
