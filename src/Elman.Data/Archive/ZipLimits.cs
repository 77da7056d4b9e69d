namespace Elman.Data;

/// <summary>Limits for a zip file. The largest data sets of the archive are far below.</summary>
internal sealed record ZipLimits
{
    /// <summary>Maximum number of entries.</summary>
    public int MostEntries { get; init; } = 1000;

    /// <summary>Maximum size of the list of entries in bytes.</summary>
    public long MostDirectoryBytes { get; init; } = 1 << 20;

    /// <summary>Maximum size of the zip file, and of all extracted data, in bytes.</summary>
    public long MostBytes { get; init; } = 1L << 33;

    /// <summary>Maximum ratio of extracted to compressed bytes. Numeric text reaches 20 or less; deflate can reach 1000.</summary>
    public int MostRatio { get; init; } = 200;

    /// <summary>Extracted bytes that are always allowed.</summary>
    public long FreeBytes { get; init; } = 1 << 26;

    /// <summary>Returns the maximum number of extracted bytes for a zip file of a given size.</summary>
    public long MostUnpacked(long zipBytes) => Math.Min(MostBytes, Math.Max(FreeBytes, MostRatio * zipBytes));
}
