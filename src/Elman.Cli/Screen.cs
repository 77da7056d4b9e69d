using System.Runtime.InteropServices;

namespace Elman.Cli;

/// <summary>Queries the width of the terminal.</summary>
internal static partial class Screen
{
    private const int StandardOutput = 1, StandardError = 2;
    private const nuint GetWindowSize = 0x5413;

    /// <summary>
    /// Returns the number of characters per line of the terminal of standard output, or else standard error; 0 if there is none.
    /// </summary>
    public static int Width()
    {
        if (Console.IsOutputRedirected && Console.IsErrorRedirected)
            return 0;
        try
        {
            // Console.WindowWidth would set up the terminal for reading keys first.
            return OperatingSystem.IsLinux() ? Math.Max(LinuxWidth(StandardOutput), LinuxWidth(StandardError)) : Console.WindowWidth;
        }
        catch (IOException)
        {
            return 0;
        }
    }

    private static int LinuxWidth(int descriptor) => Ioctl(descriptor, GetWindowSize, out WindowSize size) == 0 ? size.Columns : 0;

    [LibraryImport("libc", EntryPoint = "ioctl")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Ioctl(int descriptor, nuint request, out WindowSize size);

    /// <summary><c>struct winsize</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct WindowSize
    {
        public ushort Rows;
        public ushort Columns;
        public ushort PixelsAcross;
        public ushort PixelsDown;
    }
}
