using System.Runtime.InteropServices;

namespace Elman.Tests.Kernels;

/// <summary>The edge of a <see cref="GuardedMemory{T}"/> that touches an inaccessible page.</summary>
public enum GuardedEdge
{
    /// <summary>Reading or writing one element past the last kills the process.</summary>
    End,

    /// <summary>Reading or writing one element before the first kills the process.</summary>
    Start,
}

/// <summary>A zeroed buffer that ends, or begins, directly at an inaccessible page, so that access out of its bounds is detected.</summary>
/// <remarks>
/// A buffer rarely fills whole pages. The rest at its other edge holds a pattern, and <see cref="SlackIsUntouched"/> tells whether
/// something was written there. Linux only: check <see cref="IsSupported"/>, and skip the test on other systems.
/// </remarks>
public sealed unsafe partial class GuardedMemory<T> : IDisposable
    where T : unmanaged
{
    private const byte Pattern = 0xA5;

    private readonly byte* _mapping;
    private readonly nuint _mappingBytes;
    private readonly byte* _inner;
    private readonly nuint _innerBytes;
    private bool _disposed;

    public GuardedMemory(int count, GuardedEdge edge = GuardedEdge.End)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        if (!IsSupported)
            throw new PlatformNotSupportedException(
                "Guarded memory needs Linux: skip this test where GuardedMemory<T>.IsSupported is false.");

        nuint page = (nuint)Environment.SystemPageSize;
        nuint bytes = (nuint)count * (nuint)sizeof(T);
        _innerBytes = Math.Max(page, (bytes + page - 1) / page * page);
        _mappingBytes = _innerBytes + (2 * page);
        nint mapping = Native.Map(0, _mappingBytes, Native.NoAccess, Native.PrivateAnonymous, -1, 0);
        if (mapping == -1)
            throw new InvalidOperationException($"mmap of {_mappingBytes} bytes failed with error {Marshal.GetLastPInvokeError()}.");
        _mapping = (byte*)mapping;
        _inner = _mapping + page;
        if (Native.Protect((nint)_inner, _innerBytes, Native.ReadWrite) != 0)
            throw new InvalidOperationException($"mprotect of {_innerBytes} bytes failed with error {Marshal.GetLastPInvokeError()}.");

        NativeMemory.Fill(_inner, _innerBytes, Pattern);
        Count = count;
        Start = (T*)(edge == GuardedEdge.End ? _inner + _innerBytes - bytes : _inner);
        NativeMemory.Clear(Start, bytes);
    }

    ~GuardedMemory() => Unmap();

    public static bool IsSupported => OperatingSystem.IsLinux();

    public T* Start { get; }

    public int Count { get; }

    public Span<T> Span => new(Start, Count);

    public bool SlackIsUntouched =>
        !new Span<byte>(_inner, (int)((byte*)Start - _inner)).ContainsAnyExcept(Pattern) &&
        !new Span<byte>(Start + Count, (int)(_inner + _innerBytes - (byte*)(Start + Count))).ContainsAnyExcept(Pattern);

    public void Dispose()
    {
        Unmap();
        GC.SuppressFinalize(this);
    }

    private void Unmap()
    {
        if (_disposed || _mapping is null)
            return;
        _disposed = true;
        _ = Native.Unmap((nint)_mapping, _mappingBytes);
    }
}

internal static partial class Native
{
    public const int NoAccess = 0;
    public const int ReadWrite = 3;
    public const int PrivateAnonymous = 0x22;

    [LibraryImport("libc", EntryPoint = "mmap", SetLastError = true)]
    public static partial nint Map(nint address, nuint length, int protection, int flags, int file, nint offset);

    [LibraryImport("libc", EntryPoint = "mprotect", SetLastError = true)]
    public static partial int Protect(nint address, nuint length, int protection);

    [LibraryImport("libc", EntryPoint = "munmap", SetLastError = true)]
    public static partial int Unmap(nint address, nuint length);
}
