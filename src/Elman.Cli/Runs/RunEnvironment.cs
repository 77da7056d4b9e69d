using System.Runtime.InteropServices;
using System.Text.Json;
using Elman.Cli.Output;
using Elman.Kernels;

namespace Elman.Cli.Runs;

/// <summary>Where a training ran, <c>env.json</c>: version, commit, system, processor, threads and time.</summary>
internal static class RunEnvironment
{
    private const string ProcessorFile = "/proc/cpuinfo", ModelName = "model name";

    /// <summary>Writes the members.</summary>
    public static void Write(Utf8JsonWriter json, TrainingSummary summary)
    {
        json.WriteString("elman", ToolVersion.Number);
        json.WriteStringOrNull("commit", ToolVersion.Commit);
        json.WriteString("runtime", RuntimeInformation.FrameworkDescription);
        json.WriteString("system", RuntimeInformation.OSDescription);
        json.WriteString("architecture", RuntimeInformation.ProcessArchitecture.ToString());
        json.WriteStringOrNull("processor", Processor());
        json.WriteString("kernels", KernelInfo.Name);
        json.WriteNumber("processors", Environment.ProcessorCount);
        json.WriteNumberOrNull("threads", summary.Threads);
        json.WriteNumberOrNull("seconds", summary.Seconds);
    }

    /// <summary>The name of the processor, where the system tells it in a file.</summary>
    private static string? Processor()
    {
        try
        {
            return File.Exists(ProcessorFile)
                ? File.ReadLines(ProcessorFile).FirstOrDefault(line => line.StartsWith(ModelName, StringComparison.Ordinal))
                    ?.Split(':', 2)[1].Trim()
                : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
