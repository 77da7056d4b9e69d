using System.Runtime.InteropServices;

namespace Elman.Cli.Tests;

public class CommandLineTests
{
    [Fact]
    public void Alone_it_shows_help_with_two_examples()
    {
        ToolRun run = Tool.Run();
        Assert.Equal(0, run.Status);
        Assert.Equal("", run.Error);
        Assert.Contains("elman train train.csv --test test.csv", run.Output, StringComparison.Ordinal);
        Assert.Contains("elman predict runs/mine new.csv", run.Output, StringComparison.Ordinal);
        Assert.Equal(run.Output, Tool.Run("--help").Output);
    }

    [Theory]
    [InlineData("train")]
    [InlineData("evaluate")]
    [InlineData("predict")]
    [InlineData("info")]
    [InlineData("data")]
    [InlineData("data", "list")]
    [InlineData("data", "generate")]
    public void Every_command_has_help(params string[] command)
    {
        ToolRun run = Tool.Run([.. command, "--help"]);
        Assert.Equal(0, run.Status);
        Assert.Equal("", run.Error);
        Assert.Contains("Usage:", run.Output, StringComparison.Ordinal);
        Assert.Contains($"elman {string.Join(' ', command)}", run.Output, StringComparison.Ordinal);
        // The names of arguments, not the files of the current folder, which can be completed.
        Assert.DoesNotContain(".dll", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_version_is_that_of_the_project()
    {
        ToolRun run = Tool.Run("--version");
        Assert.Equal(0, run.Status);
        Assert.Matches(@"^elman \d+\.\d+\.\d+\n", run.Output);
    }

    [Fact]
    public void The_version_is_followed_by_what_a_report_of_a_problem_needs()
    {
        string[] lines = Tool.Run("--version").OutputLines;
        Assert.Matches("^commit: ([0-9a-f]{40}|unknown)$", lines[1]);
        Assert.StartsWith($"runtime: {RuntimeInformation.FrameworkDescription}, ", lines[2], StringComparison.Ordinal);
        Assert.Matches("^kernels: (vector512|vector256|vector128|scalar)$", lines[3]);
        Assert.Equal($"processors: {Environment.ProcessorCount}", lines[4]);
        Assert.Equal(5, lines.Length);
    }

    [Theory]
    [InlineData("did you mean train?", "trian")]
    [InlineData("see elman --help", "dance")]
    [InlineData("did you mean --layers?", "train", "--layrs", "3")]
    [InlineData("did you mean --layers?", "train", "--layrs")]
    [InlineData("did you mean --json?", "evaluate", "m.safetensors", "--jason")]
    [InlineData("an extra argument", "evaluate", "m.safetensors", "a.csv", "b.csv")]
    [InlineData("elman evaluate needs MODEL and DATA; see elman evaluate --help.", "evaluate")]
    [InlineData("elman evaluate needs DATA; see elman evaluate --help.", "evaluate", "m.safetensors")]
    [InlineData("elman predict needs MODEL", "predict")]
    [InlineData("elman predict needs DATA", "predict", "m.safetensors")]
    [InlineData("list, generate, get or convert", "data")]
    [InlineData("--layers", "train", "--layers")]
    [InlineData("--layers", "train", "--layers", "3", "--layers", "4")]
    [InlineData("--out is empty", "train", "--out", "")]
    [InlineData("--validation is empty", "train", "--validation", "")]
    public void A_wrong_word_is_refused_with_what_was_probably_meant(string expected, params string[] args) =>
        Assert.Contains(expected, Tool.Refuses(Tool.Run(args)), StringComparison.Ordinal);

    [Theory]
    [InlineData("DATA", "train", "")]
    [InlineData("MODEL", "predict", "", "x.csv")]
    [InlineData("MODEL", "evaluate", "")]
    [InlineData("MODEL|DATA", "info", "")]
    public void A_name_that_is_empty_is_refused(string what, params string[] words) =>
        Assert.Equal($"elman: {what} is empty; give a name.", Tool.Refuses(Tool.Run(words)));
}
