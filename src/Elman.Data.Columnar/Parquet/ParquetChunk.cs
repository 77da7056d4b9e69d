namespace Elman.Data.Columnar;

/// <summary>The position and size of a column chunk in the file.</summary>
internal sealed class ParquetChunk
{
    /// <summary>The number of values, including missing ones and empty lists.</summary>
    public long Values { get; set; }

    /// <summary>The number of bytes of its pages.</summary>
    public long Length { get; set; }

    /// <summary>The position of its first data page.</summary>
    public long DataPages { get; set; }

    /// <summary>The position of its dictionary; 0 if it has none.</summary>
    public long Dictionary { get; set; }
}
