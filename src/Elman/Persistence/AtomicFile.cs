namespace Elman;

/// <summary>Writes a file atomically: its path has either the old or the new content, never a part.</summary>
internal static class AtomicFile
{
    /// <summary>
    /// Writes to a temporary file in the folder of the target, flushes it to the disk and renames it. If anything fails, the temporary file
    /// is deleted and the target is not changed.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="write">Writes the content; its exceptions pass through.</param>
    /// <exception cref="DirectoryNotFoundException">The folder does not exist.</exception>
    /// <exception cref="IOException">The disk is full, or the path is a folder.</exception>
    /// <exception cref="UnauthorizedAccessException">There is no permission to write the folder or the file.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        ArgumentNullException.ThrowIfNull(write);
        string full = Path.GetFullPath(path), folder = Path.GetDirectoryName(full) ?? full;
        string temporary = Path.Combine(folder, $".{Path.GetFileName(full)}.{Path.GetRandomFileName()}.tmp");
        try
        {
            using (FileStream stream = Create(temporary, path, folder))
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

    /// <summary>Opens the temporary file. Errors name the requested file, not the temporary one.</summary>
    private static FileStream Create(string temporary, string path, string folder)
    {
        try
        {
            return new FileStream(temporary, FileMode.CreateNew, FileAccess.Write);
        }
        catch (IOException e) when (!Directory.Exists(folder))
        {
            throw new DirectoryNotFoundException(
                $"There is no folder '{(Path.GetDirectoryName(path) is { Length: > 0 } given ? given : folder)}' to write "
                    + $"'{Path.GetFileName(path)}' to.", e);
        }
        catch (IOException e)
        {
            throw new IOException(e.Message.Replace(temporary, path, StringComparison.Ordinal), e);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new UnauthorizedAccessException(e.Message.Replace(temporary, path, StringComparison.Ordinal), e);
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
            // The caller gets the original write error.
        }
    }
}
