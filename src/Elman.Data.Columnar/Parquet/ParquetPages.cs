namespace Elman.Data.Columnar;

/// <summary>Checks the page headers of a column chunk before the library allocates memory for the decompressed pages.</summary>
internal static class ParquetPages
{
    /// <summary>The decompressed size that is always allowed, in bytes.</summary>
    private const long AlwaysAllowed = 1 << 26;

    /// <summary>The maximum ratio of a larger size to the length of the file.</summary>
    private const int MostTimes = 100;

    // A header has a dozen numbers, and statistics of values, which may be long texts.
    private const int UsualHead = 1 << 10, LongestHead = 1 << 24;

    /// <summary>Checks all pages of a chunk.</summary>
    /// <exception cref="UnreadableException">The pages don't match the chunk, or their decompressed size is too large for the
    /// file.</exception>
    public static void Check(Stream stream, ParquetChunk chunk)
    {
        long most = Math.Max(AlwaysAllowed, MostTimes * stream.Length), unpacked = 0;
        long at = chunk.Dictionary > 0 ? Math.Min(chunk.Dictionary, chunk.DataPages) : chunk.DataPages;
        if (at < 4 || chunk.Length < 0 || chunk.Length > stream.Length - at)
            throw new UnreadableException("it is beyond the end of the file");
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
                throw new UnreadableException("a page reaches beyond its end");
            unpacked += full;
            if (unpacked > most)
                throw new UnreadableException($"it would decompress to more than {most} bytes");
            at += packed;
        }
    }

    /// <summary>Reads the header of a page and returns its length.</summary>
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
            catch (UnreadableException) when (length < LongestHead && bytes.Length == length)
            {
                // The header may be longer.
            }
        }
    }
}
