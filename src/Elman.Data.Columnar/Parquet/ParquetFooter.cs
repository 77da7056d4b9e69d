using System.Buffers.Binary;

namespace Elman.Data.Columnar;

/// <summary>Looks at the ends of a Parquet file before the library does, which takes lengths in a file as they are.</summary>
internal static class ParquetFooter
{
    private const int TailLength = 8;

    /// <summary>
    /// Makes sure that the file begins and ends as it must, and that its metadata are within it and well formed; how many values each
    /// column
    /// chunk of each row group has.
    /// </summary>
    /// <exception cref="InvalidDataException">They are not.</exception>
    public static IReadOnlyList<IReadOnlyList<long>> Read(Stream stream)
    {
        Span<byte> start = stackalloc byte[4], tail = stackalloc byte[TailLength];
        stream.Position = 0;
        if (stream.Length < 4 + TailLength || stream.ReadAtLeast(start, 4, throwOnEndOfStream: false) < 4 || !start.SequenceEqual("PAR1"u8))
            throw new InvalidDataException("it does not begin with PAR1, as Parquet files do");
        stream.Position = stream.Length - TailLength;
        stream.ReadExactly(tail);
        if (tail[4..].SequenceEqual("PARE"u8))
            throw new InvalidDataException("it is encrypted");
        uint length = BinaryPrimitives.ReadUInt32LittleEndian(tail);
        if (!tail[4..].SequenceEqual("PAR1"u8) || length > stream.Length - 4 - TailLength)
            throw new InvalidDataException("it does not end with its metadata and PAR1, so it breaks off");
        byte[] metadata = new byte[length];
        stream.Position = stream.Length - TailLength - length;
        stream.ReadExactly(metadata);
        stream.Position = 0;
        return new ThriftWalk(metadata).Run();
    }
}
