using System.Globalization;
using System.Text;

namespace Elman.Cli.Tests.Commands;

/// <summary><c>elman predict --stream</c> with models that were trained on resampled steps, on windows, or with calendar inputs.</summary>
public sealed class StreamTimesTests : IDisposable
{
    private readonly Workspace _workspace = new();

    [Theory]
    [InlineData("1h", "none")]
    [InlineData("1h,last", "hour")]
    public void Lines_of_a_model_with_steps_of_a_fixed_length_become_such_steps_as_those_of_the_file(string length, string calendar)
    {
        string data = Series(minutes: 20, steps: 400), model = Trained(data, "--resample", length, "--calendar", calendar);
        string[] lines = File.ReadAllLines(data)[1..];
        string[] streamed = Stream(model, string.Join('\n', lines) + "\n").OutputLines;
        Assert.Equal(1 + (2 * lines.Length), streamed.Length); // two steps ahead for each line
        foreach (int steps in (int[])[lines.Length, lines.Length - 1, lines.Length - 2])
        {
            string part = _workspace.Write("part.csv", "time,load\n" + string.Join('\n', lines[..steps]) + "\n");
            string[] whole = Tool.Run("predict", model, part).OutputLines;
            Assert.Equal(whole[^1].Split(',')[3..], streamed[2 * steps].Split(',')[3..]);
        }
        Assert.StartsWith(FormattableString.Invariant($"0,{((lines.Length + 2) / 3) - 1},2,"), streamed[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_line_begins_steps_of_a_fixed_length_again()
    {
        string data = Series(minutes: 20, steps: 400), model = Trained(data, "--resample", "1h", "--calendar", "none");
        string once = "2024-02-01 00:00,1\n2024-02-01 00:40,3\n2024-02-01 01:10,2\n";
        string[] streamed = Stream(model, once + "\n" + once).OutputLines;
        Assert.Equal(streamed[1..7].Select(line => line[2..]), streamed[7..].Select(line => line[2..]));
    }

    [Fact]
    public void A_model_with_steps_of_a_fixed_length_needs_times_and_values_in_each_or_a_way_with_missing_ones()
    {
        string data = Series(minutes: 20, steps: 400), model = Trained(data, "--resample", "1h", "--calendar", "none");
        string line = Tool.Refuses(Stream(model, "1.5\n"));
        Assert.Contains("Line 1", line, StringComparison.Ordinal);
        Assert.Contains("steps of 1h (--resample), so a line must look like 2024-05-31 12:00,1.5", line, StringComparison.Ordinal);
        ToolRun gap = Stream(model, "2024-02-01 00:00,1\n2024-02-01 02:00,3\n");
        Assert.Equal(ExitStatus.WrongInput, gap.Status);
        Assert.Contains("Line 2", gap.Error, StringComparison.Ordinal);
        string filling = Trained(data, "--resample", "1h", "--missing", "last");
        Assert.Equal("", Stream(filling, "2024-02-01 00:00,1\n2024-02-01 02:00,3\n").Error);
    }

    [Theory]
    [InlineData("2024-02-01 00:00,1\n2024-02-01 01:00,1\n2024-02-01 00:30,1\n", 3)]
    [InlineData("2024-02-01 00:00,1\n2024-02-01 00:00,1\n", 2)]
    [InlineData("2024-02-01 00:00,1\n\n2024-01-01 00:00,1\n2024-01-01 00:00,1\n", 4)]
    public void Times_that_go_back_or_repeat_are_refused_by_their_line(string input, int line)
    {
        string model = Trained(Series(minutes: 60, steps: 200), "--calendar", "hour");
        ToolRun run = Stream(model, input);
        Assert.Equal(ExitStatus.WrongInput, run.Status);
        Assert.Contains($"Line {line} of standard input has the time", run.Error, StringComparison.Ordinal);
        Assert.Contains("times must ascend", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_sequence_that_is_longer_than_the_windows_of_the_model_is_reported_once()
    {
        string rows = string.Concat(Enumerable.Range(0, 120).Select(t =>
            FormattableString.Invariant($"{t % 7},{(t / 20 % 2 == 0 ? "a" : "b")}\n")));
        string data = _workspace.Write("recording.csv", "x,label\n" + rows), model = _workspace.Path("windows.safetensors");
        ToolRun trained = Tool.Run(Workspace.TrainArgs(data, "--format", "long", "--window", "5", "--out", model));
        Assert.True(trained.Status == 0, trained.Error);
        string five = string.Concat(Enumerable.Repeat("1\n", 5));
        Assert.Equal("", Stream(model, five + "\n" + five).Error);
        string warning = Assert.Single(Stream(model, five + "\n" + five + "1\n1\n").ErrorLines);
        Assert.Contains("line 12 of standard input is step 6", warning, StringComparison.Ordinal);
        Assert.Contains("windows of 5 steps (--window)", warning, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--resample", "1h")]
    [InlineData("--time-format", "yyyy")]
    [InlineData("--id-column", "id")]
    public void Options_of_files_are_refused_on_a_stream_rather_than_skipped(params string[] option)
    {
        string line = Tool.Refuses(Tool.Run(
            new ToolSurroundings { Input = "1\n" }, ["predict", _workspace.Model(), "--stream", .. option]));
        Assert.Contains($"leave out {option[0]}", line, StringComparison.Ordinal);
    }

    public void Dispose() => _workspace.Dispose();

    private static ToolRun Stream(string model, string input) =>
        Tool.Run(new ToolSurroundings { Input = input }, "predict", model, "--stream");

    private string Trained(string data, params string[] options)
    {
        string model = _workspace.Path("m.safetensors");
        ToolRun run = Tool.Run(["train", data, "--task", "forecast", "--horizon", "2", "--test", "0", "--cell", "esn", "--layers", "8",
            "--out", model, .. options]);
        Assert.True(run.Status == 0, run.Error);
        return model;
    }

    private string Series(int minutes, int steps)
    {
        var text = new StringBuilder("time,load\n");
        var start = new DateTime(2024, 1, 1);
        for (int t = 0; t < steps; t++)
            text.Append(CultureInfo.InvariantCulture, $"{start.AddMinutes(minutes * t):yyyy-MM-dd HH:mm},{10 + Math.Sin(t / 9.0):0.000}\n");
        return _workspace.Write($"series{minutes}-{steps}.csv", text.ToString());
    }
}
