namespace Elman.Data;

/// <summary>The progress of reading a file.</summary>
/// <param name="BytesRead">The number of bytes of text read from the file so far.</param>
/// <param name="TotalBytes">The number of bytes of the file, or <see langword="null"/> if it is not known, as for a pipe or compressed
/// text.</param>
/// <param name="Sequences">The number of sequences read so far.</param>
public readonly record struct ReadProgress(long BytesRead, long? TotalBytes, int Sequences);
