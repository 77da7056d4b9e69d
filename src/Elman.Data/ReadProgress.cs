namespace Elman.Data;

/// <summary>The progress of reading a file.</summary>
/// <param name="BytesRead">Bytes of text taken from the file so far.</param>
/// <param name="TotalBytes">Bytes of the file, or <see langword="null"/> if that is not known, as for a pipe or compressed text.</param>
/// <param name="Sequences">Sequences read so far.</param>
public readonly record struct ReadProgress(long BytesRead, long? TotalBytes, int Sequences);
