using System.Globalization;
using System.Text.Json;

namespace Elman.Cli.Tests.Commands;

/// <summary>Missing values, from the file to the predictions.</summary>
public sealed class MissingTests : IDisposable
{
    private readonly Workspace _workspace = new();
    private readonly string _gaps;

    public MissingTests() => _gaps = _workspace.Write("gaps.csv", WithGaps(File.ReadAllText(_workspace.Train)));

    public static TheoryData<string> Ways => ["mask", "last", "mean", "linear", "indicate"];

    [Theory]
    [MemberData(nameof(Ways))]
    public void A_model_is_trained_described_evaluated_and_run(string way)
    {
        string model = _workspace.Path("m.safetensors");
        ToolRun train = Tool.Run(Workspace.TrainArgs(_gaps, "--missing", way, "--test", _gaps, "--validation", _gaps, "--out", model));
        Assert.True(train.Status == 0, train.Error);
        Assert.Contains("12 of 60 values are missing (20.0 %): ", train.Output, StringComparison.Ordinal);

        JsonElement info = JsonDocument.Parse(Tool.Run("info", model, "--json").Output).RootElement;
        Assert.Equal((way, 1), (info.GetProperty("missing").GetString(), info.GetProperty("channels").GetInt32()));
        Assert.Contains("Missing values: ", Tool.Run("info", model).Output, StringComparison.Ordinal);
        Assert.Contains("12 sequences", Tool.Run("evaluate", model, _gaps).Output, StringComparison.Ordinal);
        ToolRun predict = Tool.Run("predict", model, _gaps);
        Assert.Equal(13, predict.OutputLines.Length);

        ToolRun stream = Tool.Run(new ToolSurroundings { Input = "?\n1.5\nNA\n\nnan\n" }, "predict", model, "--stream");
        if (way == "linear")
        {
            Assert.Contains("can't stream", Tool.Refuses(stream), StringComparison.Ordinal);
            return;
        }
        Assert.True(stream.Status == 0, stream.Error);
        string whole = _workspace.Write("whole.csv", "?,1.5,?\n?\n");
        string[] expected = Tool.Run("predict", model, whole, "--label-column", "none").OutputLines;
        Assert.Equal(["0,0", "0,1", "0,2", "1,0"], stream.OutputLines[1..].Select(line => string.Join(',', line.Split(',')[..2])));
        Assert.Equal(expected[1].Split(',')[1..], stream.OutputLines[3].Split(',')[2..]);
        Assert.Equal(expected[2].Split(',')[1..], stream.OutputLines[4].Split(',')[2..]);
    }

    [Fact]
    public void Without_a_choice_they_are_refused_before_training_with_the_choices()
    {
        string model = _workspace.Path("m.safetensors");
        foreach (string[] words in (string[][])[[_gaps], [_workspace.Train, "--test", _gaps], [_workspace.Train, "--validation", _gaps]])
        {
            Assert.Equal(
                $"elman: {_gaps}: 12 of 60 values are missing (20.0 %), the first in step 1, channel 1 of sequence 1; "
                + "choose a treatment with --missing mask, last, mean, linear or indicate, or fill them.",
                Tool.Refuses(Tool.Run(Workspace.TrainArgs([.. words, "--out", model]))));
        }
        Assert.False(File.Exists(model));
    }

    [Fact]
    public void A_model_without_a_choice_takes_none()
    {
        string model = _workspace.Model();
        foreach (string command in (string[])["evaluate", "predict"])
            Assert.Contains("the model was trained without --missing and accepts none: train it with --missing mask, last",
                Tool.Refuses(Tool.Run(command, model, _gaps)), StringComparison.Ordinal);
    }

    [Fact]
    public void Info_shows_the_number_of_missing_values()
    {
        string data = _workspace.Write(
            "d.ts", "@univariate false\n@dimensions 2\n@missing true\n@classLabel true a b\n@data\n1,?,3:?,?,?:a\n?:?:b\n");
        JsonElement json = JsonDocument.Parse(Tool.Run("info", data, "--json").Output).RootElement;
        Assert.Equal(6, json.GetProperty("missing").GetInt32());
        Assert.Equal(
            """[{"mean":2,"sd":1,"min":1,"max":3,"missing":2},{"mean":null,"sd":null,"min":null,"max":null,"missing":4}]""",
            json.GetProperty("channelStatistics").GetRawText());
        string words = Tool.Run("info", data).Output;
        Assert.Contains("6 of 8 values are missing (75.0 %)", words, StringComparison.Ordinal);
        Assert.Contains("missing", words.Split('\n').Single(line => line.Contains("channel ", StringComparison.Ordinal)
            && line.Contains("mean", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.DoesNotContain("missing", Tool.Run("info", _workspace.Train).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_choice_does_not_help_with_is_refused()
    {
        string blind = _workspace.Write("blind.csv", "id,label,x,y\na,u,1,\na,u,2,\nb,v,3,\nb,v,4,\n");
        Assert.Contains("Channel 2 of", Run("last", blind).Error, StringComparison.Ordinal);
        Assert.Contains("No step of", Run("mask", blind).Error, StringComparison.Ordinal);
        Assert.Contains("--missing is 'median'; it must be refuse, mask, last, mean, linear or indicate",
            Tool.Refuses(Run("median", blind)),
            StringComparison.Ordinal);
        Assert.Contains("would look at the steps that it forecasts", Tool.Refuses(Run("linear", blind, "--task", "forecast")),
            StringComparison.Ordinal);

        ToolRun Run(string way, string data, params string[] more) => Tool.Run(
            ["train", data, "--cell", "rnn", "--missing", way, "--epochs", "1", "--out", _workspace.Path("m.safetensors"), .. more]);
    }

    [Fact]
    public void Sequences_of_which_nothing_is_left_are_reported()
    {
        string data = _workspace.Write("some.csv", File.ReadAllText(_workspace.Train) + "?,?,?,?,?,up\n");
        ToolRun run = Tool.Run(Workspace.TrainArgs(data, "--missing", "mask", "--out", _workspace.Path("m.safetensors")));
        Assert.Contains("5 of 65 values are missing (7.7 %): steps with missing values are skipped", run.Output, StringComparison.Ordinal);
        Assert.Contains(
            "1 sequence without a complete step: it is not used for training\nModel: rnn, 4 units, tanh; adam, learning", run.Output,
                StringComparison.Ordinal);
    }

    public void Dispose() => _workspace.Dispose();

    /// <summary>
    /// Removes every fifth value, alternately with a question mark and an empty field; never the last value, where an empty field would be
    /// the end of the sequence.
    /// </summary>
    private static string WithGaps(string csv)
    {
        string[] lines = csv.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        for (int i = 1; i < lines.Length; i++)
        {
            string[] fields = lines[i].Split(',');
            fields[(i - 1) % 4] = i.ToString(CultureInfo.InvariantCulture).Length % 2 == i % 2 ? "?" : "";
            lines[i] = string.Join(',', fields);
        }
        return string.Join('\n', lines) + "\n";
    }
}
