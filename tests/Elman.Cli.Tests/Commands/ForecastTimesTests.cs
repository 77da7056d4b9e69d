using System.Globalization;
using System.Text;

namespace Elman.Cli.Tests.Commands;

/// <summary>Warnings about series whose times do not match the training data of a forecaster.</summary>
public sealed class ForecastTimesTests : IDisposable
{
    private static readonly DateTime _start = new(2024, 1, 1);

    private readonly Workspace _workspace = new();

    [Theory]
    [InlineData(60, "")]
    [InlineData(1440, "has steps of 1d, and the model has steps of 1h")]
    [InlineData(10, "Give --resample 1h")]
    public void Series_in_other_steps_than_those_of_the_model_are_reported(int minutes, string because)
    {
        string model = Trained(Series("train", 60, 300)), data = Series("other", minutes, 300, first: 300);
        foreach (string command in (string[])["predict", "evaluate"])
            Says(Tool.Run(command, model, data), because);
        Says(Tool.Run(["train", Series("train", 60, 300), "--test", data, .. Quick]),
            because.Length == 0 || minutes < 60 ? because : "train.csv has steps of 1h", "are also in", "does not continue");
    }

    [Fact]
    public void Months_of_any_length_are_alike_and_a_model_from_a_file_knows_its_steps()
    {
        string months = _workspace.Write("months.csv", "time,load\n" + string.Concat(Enumerable.Range(0, 60).Select(k =>
            FormattableString.Invariant($"{_start.AddMonths(k):yyyy-MM-dd},{k % 12}\n"))));
        string february = _workspace.Write("february.csv", "time,load\n2030-02-01,1\n2030-03-01,2\n");
        string model = Trained(months, "last-value:1");
        Says(Tool.Run("predict", model, february), "");
        Says(Tool.Run("predict", model, Series("hours", 60, 50)), "steps of 1h, and the model has steps of 30d");
    }

    [Theory]
    [InlineData(100, "")]
    [InlineData(12, "has 12 steps, but the model uses 25")]
    public void A_history_that_is_shorter_than_the_longest_lag_is_reported(int steps, string because)
    {
        string model = Trained(Series("train", 60, 300), "lags:1");
        string data = Series("short", 60, steps);
        Says(Tool.Run("predict", model, data), because.Length == 0 ? "" : "but the model uses");
        using SequenceForecaster forecaster = SequenceForecaster.Load(model);
        Says(Tool.Run("predict", model, data), because.Length == 0
            ? "" : FormattableString.Invariant($"has {steps} steps, but the model uses {forecaster.LongestLag + 1}"));
        Assert.InRange(forecaster.LongestLag, 24, 300);
    }

    [Theory]
    [InlineData(1000, "")]
    [InlineData(150, "of 150 steps of")]
    public void Steps_that_are_evaluated_without_what_the_model_looks_back_on_are_reported_if_they_are_many(int steps, string because)
    {
        string model = Trained(Series("train", 60, 300), "lags:1");
        Says(Tool.Run("evaluate", model, Series("test", 60, steps, 300)), because);
        Says(Tool.Run("predict", model, Series("test", 60, steps, 300)), "");
        string info = Tool.Run("info", model).Output;
        Assert.Contains("a step every 1h; uses", info, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(300, 60, "")] // goes on
    [InlineData(303, 60, "there is a gap between them")]
    [InlineData(280, 60, "are also in")]
    [InlineData(-100, 60, "the model was trained on later data.")]
    public void Test_data_that_overlap_the_training_data_or_do_not_continue_them_are_reported(int first, int steps, string because)
    {
        string train = Series("train", 60, 300), test = Series("test", 60, steps, first);
        ToolRun run = Tool.Run(["train", train, "--test", test, .. Quick]);
        Says(run, because);
        Assert.Equal(because.Length == 0, run.Output.Contains("continuing those", StringComparison.Ordinal));
    }

    [Fact]
    public void Test_data_continue_validation_data_that_continue_the_training_data()
    {
        string train = Series("train", 60, 300), validation = Series("validation", 60, 50, 300), test = Series("test", 60, 50, 350);
        ToolRun run = Tool.Run(["train", train, "--validation", validation, "--test", test, .. Quick]);
        Says(run, "");
        Assert.Contains("continuing those", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Series_of_several_lengths_of_a_step_are_reported()
    {
        var rows = new StringBuilder("id,time,load\n");
        foreach ((string id, int minutes) in (ReadOnlySpan<(string, int)>)[("a", 60), ("b", 60), ("c", 1440)])
            for (int t = 0; t < 60; t++)
                rows.Append(CultureInfo.InvariantCulture, $"{id},{_start.AddMinutes(minutes * t):yyyy-MM-dd HH:mm},{t % 24}\n");
        string data = _workspace.Write("mixed.csv", rows.ToString());
        Assert.Contains("has steps of 1d, others of 1h",
            Tool.Run(["train", data, .. Quick]).Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2024-02-01 00:00,1\n2024-02-01 01:00,1\n2024-02-01 02:00,1\n", "")]
    [InlineData("2024-02-01 00:00,1\n2024-02-01 03:00,1\n2024-02-01 06:00,1\n", "line 2 of standard input is 3h after")]
    [InlineData("2024-02-01 00:00,1\n2024-02-01 00:10,1\n", "line 2 of standard input is 10min after")]
    [InlineData("2024-02-01 00:00,1\n\n2024-02-01 09:00,1\n", "")]
    public void Lines_of_a_stream_in_other_steps_are_reported_once(string input, string because)
    {
        string model = Trained(Series("train", 60, 300), "last-value:1", "--calendar", "hour");
        Says(Tool.Run(new ToolSurroundings { Input = input }, "predict", model, "--stream"), because);
    }

    public void Dispose() => _workspace.Dispose();

    private string[] Quick =>
        ["--task", "forecast", "--horizon", "2", "--ensemble", "last-value:1", "--out", _workspace.Path("m.safetensors")];

    private static void Says(ToolRun run, string because, params string[] besides)
    {
        Assert.Equal(ExitStatus.Done, run.Status);
        string[] lines = [.. run.ErrorLines.Where(line => !besides.Any(other => line.Contains(other, StringComparison.Ordinal)))];
        if (because.Length == 0)
            Assert.Empty(lines);
        else
            Assert.Contains(because, Assert.Single(lines), StringComparison.Ordinal);
    }

    private string Trained(string data, string ensemble = "last-value:1", params string[] options)
    {
        string model = _workspace.Path("model.safetensors");
        ToolRun run = Tool.Run(["train", data, "--task", "forecast", "--horizon", "2", "--test", "0", "--ensemble", ensemble,
            "--out", model, .. options]);
        Assert.True(run.Status == 0, run.Error);
        return model;
    }

    private string Series(string name, int minutes, int steps, int first = 0)
    {
        var text = new StringBuilder("time,load\n");
        for (int t = first; t < first + steps; t++)
            text.Append(CultureInfo.InvariantCulture, $"{_start.AddMinutes(minutes * t):yyyy-MM-dd HH:mm},")
                .Append(CultureInfo.InvariantCulture, $"{10 + Math.Sin(2 * Math.PI * t / 24) + (0.1 * (t * 7 % 11)):0.000}\n");
        return _workspace.Write($"{name}.csv", text.ToString());
    }
}
