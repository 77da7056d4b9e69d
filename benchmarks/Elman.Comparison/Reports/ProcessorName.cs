using System.Diagnostics;

namespace Elman.Comparison.Reports;

/// <summary>What the processor calls itself.</summary>
internal static class ProcessorName
{
    private const string Unknown = "unknown processor";

    /// <summary>Asks the operating system.</summary>
    public static string Find()
    {
        if (OperatingSystem.IsLinux())
            return FromList(File.ReadLines("/proc/cpuinfo")) ?? Unknown;
        if (OperatingSystem.IsMacOS())
            return FromMac() ?? Unknown;
        return Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER") ?? Unknown;
    }

    /// <summary>The first model name in Linux's list of processors; ARM's list has none.</summary>
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
