namespace Elman;

/// <summary>Writes a file so that its path holds the old content or the new one, never a part.</summary>
public static class AtomicFile
{
    /// <summary>Writes to a temporary file beside the target, flushes it to the disk and renames it. If anything fails, the temporary file goes and what stood there stays.</summary>
    /// <param name="path">The file.</param>
    /// <param name="write">Writes the content; its exceptions pass through.</param>
    /// <exception cref="IOException">The folder is not there, the disk is full, or the path is a folder.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder or the file may not be written.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        ArgumentNullException.ThrowIfNull(write);
        string full = Path.GetFullPath(path), folder = Path.GetDirectoryName(full) ?? full;
        string temporary = Path.Combine(folder, $".{Path.GetFileName(full)}.{Path.GetRandomFileName()}.tmp");
        try
        {
            using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }
            File.Move(temporary, full, overwrite: true);
        }
        catch
        {
            TryDelete(temporary);
            throw;
        }
    }

    private static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The failure to write is what the caller hears about.
        }
    }
}
