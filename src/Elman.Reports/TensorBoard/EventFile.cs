namespace Elman.Reports.TensorBoard;

/// <summary>
/// A file of event records that is only appended to. It is open only during a write, so that a file that was removed is noticed, and what
/// a failed write left is overwritten by the next.
/// </summary>
/// <param name="path">The path of the file.</param>
internal sealed class EventFile(string path)
{
    /// <summary>The path of the file.</summary>
    public string Path => path;

    /// <summary>Whether the file was created.</summary>
    public bool IsCreated { get; private set; }

    /// <summary>The number of bytes that were written.</summary>
    public long Length { get; private set; }

    /// <summary>Whether the file has all bytes that were written; a file that was removed or cut has not.</summary>
    public bool IsWhole => new FileInfo(path) is { Exists: true } file && file.Length >= Length;

    /// <summary>Appends bytes and passes them to the operating system.</summary>
    /// <exception cref="IOException">The file can't be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file can't be written.</exception>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        FileMode mode = IsCreated ? FileMode.Open : FileMode.CreateNew;
        using var stream = new FileStream(path, mode, FileAccess.Write, FileShare.Read, bufferSize: 0);
        IsCreated = true;
        stream.SetLength(Length);
        stream.Position = Length;
        stream.Write(bytes);
        Length += bytes.Length;
    }
}
