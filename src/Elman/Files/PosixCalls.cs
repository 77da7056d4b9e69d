using System.Runtime.InteropServices;

namespace Elman;

/// <summary>What .NET does not offer of POSIX: the kind of a file, and flushing a folder to the disk.</summary>
internal static partial class PosixCalls
{
    private const int CurrentFolder = -100, TypeMask = 0xF000, RegularFile = 0x8000, Folder = 0x4000;
    private const uint TypeField = 1; // STATX_TYPE

    /// <summary>Whether a path, symbolic links followed, is a pipe, socket or device. Only known on Linux.</summary>
    public static unsafe bool IsSpecial(string path)
    {
        if (!OperatingSystem.IsLinux())
            return false;
        try
        {
            Status status;
            return Statx(CurrentFolder, path, 0, TypeField, &status) == 0 && (status.Mode & TypeMask) is not (RegularFile or Folder);
        }
        catch (EntryPointNotFoundException)
        {
            return false; // an old C library
        }
    }

    /// <summary>
    /// Flushes a folder to the disk, so that a new name in it survives a power failure. Does nothing if that is not possible.
    /// </summary>
    public static void FlushFolder(string path)
    {
        if (OperatingSystem.IsWindows())
            return;
        int descriptor = Open(path, 0);
        if (descriptor < 0)
            return;
        _ = Flush(descriptor); // some file systems refuse it
        _ = Close(descriptor);
    }

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static unsafe partial int Statx(int folder, string path, int flags, uint mask, Status* status);

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Flush(int descriptor);

    [LibraryImport("libc", EntryPoint = "close")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Close(int descriptor);

    /// <summary><c>struct statx</c>, which is the same on every processor; only the mode is read.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private struct Status
    {
        [FieldOffset(28)]
        public ushort Mode;
    }
}
