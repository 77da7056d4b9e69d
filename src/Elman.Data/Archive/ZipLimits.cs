namespace Elman.Data;

/// <summary>How much a zip file may hold. The greatest sets of the archive stay far below.</summary>
internal sealed record ZipLimits
{
    /// <summary>Entries.</summary>
    public int MostEntries { get; init; } = 1000;

    /// <summary>Bytes of the list of entries.</summary>
    public long MostDirectoryBytes { get; init; } = 1 << 20;

    /// <summary>Bytes of the zip file, and of all that is unpacked.</summary>
    public long MostBytes { get; init; } = 1L << 33;

    /// <summary>Bytes that may come out of each byte of the zip file. Text of numbers comes to 20 or less; deflate can reach
    /// 1000.</summary>
    public int MostRatio { get; init; } = 200;

    /// <summary>Bytes that may come out of however small a zip file.</summary>
    public long FreeBytes { get; init; } = 1 << 26;

    /// <summary>Bytes that may come out of a zip file of so many.</summary>
    public long MostUnpacked(long zipBytes) => Math.Min(MostBytes, Math.Max(FreeBytes, MostRatio * zipBytes));
}
