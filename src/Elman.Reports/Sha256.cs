using System.Buffers.Binary;
using System.Numerics;

namespace Elman.Reports;

/// <summary>
/// SHA-256 (NIST FIPS 180-4, 2015). The one of .NET needs OpenSSL on Linux, which a native program must not depend on.
/// </summary>
public static class Sha256
{
    private const int BlockSize = 64;

    /// <summary>The first 32 bits of the fractional parts of the cube roots of the first 64 primes.</summary>
    private static readonly uint[] _constants = [.. Primes().Take(64).Select(prime => Fraction(prime, 3))];

    /// <summary>Returns the hash of bytes as 64 hexadecimal digits in lower case.</summary>
    /// <param name="bytes">The bytes.</param>
    public static string HexOf(ReadOnlySpan<byte> bytes)
    {
        using var stream = new MemoryStream(bytes.ToArray(), writable: false);
        return HexOf(stream);
    }

    /// <summary>Returns the hash of a stream, from its position to its end, as 64 hexadecimal digits in lower case.</summary>
    /// <param name="stream">The stream.</param>
    /// <exception cref="IOException">The stream can't be read.</exception>
    public static string HexOf(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        uint[] state = [.. Primes().Take(8).Select(prime => Fraction(prime, 2))];
        byte[] buffer = new byte[BlockSize * 1024];
        ulong length = 0;
        while (true)
        {
            int read = stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
            length += (ulong)read;
            int whole = read - (read % BlockSize);
            for (int i = 0; i < whole; i += BlockSize)
                Add(state, buffer.AsSpan(i, BlockSize));
            if (read < buffer.Length)
            {
                End(state, buffer.AsSpan(whole, read - whole), length);
                return string.Concat(state.Select(word => word.ToString("x8", System.Globalization.CultureInfo.InvariantCulture)));
            }
        }
    }

    /// <summary>Adds the last block: the rest, a bit of 1, zeros, and the length in bits.</summary>
    private static void End(uint[] state, ReadOnlySpan<byte> rest, ulong length)
    {
        Span<byte> last = stackalloc byte[2 * BlockSize];
        last.Clear();
        rest.CopyTo(last);
        last[rest.Length] = 0x80;
        int size = rest.Length + 9 <= BlockSize ? BlockSize : 2 * BlockSize;
        BinaryPrimitives.WriteUInt64BigEndian(last[(size - 8)..], 8 * length);
        for (int i = 0; i < size; i += BlockSize)
            Add(state, last.Slice(i, BlockSize));
    }

    private static void Add(uint[] state, ReadOnlySpan<byte> block)
    {
        Span<uint> w = stackalloc uint[64];
        for (int t = 0; t < 16; t++)
            w[t] = BinaryPrimitives.ReadUInt32BigEndian(block[(4 * t)..]);
        for (int t = 16; t < 64; t++)
        {
            uint x = w[t - 15], y = w[t - 2];
            uint first = BitOperations.RotateRight(x, 7) ^ BitOperations.RotateRight(x, 18) ^ (x >> 3);
            uint second = BitOperations.RotateRight(y, 17) ^ BitOperations.RotateRight(y, 19) ^ (y >> 10);
            w[t] = w[t - 16] + first + w[t - 7] + second;
        }
        (uint a, uint b, uint c, uint d) = (state[0], state[1], state[2], state[3]);
        (uint e, uint f, uint g, uint h) = (state[4], state[5], state[6], state[7]);
        for (int t = 0; t < 64; t++)
        {
            uint ofE = BitOperations.RotateRight(e, 6) ^ BitOperations.RotateRight(e, 11) ^ BitOperations.RotateRight(e, 25);
            uint first = h + ofE + ((e & f) ^ (~e & g)) + _constants[t] + w[t];
            uint ofA = BitOperations.RotateRight(a, 2) ^ BitOperations.RotateRight(a, 13) ^ BitOperations.RotateRight(a, 22);
            uint second = ofA + ((a & b) ^ (a & c) ^ (b & c));
            (h, g, f, e, d, c, b, a) = (g, f, e, d + first, c, b, a, first + second);
        }
        ReadOnlySpan<uint> added = [a, b, c, d, e, f, g, h];
        for (int i = 0; i < 8; i++)
            state[i] += added[i];
    }

    private static IEnumerable<int> Primes() =>
        Enumerable.Range(2, 400).Where(n => Enumerable.Range(2, n - 2).All(divisor => n % divisor != 0));

    /// <summary>The first 32 bits of the fractional part of a root, exactly: the whole part of <c>root(n·2^(32·k))</c>.</summary>
    private static uint Fraction(int number, int root)
    {
        BigInteger target = (BigInteger)number << (32 * root), low = 0, high = BigInteger.One << 40;
        while (high - low > 1)
        {
            BigInteger middle = (low + high) >> 1;
            (low, high) = BigInteger.Pow(middle, root) <= target ? (middle, high) : (low, middle);
        }
        return (uint)(low & uint.MaxValue);
    }
}
