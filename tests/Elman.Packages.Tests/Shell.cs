using System.Diagnostics;

namespace Elman.Packages.Tests;

/// <summary>Runs programs, and gives what they print.</summary>
internal static class Shell
{
    /// <summary>Runs a program to its end and returns its output. A program that fails fails the test.</summary>
    /// <param name="folder">The folder in which it runs.</param>
    /// <param name="program">The program.</param>
    /// <param name="arguments">Its arguments.</param>
    public static string Run(string folder, string program, params IEnumerable<string> arguments) =>
        RunWithCache(null, folder, program, arguments);

    /// <summary>Runs a program with another folder for restored packages.</summary>
    public static string RunWithCache(string? cache, string folder, string program, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        start.Environment["DOTNET_SYSTEM_GLOBALIZATION_INVARIANT"] = "1"; // figures are written as on every machine
        start.Environment["DOTNET_NOLOGO"] = "1";
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        // The runner of the tests sets these for itself.
        start.Environment.Remove("MSBuildSDKsPath");
        start.Environment.Remove("MSBUILD_EXE_PATH");
        if (cache is not null)
            start.Environment["NUGET_PACKAGES"] = cache;
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        string all = output + errors.Result;
        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}:\n{all}");
        return all.ReplaceLineEndings("\n");
    }
}
