namespace Elman.Checksums;

/// <summary>
/// The checksum of zip files, CRC-32 with the polynomial EDB88320. .NET does not verify it when it extracts, so damage in an uncompressed
/// entry, or at some positions of a compressed one, would not be noticed.
/// </summary>
internal static class Crc32
{
    private static readonly uint[] _table = [.. Enumerable.Range(0, 256).Select(Entry)];

    /// <summary>Updates a checksum with further bytes; the initial value is 0.</summary>
    public static uint Add(uint crc, ReadOnlySpan<byte> bytes)
    {
        crc = ~crc;
        foreach (byte b in bytes)
            crc = _table[(byte)(crc ^ b)] ^ (crc >> 8);
        return ~crc;
    }

    private static uint Entry(int index)
    {
        uint entry = (uint)index;
        for (int bit = 0; bit < 8; bit++)
            entry = (entry & 1) == 0 ? entry >> 1 : 0xEDB88320 ^ (entry >> 1);
        return entry;
    }
}
