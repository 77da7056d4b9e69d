namespace Elman.Data;

/// <summary>How far the reading of a file has come.</summary>
/// <param name="BytesRead">Bytes of text taken from the file so far.</param>
/// <param name="TotalBytes">Bytes of the file, or <see langword="null"/> where that is not known, as for a pipe or compressed text.</param>
/// <param name="Sequences">Sequences met so far.</param>
public readonly record struct ReadProgress(long BytesRead, long? TotalBytes, int Sequences);
