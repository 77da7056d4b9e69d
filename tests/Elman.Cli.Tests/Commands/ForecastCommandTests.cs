using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Elman.Cli.Tests.Commands;

/// <summary>Forecasts of a single series on the command line.</summary>
public sealed class ForecastCommandTests : IDisposable
{
    private static readonly string[] _quick = ["--task", "forecast", "--horizon", "6", "--ensemble", "lags:1"];

    private readonly Workspace _workspace = new();

    [Fact]
    public void The_end_of_a_series_is_held_out_told_and_then_trained_on()
    {
        string data = Series(days: 12), model = _workspace.Path("m.safetensors");
        ToolRun run = Tool.Run(["train", data, .. _quick, "--out", model]);
        Assert.Equal("", run.Error);
        Assert.Equal(ExitStatus.Done, run.Status);
        string output = string.Join(' ', run.Output.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains("Testing on the last 20.0 % of the series, 58 steps, from 2024-01-10 14:00 on; afterwards the model is trained "
            + "on all data",
            output, StringComparison.Ordinal);
        Assert.Contains("in the band of 80.0 %", output, StringComparison.Ordinal);
        Assert.Contains("seasonal naive (24)", output, StringComparison.Ordinal);
        // The saved model was trained on the end: its predictions differ from those of a model that was not.
        string shorter = Series(days: 12, hours: 230), other = _workspace.Path("other.safetensors");
        Tool.Run(["train", shorter, .. _quick, "--test", "0", "--calendar", "hour", "--out", other]);
        Assert.NotEqual(Tool.Run("predict", model, data).Output, Tool.Run("predict", other, data).Output);
    }

    [Fact]
    public void Answers_have_the_time_of_each_row_and_its_quantiles()
    {
        string data = Series(days: 12), model = _workspace.Path("m.safetensors");
        Tool.Run(["train", data, .. _quick, "--quantiles", "0.25,0.75", "--out", model]);
        ToolRun run = Tool.Run("predict", model, data);
        string[] lines = run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("index,ahead,time,load,load q0.25,load q0.75", lines[0]);
        Assert.Equal(7, lines.Length);
        Assert.StartsWith("0,1,2024-01-13 00:00,", lines[1], StringComparison.Ordinal);
        Assert.StartsWith("0,6,2024-01-13 05:00,", lines[6], StringComparison.Ordinal);
        float[] row = [.. lines[3].Split(',').Skip(3).Select(number => float.Parse(number, CultureInfo.InvariantCulture))];
        Assert.True(row[1] < row[2]);
        using JsonDocument json = JsonDocument.Parse(Tool.Run("predict", model, data, "--format", "jsonl").Output.Split('\n')[0]);
        Assert.Equal("2024-01-13 00:00", json.RootElement.GetProperty("time").GetString());
        Assert.True(json.RootElement.GetProperty("values").TryGetProperty("load q0.25", out _));
    }

    [Fact]
    public void A_stream_gives_what_the_file_gives_and_each_line_needs_a_time_where_the_model_is_given_calendar_features()
    {
        string data = Series(days: 12), model = _workspace.Path("m.safetensors");
        Tool.Run(["train", data, .. _quick, "--out", model]);
        string steps = string.Join('\n', File.ReadLines(data).Skip(1)) + "\n";
        string[] streamed = Tool.Run(new ToolSurroundings { Input = steps }, "predict", model, "--stream").Output
            .Split('\n', StringSplitOptions.RemoveEmptyEntries);
        string[] whole = Tool.Run("predict", model, data).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(whole[^1].Split(',')[3..], streamed[^1].Split(',')[3..]);
        string line = Tool.Refuses(Tool.Run(new ToolSurroundings { Input = "1.5\n" }, "predict", model, "--stream"));
        Assert.Contains("does not begin with a time", line, StringComparison.Ordinal);
    }

    [Fact]
    public void A_stream_reads_times_as_the_files_do_of_the_training_data()
    {
        string[] lines = File.ReadAllLines(Series(days: 12));
        string[] turned = [lines[0], .. lines[1..].Select(line => $"{line[8..10]}.{line[5..7]}.{line[..4]} {line[11..]}")];
        string data = _workspace.Write("turned.csv", string.Join('\n', turned) + "\n"), model = _workspace.Path("m.safetensors");
        Tool.Run(["train", data, .. _quick, "--time-format", "dd.MM.yyyy HH:mm", "--out", model]);
        string[] streamed = Tool.Run(new ToolSurroundings { Input = string.Join('\n', turned[1..]) + "\n" }, "predict", model, "--stream")
            .Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        string[] whole = Tool.Run("predict", model, data).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(whole[^1].Split(',')[3..], streamed[^1].Split(',')[3..]);
        Assert.StartsWith("0,1,13.01.2024 00:00,", whole[1], StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_that_only_tell_what_is_known_in_advance_are_neither_tested_on_nor_compared()
    {
        string[] lines = File.ReadAllLines(Series(days: 12));
        IEnumerable<string> rows = lines[1..].Select((line, i) => FormattableString.Invariant($"{line},{i % 3}"));
        IEnumerable<string> future = Enumerable.Range(0, 6).Select(hour => FormattableString.Invariant(
            $"2024-01-13 0{hour}:00,,{hour % 3}"));
        string data = _workspace.Write("known.csv", "time,load,promo\n" + string.Join('\n', rows.Concat(future)) + "\n");
        ToolRun run = Tool.Run(["train", data, .. _quick, "--known", "promo", "--json", "--out", _workspace.Path("m.safetensors")]);
        Assert.Equal(0, run.Status);
        JsonElement root = JsonDocument.Parse(run.Output).RootElement;
        Assert.Equal(58, root.GetProperty("test").GetProperty("stepsAhead")[0].GetProperty("cases").GetInt32());
        JsonElement lastValue = root.GetProperty("baselines")[0];
        Assert.Equal("last value", lastValue.GetProperty("name").GetString());
        Assert.Equal(Together(root.GetProperty("test").GetProperty("naive")), lastValue.GetProperty("score").GetDouble(), 1e-6);
        string[] answers = Tool.Run("predict", _workspace.Path("m.safetensors"), data, "--channels", "promo,load").Output.Split('\n');
        Assert.StartsWith("0,1,2024-01-13 00:00,", answers[1], StringComparison.Ordinal);

        static double Together(JsonElement scores) => Math.Sqrt(
            scores.EnumerateArray().Sum(score => score.GetProperty("cases").GetInt32() * Math.Pow(score.GetProperty("rmse").GetDouble(), 2))
                / scores.EnumerateArray().Sum(score => score.GetProperty("cases").GetInt32()));
    }

    [Fact]
    public void Rows_of_few_numbers_that_are_taken_for_series_are_doubted_by_every_command()
    {
        string years = "year,load\n" + string.Concat(Enumerable.Range(1900, 60).Select(year => $"{year},{year % 7}\n"));
        string data = _workspace.Write("years.csv", years), model = _workspace.Path("m.safetensors");
        foreach (string[] words in (string[][])[["train", data, "--task", "forecast", "--cell", "rnn", "--layers", "2", "--epochs", "1",
            "--out", model], ["info", data], ["info", data, "--task", "forecast"], ["predict", model, data], ["evaluate", model, data]])
        {
            ToolRun run = Tool.Run(words);
            Assert.Equal(0, run.Status);
            Assert.Single(run.ErrorLines, line => line.Contains(
                "if the rows are the steps of one sequence, give --format long, and --time-column year", StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("train", "time,load\n", "have numbers as times; declare their format (--time-format, such as unix for seconds since")]
    [InlineData("backtest", "time,load\n", "have numbers as times")]
    [InlineData("train", "load\n", "have no times; name their column (--time-column).")]
    public void A_calendar_without_dates_is_refused_before_training(string command, string header, string says)
    {
        string rows = string.Concat(Enumerable.Range(0, 40).Select(i => header.Contains(',') ? $"{i},{i % 7}\n" : $"{i % 7}\n"));
        string[] task = command == "train" ? ["--task", "forecast", "--out", _workspace.Path("m.safetensors")] : [];
        Assert.Contains(says, Tool.Refuses(Tool.Run(
            [command, _workspace.Write("s.csv", header + rows), "--calendar", "hour", "--cell", "rnn", .. task])),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Text_is_refused_before_training()
    {
        string texts = _workspace.Write("t.csv", "text\n" + string.Concat(Enumerable.Range(0, 9).Select(i => $"abc{i}\n")));
        Assert.Equal($"elman: --task forecast needs numbers, but channel 1 of {texts} holds text; use --task classify for its class, or "
            + "--task tag for the classes of its steps.", Tool.Refuses(Tool.Run("train", texts, "--task", "forecast", "--text", "text")));
        string mixed = _workspace.Write("m.csv", "time,load,kind\n" + string.Concat(Enumerable.Range(0, 9).Select(i => $"{i},{i},a\n")));
        Assert.EndsWith("holds text; name the numeric channels (--channels).",
            Tool.Refuses(Tool.Run(
                "train", mixed, "--task", "forecast", "--text", "kind", "--format", "long")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_series_that_is_short_for_its_horizon_is_learned_and_saved()
    {
        string data = Series(days: 2, hours: 30), model = _workspace.Path("m.safetensors");
        ToolRun run = Tool.Run("train", data, "--task", "forecast", "--horizon", "15", "--test", "0", "--out", model);
        Assert.True(run.Status == 0, run.Error);
        Assert.Equal(16, Tool.Run("predict", model, data).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [Theory]
    [InlineData("the quantiles of some steps ahead come from 1 error, and 0.1,0.5,0.9 need 9",
        "--horizon", "6", "--ensemble", "last-value:1")]
    [InlineData("", "--horizon", "6", "--ensemble", "last-value:1", "--quantiles", "none")]
    [InlineData("", "--horizon", "1", "--ensemble", "last-value:1", "--quantiles", "0.4,0.6")]
    [InlineData("they need --validation,", "--cell", "esn", "--layers", "4", "--quantiles", "0.2,0.8")]
    [InlineData("", "--cell", "esn", "--layers", "4")]
    public void Quantiles_that_come_from_few_errors_or_are_not_there_are_reported(string because, params string[] words)
    {
        string data = Series(days: 1, hours: 22);
        ToolRun run = Tool.Run(["train", data, "--task", "forecast", "--test", "0", "--calendar", "none", .. words,
            "--out", _workspace.Path("m.safetensors")]);
        Assert.Equal(ExitStatus.Done, run.Status);
        if (because.Length == 0)
            Assert.Equal("", run.Error);
        else
            Assert.Contains(because, Assert.Single(run.ErrorLines), StringComparison.Ordinal);
    }

    [Fact]
    public void Test_data_that_continue_the_training_data_have_them_as_context()
    {
        string all = Series(days: 14);
        string[] lines = File.ReadAllLines(all);
        string train = _workspace.Write("train.csv", string.Join('\n', lines[..289]) + "\n");
        string test = _workspace.Write("test.csv", string.Join('\n', lines[..1].Concat(lines[289..])) + "\n");
        ToolRun run = Tool.Run(["train", train, "--test", test, .. _quick, "--out", _workspace.Path("m.safetensors")]);
        Assert.Contains("continuing those of", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--cell", "gru", "--layers", "8", "--epochs", "400")]
    [InlineData("--ensemble", "gru:1", "--epochs", "60")]
    public async Task Stopped_while_it_learns_from_the_end_the_model_that_was_tested_is_kept_and_that_is_reported(params string[] words)
    {
        string data = Series(days: 40), model = _workspace.Path("m.safetensors");
        using var stop = new CancellationTokenSource();
        Task<ToolRun> run = Task.Run(() => Tool.Run(new ToolSurroundings { Stop = stop.Token },
            ["train", data, "--task", "forecast", "--horizon", "6", "--calendar", "none", .. words, "--out", model]));
        while (!File.Exists(model) && !run.IsCompleted)
            await Task.Delay(1, TestContext.Current.CancellationToken);
        await stop.CancelAsync();
        byte[] tested = await File.ReadAllBytesAsync(model, TestContext.Current.CancellationToken);
        ToolRun done = await run;
        Assert.Equal(ExitStatus.Done, done.Status);
        Assert.Contains("was not trained on the end of the series (it was stopped);", done.Error,
            StringComparison.Ordinal);
        Assert.Equal(tested, await File.ReadAllBytesAsync(model, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void A_backtest_has_a_row_for_each_fold_and_json_has_their_figures()
    {
        string data = Series(days: 20);
        ToolRun run = Tool.Run(["backtest", data, .. _quick[2..], "--folds", "3"]);
        Assert.Equal(ExitStatus.Done, run.Status);
        Assert.Contains("2024-01-13 00:00", run.Output.Replace('\n', ' '), StringComparison.Ordinal);
        Assert.Contains("below that of", run.Output, StringComparison.Ordinal);
        ToolRun again = Tool.Run(["backtest", data, .. _quick[2..], "--folds", "3", "--json"]);
        using JsonDocument json = JsonDocument.Parse(again.Output);
        JsonElement folds = json.RootElement.GetProperty("folds");
        Assert.Equal(3, folds.GetArrayLength());
        Assert.InRange(folds[0].GetProperty("mase").GetDouble(), 0.1, 0.9);
        Assert.Equal(0.9, folds[0].GetProperty("bands")[0].GetProperty("upper").GetDouble());
    }

    [Theory]
    [InlineData("--test is a share", "train", "FILE", "--test", "0.2")]
    [InlineData("between 0 and 1", "train", "FILE", "--task", "forecast", "--test", "1.5")]
    [InlineData("--quantiles", "train", "FILE", "--task", "forecast", "--quantiles", "0.9,0.1")]
    [InlineData("--calendar", "train", "FILE", "--task", "forecast", "--calendar", "moon")]
    [InlineData("'price'", "train", "FILE", "--task", "forecast", "--known", "price")]
    [InlineData("--folds is 0", "backtest", "FILE", "--folds", "0")]
    [InlineData("--resample", "train", "FILE", "--task", "forecast", "--resample", "often")]
    [InlineData("needs --window; add it.", "train", "FILE", "--stride", "5")]
    [InlineData("--window is 0", "train", "FILE", "--window", "0")]
    [InlineData("--known", "train", "FILE", "--known", "load")]
    public void Invalid_options_are_refused_by_name(string because, params string[] words)
    {
        string data = Series(days: 12);
        string line = Tool.Refuses(Tool.Run([.. words.Select(word => word == "FILE" ? data : word)]));
        Assert.Contains(because, line, StringComparison.Ordinal);
    }

    public void Dispose() => _workspace.Dispose();

    private string Series(int days, int? hours = null)
    {
        var random = new Random(7);
        var text = new StringBuilder("time,load\n");
        var start = new DateTime(2024, 1, 1);
        for (int hour = 0; hour < (hours ?? 24 * days); hour++)
            text.Append(CultureInfo.InvariantCulture, $"{start.AddHours(hour):yyyy-MM-dd HH:mm},")
                .Append(CultureInfo.InvariantCulture, $"{10 + Math.Sin(2 * Math.PI * hour / 24) + (0.3 * random.NextDouble()):0.000}\n");
        return _workspace.Write($"series{days}-{hours}.csv", text.ToString());
    }
}
