using System.Globalization;

namespace Elman;

/// <summary>The reason why a file or a stream can't be read or written, in the words of this library.</summary>
internal static class FileProblem
{
    /// <summary>HResult of an <see cref="IOException"/> whose message is ours; the bit for customers' numbers is set.</summary>
    private const int Own = 0x2000_0001;

    /// <summary>HResult of an <see cref="IOException"/> that does not come from the system.</summary>
    private const int NotOfSystem = unchecked((int)0x80131620);

    // HResult is the error number on Unix, and 0x8007 with the error number on Windows.
    private static readonly Dictionary<int, string> _reasons = new()
    {
        [4] = "the operation was interrupted; try again",
        [5] = "the device reports an error; check the disk",
        [17] = "there is a file of this name already; choose another name",
        [20] = "a part of the path is a file, not a folder; check the path",
        [21] = "it is a folder, not a file; give the name of a file",
        [24] = "the process has too many open files; close some",
        [27] = "the file is too large for the file system",
        [28] = "no space is left on the disk; free some, or choose another one",
        [30] = "the file system is read-only; choose another place",
        [32] = "the reader has closed the pipe",
        [36] = "the name is too long; choose a shorter one",
        [40] = "its symbolic links form a cycle; correct them",
        [122] = "your quota of the disk is used up; free some space, or choose another disk",
        [unchecked((int)0x80070020)] = "another program uses the file; close it there",
        [unchecked((int)0x80070027)] = "no space is left on the disk; free some, or choose another one",
        [unchecked((int)0x80070050)] = "there is a file of this name already; choose another name",
        [unchecked((int)0x80070070)] = "no space is left on the disk; free some, or choose another one",
    };

    /// <summary>Creates an exception whose message <see cref="ReasonOf"/> returns.</summary>
    public static IOException Create(string message, Exception? cause = null) => new(message, cause) { HResult = Own };

    /// <summary>Returns the reason, as the end of a sentence without its point.</summary>
    /// <param name="exception">An exception of reading or writing.</param>
    public static string ReasonOf(Exception exception) => exception switch
    {
        FileNotFoundException => "there is no such file; check the path",
        DirectoryNotFoundException { InnerException: null } => "there is no such folder; create it, or check the path",
        UnauthorizedAccessException => "access is not permitted; check the permissions, or choose another place",
        PathTooLongException => _reasons[36],
        EndOfStreamException => "it ends early; get it again",
        DirectoryNotFoundException or IOException { HResult: Own } => exception.Message.TrimEnd('.'),
        IOException { HResult: NotOfSystem } when exception.GetType() != typeof(IOException) => exception.Message.TrimEnd('.'), // of Elman
        IOException system when _reasons.TryGetValue(system.HResult, out string? reason) => reason,
        IOException system => string.Create(
            CultureInfo.InvariantCulture, $"the system reports error {system.HResult & 0xFFFF}; check the path and the disk"),
        NotSupportedException => "the stream or the path does not support it; give another one",
        _ => "the path is not valid; give the name of a file",
    };
}
