namespace Elman;

/// <summary>Writes a file atomically: its path has either the old or the new content, never a part.</summary>
internal static class AtomicFile
{
    private const string End = ".tmp";

    /// <summary>The length of what follows the name of the target and a dot.</summary>
    private static readonly int _endLength = Path.GetRandomFileName().Length + End.Length;

    private static readonly TimeSpan _youngestLeftover = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Writes to a temporary file in the folder of the target, flushes it to the disk and renames it. If anything fails, the temporary file
    /// is deleted and the target is not changed. A symbolic link is followed, and a file that is replaced keeps its permissions.
    /// </summary>
    /// <remarks>Temporary files of a process that was killed while it wrote the same file are deleted after ten seconds.</remarks>
    /// <param name="path">The file.</param>
    /// <param name="write">Writes the content; its exceptions pass through.</param>
    /// <exception cref="DirectoryNotFoundException">The folder does not exist.</exception>
    /// <exception cref="IOException">The disk is full, or the path is a folder, a pipe or a device.</exception>
    /// <exception cref="UnauthorizedAccessException">There is no permission to write the folder or the file.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        ArgumentNullException.ThrowIfNull(write);
        string full = TargetOf(path), folder = Path.GetDirectoryName(full) ?? full;
        if (PosixCalls.IsSpecial(full))
            throw FileProblem.Create($"'{path}' is a pipe or a device, not a file; give the name of a file.");
        string temporary = Path.Combine(folder, $".{Path.GetFileName(full)}.{Path.GetRandomFileName()}{End}");
        try
        {
            using (FileStream stream = Create(temporary, path, folder))
            {
                DeleteLeftovers(full, folder, File.GetLastWriteTimeUtc(temporary) - _youngestLeftover);
                if (!OperatingSystem.IsWindows() && File.Exists(full))
                    File.SetUnixFileMode(stream.SafeFileHandle, File.GetUnixFileMode(full));
                write(stream);
                stream.Flush(flushToDisk: true);
                // Renamed while it is locked, so that no other process takes it for a leftover; Windows does not rename open files.
                if (!OperatingSystem.IsWindows())
                    File.Move(temporary, full, overwrite: true);
            }
            if (OperatingSystem.IsWindows())
                File.Move(temporary, full, overwrite: true);
            PosixCalls.FlushFolder(folder);
        }
        catch
        {
            TryDelete(temporary);
            throw;
        }
    }

    /// <summary>The full path of a file, symbolic links followed.</summary>
    public static string TargetOf(string path) => new FileInfo(path).LinkTarget is null
        ? Path.GetFullPath(path)
        : File.ResolveLinkTarget(path, returnFinalTarget: true)!.FullName;

    /// <summary>Deletes temporary files of the same target that no process has open.</summary>
    /// <param name="full">The target.</param>
    /// <param name="folder">Its folder.</param>
    /// <param name="writtenBefore">
    /// The time, by the clock of the file system, up to which they were written: a younger one may just have been created by another
    /// process, which has not locked it yet.
    /// </param>
    private static void DeleteLeftovers(string full, string folder, DateTime writtenBefore)
    {
        string beginning = $".{Path.GetFileName(full)}.";
        DeleteFiles(folder, name => name.Length == beginning.Length + _endLength && name.StartsWith(beginning, StringComparison.Ordinal)
            && File.GetLastWriteTimeUtc(Path.Combine(folder, name)) <= writtenBefore);
    }

    /// <summary>Deletes all temporary files in a folder into which no other process writes, as of a process that was killed.</summary>
    /// <param name="folder">The folder.</param>
    public static void DeleteLeftovers(string folder) =>
        DeleteFiles(folder, name => name.Length > _endLength + 2 && name[0] == '.'
            && name[^(_endLength + 1)] == '.' && name[^(End.Length + 4)] == '.'); // as in .model.abcdefgh.xyz.tmp

    private static void DeleteFiles(string folder, Func<string, bool> isLeftover)
    {
        foreach (string leftover in Directory.EnumerateFiles(folder, $"*{End}"))
        {
            if (!isLeftover(Path.GetFileName(leftover)))
                continue;
            try
            {
                new FileStream(leftover, FileMode.Open, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose).Dispose();
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // Another process writes it, or it belongs to someone else.
            }
        }
    }

    /// <summary>Opens the temporary file. Errors name the requested file, not the temporary one.</summary>
    private static FileStream Create(string temporary, string path, string folder)
    {
        try
        {
            return new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None);
        }
        catch (IOException e) when (!Directory.Exists(folder))
        {
            throw new DirectoryNotFoundException(
                $"There is no folder '{(Path.GetDirectoryName(path) is { Length: > 0 } given ? given : folder)}' to write "
                    + $"'{Path.GetFileName(path)}' to.", e);
        }
        catch (IOException e)
        {
            throw FileProblem.Create($"{path}: {FileProblem.ReasonOf(e)}.", e);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new UnauthorizedAccessException($"{path}: {FileProblem.ReasonOf(e)}.", e);
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
