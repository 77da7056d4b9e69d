using System.Diagnostics;

namespace Elman.Comparison.Reports;

/// <summary>The name of the processor.</summary>
internal static class ProcessorName
{
    private const string Unknown = "unknown processor";

    /// <summary>Queries the operating system for the name.</summary>
    public static string Find()
    {
        if (OperatingSystem.IsLinux())
            return FromList(File.ReadLines("/proc/cpuinfo")) ?? Unknown;
        if (OperatingSystem.IsMacOS())
            return FromMac() ?? Unknown;
        return Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER") ?? Unknown;
    }

    /// <summary>Returns the first model name in the list of processors of Linux; on ARM, the list has none.</summary>
    public static string? FromList(IEnumerable<string> lines) => lines
        .Select(line => line.Split(':', 2, StringSplitOptions.TrimEntries))
        .FirstOrDefault(parts => parts is ["model name", not ""])?[1];

    private static string? FromMac()
    {
        using Process? process = Process.Start(
            new ProcessStartInfo("/usr/sbin/sysctl", ["-n", "machdep.cpu.brand_string"]) { RedirectStandardOutput = true });
        return process?.StandardOutput.ReadToEnd().Trim() is { Length: > 0 } name ? name : null;
    }
}
