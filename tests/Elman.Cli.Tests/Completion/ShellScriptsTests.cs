using System.Diagnostics;

namespace Elman.Cli.Tests.Completion;

/// <summary>The scripts, run by the shells that are installed.</summary>
public sealed class ShellScriptsTests : IDisposable
{
    private readonly Workspace _workspace = new();

    [Theory]
    [InlineData("elman tr", "train")]
    [InlineData("elman train --cell g", "gru")]
    [InlineData("elman train --cell=g", "gru")]
    [InlineData("elman data convert train.c", "train.csv")]
    [InlineData("elman train --task ", "classify,forecast,regress,tag")]
    public void Bash_completes(string line, string expected)
    {
        string script = $$"""
            source <(elman completion bash)
            complete -p elman >/dev/null || exit 1
            COMP_LINE='{{line}}' COMP_POINT={{line.Length}}
            _elman_complete elman
            printf '%s\n' "${COMPREPLY[@]}"
            """;
        Assert.Equal(expected, string.Join(',', Run("bash", "-c", script).Order(StringComparer.Ordinal)));
    }

    [Fact]
    public void Fish_completes() => Assert.Equal(["gru"], Run("fish", "-c",
        "elman completion fish | source; complete -C 'elman train --cell g'").Select(line => line.Split('\t')[0]));

    [Fact]
    public void Zsh_completes()
    {
        // Without a terminal zsh does not complete; the function is run with what the shell gives it.
        string script = """
            compdef() { :; }
            compadd() { shift 2; print -l -- "$@"; }
            source <(elman completion zsh)
            words=(elman train --cell g) CURRENT=4
            _elman_complete
            """;
        Assert.Equal(["gru"], Run("zsh", "-f", "-c", script));
    }

    [Theory]
    [InlineData("bash")]
    [InlineData("zsh")]
    [InlineData("fish")]
    [InlineData("pwsh")]
    public void Every_script_asks_by_the_directive(string shell)
    {
        ToolRun run = Tool.Run("completion", shell);
        Assert.Equal(0, run.Status);
        Assert.Contains("\"[suggest:", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain('\r', run.Output);
    }

    [Fact]
    public void Another_shell_is_refused() =>
        Assert.Contains("it may be bash, zsh, fish or pwsh", Tool.Refuses(Tool.Run("completion", "csh")), StringComparison.Ordinal);

    public void Dispose() => _workspace.Dispose();

    private string[] Run(string shell, params string[] args)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Needs a POSIX system.");
        string? path = Environment.GetEnvironmentVariable("PATH");
        Assert.SkipUnless(path!.Split(':').Any(folder => File.Exists(Path.Combine(folder, shell))), $"{shell} is not installed.");
        string tool = _workspace.Write("elman", $"#!/bin/sh\nexec dotnet '{Path.Combine(AppContext.BaseDirectory, "Elman.Cli.dll")}' "
            + "\"$@\"\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(tool, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var start = new ProcessStartInfo(shell)
        {
            WorkingDirectory = _workspace.Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (string arg in args)
            start.ArgumentList.Add(arg);
        start.Environment["PATH"] = $"{_workspace.Folder}:{path}";
        start.Environment["HOME"] = _workspace.Folder;
        using Process process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd(), error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, error);
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
