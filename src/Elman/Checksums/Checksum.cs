using System.Buffers.Binary;
using System.Numerics;

namespace Elman.Checksums;

/// <summary>CRC-32C of bytes, eight at a time.</summary>
internal static class Checksum
{
    /// <summary>Updates the checksum with bytes.</summary>
    /// <param name="crc">The checksum so far.</param>
    /// <param name="bytes">The bytes.</param>
    public static uint Add(uint crc, ReadOnlySpan<byte> bytes)
    {
        for (; bytes.Length >= sizeof(ulong); bytes = bytes[sizeof(ulong)..])
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        foreach (byte b in bytes)
            crc = BitOperations.Crc32C(crc, b);
        return crc;
    }
}
