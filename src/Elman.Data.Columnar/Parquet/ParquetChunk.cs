namespace Elman.Data.Columnar;

/// <summary>Where a column chunk lies in the file, and how much is in it.</summary>
internal sealed class ParquetChunk
{
    /// <summary>The number of values, missing ones and empty lists included.</summary>
    public long Values { get; set; }

    /// <summary>The bytes of its pages.</summary>
    public long Length { get; set; }

    /// <summary>Where its first page of data begins.</summary>
    public long DataPages { get; set; }

    /// <summary>Where its dictionary begins; 0 if it has none.</summary>
    public long Dictionary { get; set; }
}
