using System.Diagnostics;
using Elman.Tests;

namespace Elman.Samples.Tests.Running;

/// <summary>Runs a sample as a reader does: <c>dotnet run samples/NAME.cs</c>, which builds it first.</summary>
internal static class SampleRun
{
    /// <summary>Longer than any sample takes, so that one that hangs fails.</summary>
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(5);

    public static string Folder { get; } = Path.Combine(Repository.Root, "samples");

    /// <summary>The names of the samples, without their extension.</summary>
    public static IReadOnlyList<string> Names { get; } =
        [.. Directory.GetFiles(Folder, "*.cs").Select(path => Path.GetFileNameWithoutExtension(path)!).Order(StringComparer.Ordinal)];

    public static Process Start(string name, params string[] args)
    {
        var start = new ProcessStartInfo("dotnet", ["run", $"samples/{name}.cs", .. args.Length > 0 ? ["--", .. args] : args])
        {
            WorkingDirectory = Repository.Root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        start.Environment["DOTNET_NOLOGO"] = "1";
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1"; // no process stays behind
        start.Environment.Remove("DOTNET_TieredPGO"); // what the tests are run with is not for the sample
        Process process = Process.Start(start)!;
        process.StandardInput.Close();
        return process;
    }

    /// <summary>Runs a sample to its end.</summary>
    public static async Task<(int Status, string Output, string Error)> RunAsync(
        string name, string[] args, CancellationToken cancellationToken)
    {
        using Process process = Start(name, args);
        using var late = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        late.CancelAfter(_patience);
        try
        {
            Task<string> output = process.StandardOutput.ReadToEndAsync(late.Token);
            Task<string> error = process.StandardError.ReadToEndAsync(late.Token);
            await process.WaitForExitAsync(late.Token);
            return (process.ExitCode, await output, await error);
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }
}
