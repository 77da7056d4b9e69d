using System.Buffers.Binary;
using System.Numerics;
using Elman.Checksums;

namespace Elman.Reports.TensorBoard;

/// <summary>
/// The records of TensorFlow's files: the length of the data (64 bits), the masked checksum of the length (32 bits), the data, and the
/// masked checksum of the data, all little-endian.
/// </summary>
internal static class RecordFormat
{
    /// <summary>The bytes of a record beside its data.</summary>
    private const int Overhead = sizeof(ulong) + (2 * sizeof(uint));

    /// <summary>Returns a record.</summary>
    /// <param name="data">The data of the record.</param>
    public static byte[] Record(ReadOnlySpan<byte> data)
    {
        var record = new byte[data.Length + Overhead];
        Span<byte> length = record.AsSpan(0, sizeof(ulong));
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)data.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(sizeof(ulong)), MaskedChecksum(length));
        data.CopyTo(record.AsSpan(sizeof(ulong) + sizeof(uint)));
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(record.Length - sizeof(uint)), MaskedChecksum(data));
        return record;
    }

    /// <summary>
    /// Returns the CRC-32C of bytes, rotated right by 15 bits, plus a constant: checksums of data that contain checksums are weak.
    /// </summary>
    private static uint MaskedChecksum(ReadOnlySpan<byte> bytes) =>
        BitOperations.RotateRight(~Checksum.Add(uint.MaxValue, bytes), 15) + 0xa282ead8;
}
