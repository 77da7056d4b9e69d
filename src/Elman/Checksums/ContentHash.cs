using System.Runtime.InteropServices;
using System.Text;

namespace Elman.Checksums;

/// <summary>A hash of 64 bits of a series of values, to tell different contents apart; not for cryptography.</summary>
internal struct ContentHash
{
    private ulong _state;

    /// <summary>The hash of the values so far.</summary>
    public readonly ulong Value => Mix(_state);

    /// <summary>Adds a number.</summary>
    public void Add(long value) => _state = Mix(_state ^ (ulong)value) + 0x9E3779B97F4A7C15;

    /// <summary>Adds the bits of a number.</summary>
    public void Add(double value) => Add(BitConverter.DoubleToInt64Bits(value));

    /// <summary>Adds a text; <see langword="null"/> differs from an empty one.</summary>
    public void Add(string? text)
    {
        Add(text?.Length ?? -1L);
        if (text is not null)
            Add<byte>(Encoding.UTF8.GetBytes(text));
    }

    /// <summary>Adds the bytes of an array, and their number.</summary>
    public void Add<T>(ReadOnlySpan<T> values)
        where T : unmanaged
    {
        ReadOnlySpan<byte> bytes = MemoryMarshal.AsBytes(values);
        Add(bytes.Length);
        foreach (long word in MemoryMarshal.Cast<byte, long>(bytes))
            Add(word);
        foreach (byte last in bytes[(bytes.Length / sizeof(long) * sizeof(long))..])
            Add(last);
    }

    // The finalizer of SplitMix64.
    private static ulong Mix(ulong x)
    {
        x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9;
        x = (x ^ (x >> 27)) * 0x94D049BB133111EB;
        return x ^ (x >> 31);
    }
}
