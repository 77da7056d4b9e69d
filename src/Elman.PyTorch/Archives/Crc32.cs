namespace Elman.PyTorch.Archives;

/// <summary>The checksum of zip archives: CRC-32 (polynomial 04C11DB7, reflected).</summary>
internal static class Crc32
{
    private const uint Polynomial = 0xEDB88320;

    private static readonly uint[] _table = [.. Enumerable.Range(0, 256).Select(value => Step((uint)value))];

    /// <summary>Computes the checksum of bytes.</summary>
    public static uint Of(ReadOnlySpan<byte> bytes)
    {
        uint crc = uint.MaxValue;
        foreach (byte value in bytes)
            crc = _table[(byte)(crc ^ value)] ^ (crc >> 8);
        return ~crc;
    }

    private static uint Step(uint value)
    {
        for (int bit = 0; bit < 8; bit++)
            value = (value & 1) != 0 ? (value >> 1) ^ Polynomial : value >> 1;
        return value;
    }
}
