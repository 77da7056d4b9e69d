using System.Globalization;

namespace Elman.Reports.TensorBoard;

/// <summary>The names of event files: <c>events.out.tfevents.SECONDS.HOST.PROCESS.NUMBER</c>.</summary>
internal static class EventFileName
{
    private const string Prefix = "events.out.tfevents.";
    private const long MostSeconds = 9_999_999_999; // ten digits

    private static int _files;

    /// <summary>
    /// Returns the name of a new file. TensorBoard reads the files of a folder in the order of their names, so the name follows those of
    /// the files in the folder, also if both are of the same second or the clock was set back.
    /// </summary>
    /// <param name="folder">The folder.</param>
    /// <param name="now">The time.</param>
    public static string Next(string folder, DateTimeOffset now)
    {
        long latest = Directory.EnumerateFiles(folder, Prefix + "*").Max(SecondsOf) ?? 0;
        long seconds = Math.Min(Math.Max(now.ToUnixTimeSeconds(), latest + 1), MostSeconds);
        string host = string.Concat(Environment.MachineName.Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' ? c : '-'));
        return string.Create(CultureInfo.InvariantCulture,
            $"{Prefix}{seconds:0000000000}.{host}.{Environment.ProcessId}.{Interlocked.Increment(ref _files) - 1}");
    }

    private static long? SecondsOf(string path)
    {
        string rest = Path.GetFileName(path)[Prefix.Length..];
        return long.TryParse(rest.Split('.')[0], NumberStyles.None, CultureInfo.InvariantCulture, out long seconds) ? seconds : null;
    }
}
