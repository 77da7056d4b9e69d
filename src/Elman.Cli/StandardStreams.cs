using Microsoft.Win32.SafeHandles;

namespace Elman.Cli;

/// <summary>Opens the standard streams of the process, which may be closed by its parent.</summary>
internal static class StandardStreams
{
    /// <summary>Opens standard output.</summary>
    public static ReaderAwareStream Output()
    {
        if (OperatingSystem.IsLinux() && IsOwn(1))
            return ReaderAwareStream.Closed();
        if (!OperatingSystem.IsWindows())
        {
            try
            {
                // The stream of .NET hides that the reader of a pipe is gone. It is still used for files: a FileStream would not move the
                // position that later commands of the same shell share.
                var pipe = new FileStream(new SafeFileHandle(1, ownsHandle: false), FileAccess.Write, bufferSize: 0);
                if (!pipe.CanSeek)
                    return new ReaderAwareStream(pipe);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
            {
                // Standard output is closed.
            }
        }
        return new ReaderAwareStream(Console.OpenStandardOutput());
    }

    /// <summary>Opens standard input.</summary>
    /// <exception cref="CommandException">Standard input is closed.</exception>
    public static Stream Input() => OperatingSystem.IsLinux() && IsOwn(0)
        ? throw new CommandException("Standard input is closed; give it data, as in 'elman … < FILE'.")
        : Console.OpenStandardInput();

    /// <summary>
    /// Whether a descriptor was opened by this process. If the process starts with a closed descriptor, pipes of the runtime get its
    /// number, and reading from them would block forever. A descriptor inherited from the parent was kept on execution, so it does not have
    /// the flag close-on-exec.
    /// </summary>
    private static bool IsOwn(int descriptor)
    {
        const int closesOnExecution = 0x80000; // O_CLOEXEC
        try
        {
            string? flags = File.ReadLines($"/proc/self/fdinfo/{descriptor}")
                .FirstOrDefault(line => line.StartsWith("flags:", StringComparison.Ordinal));
            return flags is not null && (Convert.ToInt32(flags["flags:".Length..].Trim(), 8) & closesOnExecution) != 0;
        }
        catch (FileNotFoundException)
        {
            return Directory.Exists("/proc/self/fdinfo"); // otherwise the system has no such list
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
