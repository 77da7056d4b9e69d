using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Elman.Kernels;

/// <summary>
/// A buffer in native memory, aligned to a cache line, so that kernels may keep raw pointers and vectors never cross a cache line.
/// </summary>
/// <typeparam name="T">The number type.</typeparam>
internal sealed unsafe class NativeBuffer<T> : IDisposable
    where T : unmanaged
{
    /// <summary>The alignment in bytes: a cache line, and the widest vector.</summary>
    public const int Alignment = 64;

    private long _capacity;

    /// <summary>Creates a buffer of zeros.</summary>
    /// <param name="length">The number of values; 0 allocates nothing.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="length"/> is negative.</exception>
    /// <exception cref="OutOfMemoryException">There is not enough memory.</exception>
    public NativeBuffer(long length = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        Resize(length);
        Clear();
    }

    /// <summary>Frees the memory of a buffer that was not disposed.</summary>
    ~NativeBuffer() => Free();

    /// <summary>The address of the first number; <see langword="null"/> for a buffer that was never allocated.</summary>
    public T* Start { get; private set; }

    /// <summary>The number of values of the buffer.</summary>
    public long Length { get; private set; }

    /// <summary>The elements as a span.</summary>
    /// <exception cref="OverflowException">There are more elements than a span can address.</exception>
    public Span<T> Span => new(Start, checked((int)Length));

    /// <summary>Sets the length. The content is lost and the new content is undefined. Allocates only to grow.</summary>
    /// <param name="length">The number of values.</param>
    /// <exception cref="OutOfMemoryException">There is not enough memory.</exception>
    public void Resize(long length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        if (length > _capacity)
        {
            Free();
            nuint bytes = checked((nuint)length * (nuint)sizeof(T));
            Start = (T*)NativeMemory.AlignedAlloc(bytes, Alignment);
            _capacity = length;
            GC.AddMemoryPressure((long)bytes);
        }
        Length = length;
    }

    /// <summary>Sets every number to zero.</summary>
    public void Clear() => NativeMemory.Clear(Start, (nuint)Length * (nuint)sizeof(T));

    /// <inheritdoc/>
    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private void Free()
    {
        if (Start == null)
            return;
        NativeMemory.AlignedFree(Start);
        GC.RemoveMemoryPressure(_capacity * Unsafe.SizeOf<T>());
        Start = null;
        _capacity = 0;
        Length = 0;
    }
}
