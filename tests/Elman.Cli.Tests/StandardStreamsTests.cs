using System.Diagnostics;

namespace Elman.Cli.Tests;

/// <summary>The tool as a process whose streams are connected or closed by a shell.</summary>
public sealed class StandardStreamsTests : IDisposable
{
    private static readonly string _tool = $"dotnet '{Path.Combine(AppContext.BaseDirectory, "Elman.Cli.dll")}'";

    private readonly Workspace _workspace = new();

    [Theory]
    [InlineData("yes 0.5 2>/dev/null | TOOL predict MODEL --stream | head -2 | wc -l", "2", "")] // else it would go on for ever
    [InlineData("TOOL predict MODEL --stream <&-", "", "elman: Standard input is closed; give it data, as in 'elman … < FILE'.")]
    [InlineData("TOOL predict MODEL --stream </dev/null", "", "")]
    [InlineData("printf '0.5\\n1\\n' | TOOL predict MODEL --stream | wc -l", "3", "")]
    [InlineData("exec 3<&0; printf '0.5\\n' | { exec 4<&0; TOOL predict MODEL --stream; } | wc -l", "2", "")]
    [InlineData("TOOL --version >/dev/full", "", "elman: The output can't be written: no space is left on the disk; free some, or choose "
        + "another one.")]
    [InlineData("TOOL --version >&-", "", "")]
    [InlineData("{ TOOL --version; TOOL --version; } > FILE; grep -c ^elman FILE", "2", "")]
    public async Task A_stream_that_ends_or_is_closed_ends_the_command(string script, string output, string error)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Needs a POSIX shell and /proc.");
        string model = _workspace.Model();
        var start = new ProcessStartInfo("/bin/sh")
        {
            ArgumentList =
            {
                "-c",
                script.Replace("TOOL", _tool, StringComparison.Ordinal).Replace("MODEL", $"'{model}'", StringComparison.Ordinal)
                    .Replace("FILE", $"'{_workspace.Path("written")}'", StringComparison.Ordinal),
            },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        using var timeout = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        try
        {
            Task<string> written = process.StandardOutput.ReadToEndAsync(timeout.Token),
                complaint = process.StandardError.ReadToEndAsync(timeout.Token);
            await process.WaitForExitAsync(timeout.Token);
            Assert.Equal(output, (await written).Trim());
            Assert.Equal(error, (await complaint).Trim());
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }

    public void Dispose() => _workspace.Dispose();
}
