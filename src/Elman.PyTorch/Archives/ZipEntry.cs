namespace Elman.PyTorch.Archives;

/// <summary>A file in a zip archive.</summary>
/// <param name="Name">The name.</param>
/// <param name="Begin">The first byte of its header in the archive.</param>
/// <param name="Offset">The first byte of its content in the archive.</param>
/// <param name="Length">The number of bytes of its content in the archive.</param>
/// <param name="Checksum">The CRC-32 of its content.</param>
/// <param name="IsCompressed">Whether it is compressed, and so can't be read.</param>
internal readonly record struct ZipEntry(string Name, int Begin, int Offset, int Length, uint Checksum, bool IsCompressed);
