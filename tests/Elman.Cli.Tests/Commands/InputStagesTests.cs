using System.Text.Json;

namespace Elman.Cli.Tests.Commands;

/// <summary>Scaled sequences, differences and patches, from the options to the predictions.</summary>
public sealed class InputStagesTests : IDisposable
{
    private readonly Workspace _workspace = new();

    [Fact]
    public void A_model_is_trained_described_evaluated_and_run()
    {
        string model = _workspace.Path("m.safetensors");
        ToolRun train = Tool.Run(
            Workspace.TrainArgs(_workspace.Train, "--scale-sequences", "--differences", "2", "--patch", "4", "--out", model));
        Assert.True(train.Status == 0, train.Error);

        JsonElement info = JsonDocument.Parse(Tool.Run("info", model, "--json").Output).RootElement;
        Assert.True(info.GetProperty("scaleSequences").GetBoolean());
        Assert.Equal((2, 4, 1),
            (info.GetProperty("differences").GetInt32(), info.GetProperty("patch").GetInt32(), info.GetProperty("channels").GetInt32()));
        string words = Tool.Run("info", model).Output;
        Assert.Contains("Scales each sequence", words, StringComparison.Ordinal);
        Assert.Contains("Also takes first and second differences", words, StringComparison.Ordinal);
        Assert.Contains("Takes patches of 4 steps, one every 2 steps", words, StringComparison.Ordinal);
        Assert.Contains("Standardises the 12 values of a patch", words, StringComparison.Ordinal);
        Assert.Contains("6 sequences", Tool.Run("evaluate", model, _workspace.Test).Output, StringComparison.Ordinal);
        Assert.Equal(7, Tool.Run("predict", model, _workspace.Test).OutputLines.Length);
        Assert.Contains("can't stream", Tool.Refuses(Tool.Run(new ToolSurroundings { Input = "1\n" }, "predict", model, "--stream")),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Differences_are_listed_behind_their_channels()
    {
        string model = _workspace.Path("m.safetensors");
        Assert.Equal(
            0, Tool.Run(Workspace.TrainArgs(_workspace.Train, "--differences", "1", "--missing", "indicate", "--out", model)).Status);
        string[] lines = Tool.Run("info", model).Output.Split('\n');
        JsonElement means = JsonDocument.Parse(Tool.Run("info", model, "--json").Output).RootElement
            .GetProperty("standardization").GetProperty("means");
        Assert.Equal(4, means.GetArrayLength()); // the value, seen or not, how long ago, the difference
        Assert.Equal((0, 0), (means[1].GetDouble(), means[2].GetDouble()));
        Assert.Contains(lines, line => line.Contains("1, first difference", StringComparison.Ordinal));
        Assert.DoesNotContain(lines, line => line.Contains("second difference", StringComparison.Ordinal));
    }

    [Fact]
    public void Differences_alone_stand_instead_of_their_channels()
    {
        string model = _workspace.Path("m.safetensors");
        Assert.Equal(
            0, Tool.Run(Workspace.TrainArgs(_workspace.Train, "--differences", "1", "--differences-alone", "--out", model)).Status);
        string words = Tool.Run("info", model).Output;
        Assert.Contains("Instead of values takes first differences", words, StringComparison.Ordinal);
        Assert.Contains("1, first difference", words, StringComparison.Ordinal);
        JsonElement info = JsonDocument.Parse(Tool.Run("info", model, "--json").Output).RootElement;
        Assert.True(info.GetProperty("differencesAlone").GetBoolean());
        Assert.Equal(1, info.GetProperty("standardization").GetProperty("means").GetArrayLength());
    }

    [Fact]
    public void A_stream_of_patches_is_answered_after_every_line()
    {
        string model = _workspace.Path("m.safetensors");
        Assert.Equal(0, Tool.Run(Workspace.TrainArgs(_workspace.Train, "--patch", "2", "--out", model)).Status);
        ToolRun stream = Tool.Run(new ToolSurroundings { Input = "1\n3\n2\n" }, "predict", model, "--stream");
        Assert.True(stream.Status == 0, stream.Error);
        string whole = _workspace.Write("whole.csv", "1,3,2\n");
        Assert.Equal(Tool.Run("predict", model, whole, "--label-column", "none").OutputLines[1].Split(',')[1..],
            stream.OutputLines[3].Split(',')[2..]);
    }

    [Theory]
    [InlineData("--patch is 1; it must be at least 2, or 0 for none.", "--patch", "1")]
    [InlineData("--differences is 3; it may be 0, 1 or 2.", "--differences", "3")]
    [InlineData("--differences-alone replaces the values with differences, but --differences is 0; set it to 1 or 2 as well.",
        "--differences-alone")]
    [InlineData("--differences-alone takes the values away, which a forecaster needs", "--differences", "1",
        "--differences-alone", "--task", "forecast")]
    [InlineData("--patch is 4, but a model that gives an answer at every step", "--patch", "4", "--task", "forecast")]
    [InlineData("--scale-sequences needs a whole sequence", "--scale-sequences", "--task", "forecast")]
    public void Invalid_settings_are_refused_by_option_name(string reason, params string[] words) =>
        Assert.Contains(reason, Tool.Refuses(Tool.Run(["train", _workspace.Train, "--cell", "rnn", "--epochs", "1", "--out",
            _workspace.Path("m.safetensors"), .. words])), StringComparison.Ordinal);

    public void Dispose() => _workspace.Dispose();
}
