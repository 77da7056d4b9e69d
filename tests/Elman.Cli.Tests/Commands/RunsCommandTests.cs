using System.Text.Json;

namespace Elman.Cli.Tests.Commands;

/// <summary><c>elman runs</c>.</summary>
public sealed class RunsCommandTests : IDisposable
{
    private readonly Workspace _work = new();

    public void Dispose() => _work.Dispose();

    [Fact]
    public void Runs_are_listed_with_their_figures_in_the_order_of_their_numbers()
    {
        Train("runs/data-2", "--test", _work.Test);
        Train("runs/data-10");
        Stopped("runs/data-11");
        ToolRun list = Tool.Run("runs", "--folder", _work.Path("runs"));
        Assert.Equal("", list.Error);
        int[] places = [.. ((string[])["data-2 ", "data-10", "data-11"])
            .Select(name => list.Output.IndexOf(name, StringComparison.Ordinal))];
        Assert.Equal(places.Order(), places);
        Assert.DoesNotContain(-1, places);
        Assert.Contains("not tested", list.Output, StringComparison.Ordinal);
        string text = Tool.Run("runs", "--folder", _work.Path("runs"), "--json").Output;
        JsonElement json = JsonDocument.Parse(text).RootElement.GetProperty("runs");
        Assert.Equal(["complete", "complete", "interrupted"], json.EnumerateArray().Select(run => run.GetProperty("state").GetString()!));
        Assert.Equal(3, json[0].GetProperty("figures").GetProperty("accuracy").GetArrayLength());
    }

    [Fact]
    public void Two_runs_are_compared_by_options_figures_and_curves()
    {
        Train("a", "--test", _work.Test);
        Train("b", "--test", _work.Test, "--epochs", "3", "--dropout", "0.25");
        ToolRun run = Tool.Run("runs", _work.Path("a"), _work.Path("b"), "--plot", _work.Path("c.svg"));
        Assert.Equal("", run.Error);
        Assert.Contains("  epochs: 2 | 3", run.OutputLines);
        Assert.Contains("  dropout: 0 | 0.25", run.OutputLines);
        Assert.DoesNotContain("batch", run.Output, StringComparison.Ordinal);
        Assert.Contains(run.OutputLines, line =>
            line.StartsWith("accuracy ", StringComparison.Ordinal) && line.Contains(" | accuracy ", StringComparison.Ordinal));
        string picture = File.ReadAllText(_work.Path("c.svg"));
        Assert.Contains("<svg", picture, StringComparison.Ordinal);
        Assert.Contains(">a<", picture, StringComparison.Ordinal);
        Assert.Contains(">b<", picture, StringComparison.Ordinal);
    }

    [Fact]
    public void Options_of_the_data_are_compared_too()
    {
        Train("a", "--test", _work.Test);
        Train("b", "--test", _work.Train, "--label-column", "label");
        ToolRun run = Tool.Run("runs", _work.Path("a"), _work.Path("b"));
        Assert.Contains(run.OutputLines, line => line.StartsWith("  test: ", StringComparison.Ordinal));
        Assert.Contains("  label-column: – | label", run.OutputLines);
        Assert.DoesNotContain("  run:", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_that_a_process_works_on_is_running()
    {
        Stopped("runs/a");
        string list = Listed();
        Assert.Contains("interrupted", list, StringComparison.Ordinal);
        Assert.Contains("To go on: ", list, StringComparison.Ordinal);
        using (Elman.Cli.Runs.RunFolder.Open(_work.Path("runs/a")).Lock())
        {
            list = Listed();
            Assert.Contains("running", list, StringComparison.Ordinal);
            Assert.DoesNotContain("To go on: ", list, StringComparison.Ordinal);
            Assert.Contains("wait for its end", Tool.Refuses(Tool.Run("evaluate", _work.Path("runs/a"), _work.Test)),
                StringComparison.Ordinal);
        }

        string Listed() => Tool.Run("runs", "--folder", _work.Path("runs")).Output;
    }

    [Fact]
    public void What_can_not_be_compared_is_refused()
    {
        Train("a");
        Assert.Contains("name another one", Tool.Refuses(Tool.Run("runs", _work.Path("a"))), StringComparison.Ordinal);
        Assert.Contains(
            "There is no folder", Tool.Refuses(Tool.Run("runs", _work.Path("a"), _work.Path("none"))), StringComparison.Ordinal);
        Assert.Contains("must end with .svg", Tool.Refuses(Tool.Run("runs", _work.Path("a"), _work.Path("a"), "--plot", "c.png")),
            StringComparison.Ordinal);
        Assert.Contains(
            "there is no such folder", Tool.Refuses(Tool.Run("runs", "--folder", _work.Path("none"))), StringComparison.Ordinal);
        File.WriteAllText(_work.Path("a/metrics.json"), "{");
        Assert.Contains("is damaged", Tool.Refuses(Tool.Run("runs", _work.Path("a"), _work.Path("a"))), StringComparison.Ordinal);
        Assert.Contains("is damaged", Tool.Run("runs", "--folder", _work.Folder).Error, StringComparison.Ordinal);
    }

    private void Train(string folder, params string[] words) =>
        Assert.Equal(0, Tool.Run(Workspace.TrainArgs([_work.Train, "--run", _work.Path(folder), "--json", .. words])).Status);

    private void Stopped(string folder)
    {
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        Tool.Run(new ToolSurroundings { Stop = stop.Token }, Workspace.TrainArgs(_work.Train, "--run", _work.Path(folder), "--json"));
    }
}
