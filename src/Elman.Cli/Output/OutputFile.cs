namespace Elman.Cli.Output;

/// <summary>Files that a command writes: looked at before the work starts, so that an hour of it is not lost at the end.</summary>
internal static class OutputFile
{
    /// <summary>Makes sure that a file can be written.</summary>
    /// <param name="option">The option that names it.</param>
    /// <param name="path">The file.</param>
    /// <exception cref="CommandException">It can't; the message says why.</exception>
    public static void CheckWritable(string option, string path)
    {
        string full = Path.GetFullPath(path);
        string folder = Path.GetDirectoryName(full) ?? full;
        if (Directory.Exists(full) || path.EndsWith(Path.DirectorySeparatorChar))
            throw new CommandException($"{option} is '{path}', which is a folder; give the name of a file.");
        if (IsDevice(full))
            throw new CommandException($"{option} is '{path}', which is a device; give the name of a file.");
        if (!Directory.Exists(folder))
            throw new CommandException($"{option} is '{path}', but there is no folder '{folder}'; create it first.");
        try
        {
            // What is written later goes to a new file in the same folder, too, and is then renamed.
            string probe = TemporaryName(full);
            new FileStream(probe, FileMode.CreateNew, FileAccess.Write).Dispose();
            File.Delete(probe);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandException(
                $"{option} is '{path}', but no file can be written to the folder '{folder}'; choose another one.", e);
        }
    }

    /// <summary>Writes a file in one piece: it is there complete or not at all.</summary>
    /// <exception cref="CommandException">It can't be written.</exception>
    public static void Write(string path, ReadOnlySpan<byte> bytes)
    {
        byte[] content = bytes.ToArray();
        Write(path, target => AtomicFile.Write(target, stream => stream.Write(content)));
    }

    /// <summary>Runs code that writes a file; tells its failure as one of the work, not of the input.</summary>
    /// <exception cref="CommandException">It can't be written.</exception>
    public static void Write(string path, Action<string> write)
    {
        try
        {
            write(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unwritable(path, e);
        }
    }

    private static CommandException Unwritable(string path, Exception cause) =>
        new(cause is ModelFileException ? cause.Message : $"{path}: the file can't be written: {cause.Message}", cause)
        { Status = ExitStatus.Failed };

    private static string TemporaryName(string full) =>
        Path.Combine(Path.GetDirectoryName(full) ?? "", $".{Path.GetFileName(full)}.{Path.GetRandomFileName()}.tmp");

    // Renaming a file over a device would put the file in its place.
    private static bool IsDevice(string full) =>
        !OperatingSystem.IsWindows() && full.StartsWith("/dev/", StringComparison.Ordinal)
            && !full.StartsWith("/dev/shm/", StringComparison.Ordinal);
}
