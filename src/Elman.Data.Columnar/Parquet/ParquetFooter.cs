using System.Buffers.Binary;

namespace Elman.Data.Columnar;

/// <summary>Checks the metadata of a Parquet file before the library reads them, because the library trusts the numbers in them.</summary>
internal static class ParquetFooter
{
    private const int TailLength = 8;

    /// <summary>
    /// Checks that the beginning and the end of the file are valid, and that its metadata lie within it and are well-formed. Returns the
    /// column chunks of each row group.
    /// </summary>
    /// <exception cref="UnreadableException">The check fails.</exception>
    public static IReadOnlyList<IReadOnlyList<ParquetChunk>> Read(Stream stream)
    {
        Span<byte> start = stackalloc byte[4], tail = stackalloc byte[TailLength];
        stream.Position = 0;
        if (stream.Length < 4 + TailLength || stream.ReadAtLeast(start, 4, throwOnEndOfStream: false) < 4 || !start.SequenceEqual("PAR1"u8))
            throw new UnreadableException("it does not begin with PAR1, as Parquet files do");
        stream.Position = stream.Length - TailLength;
        stream.ReadExactly(tail);
        if (tail[4..].SequenceEqual("PARE"u8))
            throw new UnreadableException("it is encrypted");
        uint length = BinaryPrimitives.ReadUInt32LittleEndian(tail);
        if (!tail[4..].SequenceEqual("PAR1"u8) || length > stream.Length - 4 - TailLength)
            throw new UnreadableException("it does not end with its metadata and PAR1, so it is truncated");
        byte[] metadata = new byte[length];
        stream.Position = stream.Length - TailLength - length;
        stream.ReadExactly(metadata);
        stream.Position = 0;
        return ChunksOf(metadata);
    }

    /// <summary>Returns the column chunks; the numbers of fields are those of parquet.thrift.</summary>
    private static List<List<ParquetChunk>> ChunksOf(byte[] metadata)
    {
        var groups = new List<List<ParquetChunk>>();
        new ThriftWalk(metadata, (path, number) =>
        {
            if (path is not [4, 1, 3, var field] || groups.Count == 0 || groups[^1].Count == 0)
                return;
            ParquetChunk chunk = groups[^1][^1];
            switch (field)
            {
                case 5:
                    chunk.Values = number;
                    break;
                case 7:
                    chunk.Length = number;
                    break;
                case 9:
                    chunk.DataPages = number;
                    break;
                case 11:
                    chunk.Dictionary = number;
                    break;
            }
        }, path =>
        {
            if (path is [4])
                groups.Add([]);
            else if (path is [4, 1] && groups.Count > 0)
                groups[^1].Add(new ParquetChunk());
        }).Run();
        return groups;
    }
}
