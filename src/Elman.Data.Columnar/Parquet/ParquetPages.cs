namespace Elman.Data.Columnar;

/// <summary>Looks at the heads of the pages of a column chunk before the library takes memory for what they unpack to.</summary>
internal static class ParquetPages
{
    /// <summary>So much may be unpacked however short the file is.</summary>
    private const long AlwaysAllowed = 1 << 26;

    /// <summary>Beyond that, so many times the length of the file.</summary>
    private const int MostTimes = 100;

    // A head has a dozen numbers, and statistics of values, which may be long texts.
    private const int UsualHead = 1 << 10, LongestHead = 1 << 24;

    /// <summary>Iterates over the pages of a chunk.</summary>
    /// <exception cref="InvalidDataException">They don't fit to the chunk, or would unpack to more than is in proportion to the
    /// file.</exception>
    public static void Check(Stream stream, ParquetChunk chunk)
    {
        long most = Math.Max(AlwaysAllowed, MostTimes * stream.Length), unpacked = 0;
        long at = chunk.Dictionary > 0 ? Math.Min(chunk.Dictionary, chunk.DataPages) : chunk.DataPages;
        if (at < 4 || chunk.Length < 0 || chunk.Length > stream.Length - at)
            throw new InvalidDataException("it is beyond the end of the file");
        for (long end = at + chunk.Length; at < end;)
        {
            long full = 0, packed = 0;
            at += HeadAt(stream, at, end, (path, number) =>
            {
                if (path is [2])
                    full = number;
                else if (path is [3])
                    packed = number;
            });
            if (full < 0 || packed < 0 || packed > end - at)
                throw new InvalidDataException("a page reaches beyond its end");
            unpacked += full;
            if (unpacked > most)
                throw new InvalidDataException($"it would decompress to more than {most} bytes");
            at += packed;
        }
    }

    /// <summary>Reads the head of a page; its length.</summary>
    private static int HeadAt(Stream stream, long at, long end, Action<IReadOnlyList<int>, long> number)
    {
        for (int length = UsualHead; ; length *= 16)
        {
            byte[] bytes = new byte[Math.Min(length, end - at)];
            stream.Position = at;
            stream.ReadExactly(bytes);
            try
            {
                return new ThriftWalk(bytes, number).Run();
            }
            catch (InvalidDataException) when (length < LongestHead && bytes.Length == length)
            {
                // It may be longer.
            }
        }
    }
}
