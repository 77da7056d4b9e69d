namespace Elman.Cli.Output;

/// <summary>Output files of a command. They are checked before the work starts, so that long work is not lost at the end.</summary>
internal static class OutputFile
{
    /// <summary>Checks that a file can be written.</summary>
    /// <param name="option">The option that names the file.</param>
    /// <param name="path">The file.</param>
    /// <exception cref="CommandException">The file can't be written; the message gives the reason.</exception>
    public static void CheckWritable(string option, string path)
    {
        string full = AtomicFile.TargetOf(path);
        string folder = Path.GetDirectoryName(full) ?? full;
        if (Directory.Exists(full) || path.EndsWith(Path.DirectorySeparatorChar))
            throw new CommandException($"{option} is '{path}', which is a folder; give the name of a file.");
        if (IsDevice(Path.GetFullPath(path)) || PosixCalls.IsSpecial(full))
            throw new CommandException($"{option} is '{path}', which is a pipe or a device; give the name of a file.");
        if (!Directory.Exists(folder))
            throw new CommandException($"{option} is '{path}', but there is no folder '{folder}'; create it first.");
        try
        {
            // Files are later written to a temporary file in the same folder and then renamed.
            string probe = TemporaryName(full);
            new FileStream(probe, FileMode.CreateNew, FileAccess.Write).Dispose();
            File.Delete(probe);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandException(
                $"{option} is '{path}', but the folder '{folder}' is not writable; choose another one.", e);
        }
    }

    /// <summary>Writes a file atomically: it is complete or absent.</summary>
    /// <exception cref="CommandException">The file can't be written.</exception>
    public static void Write(string path, ReadOnlySpan<byte> bytes)
    {
        byte[] content = bytes.ToArray();
        Write(path, target => AtomicFile.Write(target, stream => stream.Write(content)));
    }

    /// <summary>Runs code that writes a file; a failure has the exit status of failed work, not of wrong input.</summary>
    /// <exception cref="CommandException">The file can't be written.</exception>
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
        new(cause is ModelFileException ? cause.Message : $"{path}: the file can't be written: {FileProblem.ReasonOf(cause)}.", cause)
        { Status = ExitStatus.Failed };

    private static string TemporaryName(string full) =>
        Path.Combine(Path.GetDirectoryName(full) ?? "", $".{Path.GetFileName(full)}.{Path.GetRandomFileName()}.tmp");

    // Renaming a file over a device would replace the device.
    private static bool IsDevice(string full) =>
        !OperatingSystem.IsWindows() && full.StartsWith("/dev/", StringComparison.Ordinal)
            && !full.StartsWith("/dev/shm/", StringComparison.Ordinal);
}
