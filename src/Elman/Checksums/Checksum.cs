using System.Buffers.Binary;
using System.Numerics;

namespace Elman.Checksums;

/// <summary>The CRC-32C checksum of bytes, computed eight bytes at a time.</summary>
internal static class Checksum
{
    /// <summary>Returns the checksum after further bytes.</summary>
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
