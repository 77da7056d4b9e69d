using System.Text;

namespace Elman.Cli.Tests;

/// <summary>Runs the tool in the test process and captures its output.</summary>
internal static class Tool
{
    public static ToolRun Run(params string[] args) => Run(new ToolSurroundings(), args);

    public static ToolRun Run(ToolSurroundings surroundings, params string[] args)
    {
        using StringWriter output = new() { NewLine = "\n" }, error = new() { NewLine = "\n" };
        var terminal = new Terminal(output, error, () => surroundings.Width)
        {
            Input = () => new MemoryStream(Encoding.UTF8.GetBytes(surroundings.Input)),
            OutputIsRich = surroundings.Rich,
            ErrorIsRich = surroundings.Rich,
            Stop = surroundings.Stop,
            Variable = surroundings.Variables.GetValueOrDefault,
        };
        // A run is a folder in the current one, which all tests share.
        bool isPlain = args is ["train", ..] && !surroundings.WritesRuns
            && !args.Any(word => word is "--run" or "--no-run" or "--resume" or "--help" or "-h" or "-?");
        int status = CommandLine.Run(isPlain ? [.. args, "--no-run"] : args, terminal);
        return new ToolRun(status, output.ToString(), error.ToString());
    }

    /// <summary>
    /// Asserts the common properties of a refusal: the status, one sentence on standard error, and nothing on standard output.
    /// </summary>
    public static string Refuses(ToolRun run, int status = ExitStatus.WrongInput)
    {
        Assert.Equal(status, run.Status);
        Assert.Equal("", run.Output);
        string line = Assert.Single(run.ErrorLines);
        Assert.StartsWith("elman: ", line, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", line, StringComparison.Ordinal);
        Assert.DoesNotContain("(Parameter", line, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", line, StringComparison.Ordinal);
        return line;
    }
}

internal sealed record ToolSurroundings
{
    public string Input { get; init; } = "";

    public bool Rich { get; init; }

    public int Width { get; init; } = 80;

    public CancellationToken Stop { get; init; }

    /// <summary>Whether <c>train</c> writes the folder of its run into the current folder, as it does for a user.</summary>
    public bool WritesRuns { get; init; }

    public IReadOnlyDictionary<string, string?> Variables { get; init; } = new Dictionary<string, string?>();
}

internal sealed record ToolRun(int Status, string Output, string Error)
{
    public string[] OutputLines => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public string[] ErrorLines => Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}

internal static class Read
{
    /// <summary>Reads a file with the library.</summary>
    public static SequenceDataset File(string path) =>
        Elman.Data.DataFile.Read(path, cancellationToken: TestContext.Current.CancellationToken);
}
