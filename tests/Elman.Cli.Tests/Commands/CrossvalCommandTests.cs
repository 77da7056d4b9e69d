using System.Text.Json;

namespace Elman.Cli.Tests.Commands;

/// <summary><c>elman crossval</c>.</summary>
public sealed class CrossvalCommandTests : IDisposable
{
    private static readonly string[] _quick = ["--cell", "rnn", "--layers", "4", "--epochs", "2", "--batch", "4", "--threads", "1"];

    private readonly Workspace _work = new();

    public void Dispose() => _work.Dispose();

    [Fact]
    public void Every_case_has_a_prediction_in_every_repeat_and_the_report_is_written()
    {
        ToolRun run = Tool.Run(["crossval", _work.Train, "--folds", "3", "--repeat", "2", "--run", _work.Path("cv"), .. _quick]);
        Assert.Equal("", run.Error);
        Assert.Contains("Mean over 6 folds: ", run.Output, StringComparison.Ordinal);
        string[] predictions = File.ReadAllLines(_work.Path("cv/predictions.csv"));
        Assert.Equal("repeat,index,truth,predicted,p_down,p_up", predictions[0]);
        Assert.Equal(24, predictions.Length - 1);
        Assert.Equal(7, File.ReadAllLines(_work.Path("cv/folds.csv")).Length);
        Assert.All((string[])["report.html", "metrics.json", "args.json", "confusion_matrix.svg"],
            name => Assert.True(File.Exists(_work.Path($"cv/{name}")), name));
        Assert.False(Directory.Exists(_work.Path("cv/checkpoint")));
    }

    [Fact]
    public void The_same_command_gives_the_same_predictions_and_json_has_the_folds()
    {
        string[] words = ["crossval", _work.Train, "--folds", "2", "--json", .. _quick];
        ToolRun one = Tool.Run([.. words, "--run", _work.Path("a")]), other = Tool.Run([.. words, "--run", _work.Path("b")]);
        Assert.Equal(File.ReadAllText(_work.Path("a/predictions.csv")), File.ReadAllText(_work.Path("b/predictions.csv")));
        JsonElement json = JsonDocument.Parse(one.Output).RootElement;
        Assert.Equal(2, json.GetProperty("folds").GetArrayLength());
        Assert.Equal("accuracy", json.GetProperty("figures")[0].GetProperty("figure").GetString());
        Assert.Equal(0, other.Status);
    }

    [Fact]
    public void A_stopped_one_goes_on_with_the_same_result()
    {
        string[] words = ["crossval", _work.Train, "--folds", "2", .. _quick];
        Tool.Run([.. words, "--run", _work.Path("whole")]);
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        ToolRun stopped = Tool.Run(new ToolSurroundings { Stop = stop.Token }, [.. words, "--run", _work.Path("cut")]);
        Assert.Equal(ExitStatus.Failed, stopped.Status);
        Assert.Contains($"elman crossval --resume {_work.Path("cut")}", stopped.Error, StringComparison.Ordinal);
        Assert.Contains(
            "is a run of elman crossval", Tool.Refuses(Tool.Run("train", "--resume", _work.Path("cut"))), StringComparison.Ordinal);
        Assert.Equal(0, Tool.Run("crossval", "--resume", _work.Path("cut")).Status);
        Assert.Equal(File.ReadAllText(_work.Path("whole/predictions.csv")), File.ReadAllText(_work.Path("cut/predictions.csv")));
    }

    [Fact]
    public void Fewer_groups_than_folds_are_said()
    {
        string data = _work.Write("groups.csv", "x1,x2,x3,label,person\n" + string.Concat(Enumerable.Range(0, 12).Select(i =>
            $"{i % 2},{i % 2},{i},{(i % 2 == 0 ? "down" : "up")},p{i % 3}\n")));
        ToolRun run = Tool.Run(["crossval", data, "--folds", "7", "--group-column", "person", "--no-run", .. _quick]);
        Assert.Equal(0, run.Status);
        Assert.Contains("--folds is 7, but there are only 3 groups, so there are 3 folds.", run.Error, StringComparison.Ordinal);
        Assert.Contains("3 folds, seed", run.Output.Replace("\n", " ", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public void Several_targets_are_compared_with_baselines_in_the_same_unit()
    {
        string data = _work.Write("two.csv", "x1,x2,mass,size\n" + string.Concat(Enumerable.Range(0, 30).Select(i =>
            $"{i * 7 % 11},{i % 5},{1000 * (i * 7 % 11)},{i % 5}\n")));
        ToolRun run = Tool.Run(["crossval", data, "--task", "regress", "--label-column", "mass,size", "--folds", "3", "--json",
            "--run", _work.Path("n"), .. _quick]);
        Assert.True(run.Status == 0, run.Error);
        JsonElement json = JsonDocument.Parse(run.Output).RootElement;
        Assert.Equal("nrmse", json.GetProperty("figures")[0].GetProperty("figure").GetString());
        JsonElement mean = json.GetProperty("baselines").EnumerateArray()
            .First(one => one.GetProperty("name").GetString() == "training mean");
        Assert.InRange(mean.GetProperty("estimate").GetDouble(), 0.9, 1.2);
        Assert.Equal(JsonValueKind.Object, mean.GetProperty("comparison").ValueKind);
    }

    [Fact]
    public void Regression_has_the_true_number_beside_the_prediction()
    {
        string numbers = _work.Write(
            "numbers.csv", "x1,x2,size\n" + string.Concat(Enumerable.Range(0, 8).Select(i => $"{i * i % 7},{i + 1.5},{i * 2}\n")));
        Assert.Equal(0, Tool.Run(["crossval", numbers, "--task", "regress", "--label-column", "size", "--folds", "2",
            "--run", _work.Path("n"), .. _quick]).Status);
        string[] predictions = File.ReadAllLines(_work.Path("n/predictions.csv"));
        Assert.Equal("repeat,index,true_size,size", predictions[0]);
        Assert.Equal(
            Enumerable.Range(0, 8).Select(i => $"1,{i},{2 * i},"), predictions[1..].Select(row => row[..(row.LastIndexOf(',') + 1)]));
    }

    [Theory]
    [InlineData("must be at least 2", "--folds", "1")]
    [InlineData("must be at least 1", "--repeat", "0")]
    [InlineData("use elman backtest", "--task", "forecast")]
    [InlineData("has no groups", "--leave-one-group-out")]
    [InlineData("leave out --folds and --repeat", "--leave-one-group-out", "--folds", "3")]
    public void What_it_can_not_do_is_refused(string problem, params string[] words) =>
        Assert.Contains(problem, Tool.Refuses(Tool.Run(["crossval", _work.Train, "--no-run", "--json", .. words, .. _quick])),
            StringComparison.Ordinal);
}
