using Microsoft.Win32.SafeHandles;

namespace Elman.Cli;

/// <summary>The standard streams of the process, which its parent may have closed.</summary>
internal static class StandardStreams
{
    /// <summary>Standard output.</summary>
    public static ReaderAwareStream Output()
    {
        if (OperatingSystem.IsLinux() && IsOwn(1))
            return ReaderAwareStream.Closed();
        if (!OperatingSystem.IsWindows())
        {
            try
            {
                // .NET's own stream hides that the reader of a pipe is gone. Files keep it: a FileStream would not move their position,
                // which later commands of the same shell use.
                var pipe = new FileStream(new SafeFileHandle(1, ownsHandle: false), FileAccess.Write, bufferSize: 0);
                if (!pipe.CanSeek)
                    return new ReaderAwareStream(pipe);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
            {
                // It is closed.
            }
        }
        return new ReaderAwareStream(Console.OpenStandardOutput());
    }

    /// <summary>Standard input.</summary>
    /// <exception cref="CommandException">It is closed.</exception>
    public static Stream Input() => OperatingSystem.IsLinux() && IsOwn(0)
        ? throw new CommandException("Standard input is closed; give it data, as in 'elman … < FILE'.")
        : Console.OpenStandardInput();

    /// <summary>
    /// Whether a descriptor was opened by this process: where it starts with a closed one, the runtime's own pipes take the number, and
    /// reading from them would wait for ever. What the parent has given was kept on execution, so it has no flag that forbids that.
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
            return Directory.Exists("/proc/self/fdinfo"); // else there is no such list
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
