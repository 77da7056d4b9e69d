namespace Elman.Cli.Tests;

/// <summary>The appearance of the output: colours only on terminals, and lines that fit.</summary>
public sealed class AppearanceTests : IDisposable
{
    private const char Escape = '\u001b';

    private readonly Workspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    private string[][] Commands() =>
    [
        [.. Workspace.TrainArgs(
            _workspace.Train, "--test", _workspace.Test, "--validation", "0.3", "--out", _workspace.Path("n.safetensors"))],
        ["evaluate", _workspace.Model(), _workspace.Test],
        ["info", _workspace.Model()],
        ["info", _workspace.Train],
        ["data", "list"],
        ["--help"],
    ];

    [Fact]
    public void Plain_output_has_no_escape_sequence() =>
        Assert.All(Commands(), words =>
        {
            ToolRun run = Tool.Run(words);
            Assert.Equal(0, run.Status);
            Assert.DoesNotContain(Escape, run.Output);
            Assert.DoesNotContain(Escape, run.Error);
        });

    [Fact]
    public void On_a_terminal_training_shows_a_bar_that_goes_away()
    {
        ToolRun run = Tool.Run(new ToolSurroundings { Rich = true }, Commands()[0]);
        Assert.Equal("", run.Error);
        Assert.Equal(0, run.Status);
        Assert.Contains(Escape, run.Output);
        Assert.Contains("epoch 2/2", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void With_json_the_bar_is_on_standard_error_alone()
    {
        ToolRun run = Tool.Run(new ToolSurroundings { Rich = true }, [.. Commands()[0], "--json"]);
        Assert.Equal(0, run.Status);
        Assert.DoesNotContain(Escape, run.Output);
        Assert.StartsWith("{", run.Output, StringComparison.Ordinal);
        Assert.Single(run.OutputLines);
        Assert.Contains("epoch 2/2", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void The_parts_of_a_model_fit_a_screen_of_forty_columns_without_a_number_split()
    {
        string model = _workspace.Path("wide.safetensors");
        Assert.Equal(0, Tool.Run(
            Workspace.TrainArgs(_workspace.Train, "--cell", "lstm", "--layers", "100,30", "--bidirectional", "--out", model)).Status);
        ToolRun run = Tool.Run(new ToolSurroundings { Width = 40 }, "info", model);
        Assert.All(run.OutputLines.Where(line => line.StartsWith(' ')), line => Assert.InRange(line.Length, 0, 40));
        Assert.Contains("[T, 60]", run.Output, StringComparison.Ordinal);
        Assert.Contains(" 55,440 ", run.Output, StringComparison.Ordinal); // 2·(4·30·(200 + 30) + 4·30)
    }

    [Fact]
    public void Tables_fit_a_screen_of_forty_columns()
    {
        string data = _workspace.Write(
            "long.csv", Workspace.Csv(["a class with a very long name indeed", "another class whose name goes on and on"], cases: 8));
        ToolRun run = Tool.Run(new ToolSurroundings { Width = 40 }, "evaluate", _workspace.Model(data: data), data);
        Assert.Equal(0, run.Status);
        // The first line contains the name of the file, and is not wrapped if the output is not a terminal.
        Assert.All(run.OutputLines.Skip(2).Where(line => !line.StartsWith("Confusion", StringComparison.Ordinal)),
            line => Assert.InRange(line.Length, 0, 40));
        Assert.Contains("a class with …", run.Output, StringComparison.Ordinal);
        Assert.Contains("prec.", run.Output, StringComparison.Ordinal);
        Assert.Contains("Confusion", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Thirty_classes_with_long_names_show_the_pairs_instead_of_the_matrix()
    {
        string[] labels = [.. Enumerable.Range(0, 30).Select(i => $"the class with number {i} of thirty")];
        string data = _workspace.Write("many.csv", Workspace.Csv(labels, cases: 60));
        ToolRun run = Tool.Run("evaluate", _workspace.Model(data: data), data);
        Assert.Equal(0, run.Status);
        Assert.Contains("Most frequent confusions, 10 of ", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Confusion", run.Output, StringComparison.Ordinal);
        Assert.All(run.OutputLines.Skip(2).Where(line => !line.StartsWith("Most frequent confusions", StringComparison.Ordinal)),
            line => Assert.InRange(line.Length, 0, 80));
    }
}
