using System.Text.Json;

namespace Elman.Cli.Tests.Commands;

public sealed class TrainCommandTests : IDisposable
{
    private readonly Workspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public void Train_writes_model_and_plot_and_prints_their_paths_and_the_next_command()
    {
        string model = _workspace.Path("m.safetensors");
        ToolRun run = Train(_workspace.Train, "--test", _workspace.Test, "--out", model);
        Assert.Equal("", run.Error);
        Assert.Equal(0, run.Status);
        Assert.Equal(["m.png", "m.safetensors"], _workspace.Leftovers());
        Assert.Contains("12 sequences, 2 classes, 1 channel, 5 steps", run.Output, StringComparison.Ordinal);
        Assert.Contains("epoch 2/2", run.Output, StringComparison.Ordinal);
        Assert.Contains("Test: 6 sequences, accuracy", run.Output, StringComparison.Ordinal);
        Assert.Contains("precision", run.Output, StringComparison.Ordinal);
        Assert.Contains(model, run.Output, StringComparison.Ordinal);
        Assert.Contains(_workspace.Path("m.png"), run.Output, StringComparison.Ordinal);
        Assert.Contains($"elman predict {model} {_workspace.Test}", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_next_command_can_be_pasted_whatever_the_files_are_called(bool rich)
    {
        string model = _workspace.Path("anna's model.safetensors");
        string data = _workspace.Write("new data.csv", File.ReadAllText(_workspace.Train));
        ToolRun run = Tool.Run(new ToolSurroundings { Rich = rich, Width = 40 }, Workspace.TrainArgs(data, "--out", model));
        string quoted = model.Replace("'", @"'\''", StringComparison.Ordinal);
        Assert.Contains($"Next:  elman predict '{quoted}' '{data}'", run.OutputLines);
    }

    [Fact]
    public void Json_is_one_object_with_exactly_these_members()
    {
        string model = _workspace.Path("m.safetensors");
        ToolRun run = Train(_workspace.Train, "--test", _workspace.Test, "--out", model, "--validation", "0.25", "--seed", "5", "--json");
        Assert.Equal("", run.Error);
        JsonElement json = JsonDocument.Parse(Assert.Single(run.OutputLines)).RootElement;
        Assert.Equal(
            ["model", "cell", "epochs", "bestEpoch", "trainLoss", "validationAccuracy", "validationLoss", "guessLoss", "history",
                "learned", "testAccuracy", "test", "baselines", "parameters", "seconds", "sequencesPerSecond", "threads", "seed"],
            json.EnumerateObject().Select(member => member.Name));
        Assert.Equal(model, json.GetProperty("model").GetString());
        Assert.Equal("rnn", json.GetProperty("cell").GetString());
        Assert.Equal(2, json.GetProperty("epochs").GetInt32());
        // Wx [1, 4], Wh [4, 4] and b [4], then W [4, 2] and b [2].
        Assert.Equal(4 + 16 + 4 + 8 + 2, json.GetProperty("parameters").GetInt32());
        Assert.InRange(json.GetProperty("validationAccuracy").GetDouble(), 0, 1);
        Assert.InRange(json.GetProperty("testAccuracy").GetDouble(), 0, 1);
        Assert.Equal(1, json.GetProperty("threads").GetInt32());
        Assert.Equal(5, json.GetProperty("seed").GetInt32());
    }

    [Fact]
    public void Without_test_and_validation_data_their_members_are_null()
    {
        JsonElement json = JsonDocument.Parse(
            Train(_workspace.Train, "--out", _workspace.Path("m.safetensors"), "--json").Output).RootElement;
        Assert.Equal(JsonValueKind.Null, json.GetProperty("validationAccuracy").ValueKind);
        Assert.Equal(JsonValueKind.Null, json.GetProperty("testAccuracy").ValueKind);
    }

    [Fact]
    public void The_number_of_threads_does_not_change_a_byte_of_the_model()
    {
        byte[] Trained(string threads)
        {
            string model = _workspace.Path($"{threads}.safetensors");
            Assert.Equal(0, Train(_workspace.Train, "--out", model, "--threads", threads, "--layers", "9", "--batch", "12").Status);
            return File.ReadAllBytes(model);
        }

        Assert.Equal(Trained("1"), Trained("2"));
    }

    [Fact]
    public void Another_seed_gives_another_model()
    {
        byte[] Trained(string seed)
        {
            Assert.Equal(0, Train(_workspace.Train, "--out", _workspace.Path("m.safetensors"), "--seed", seed).Status);
            return File.ReadAllBytes(_workspace.Path("m.safetensors"));
        }

        Assert.NotEqual(Trained("1"), Trained("2"));
    }

    [Fact]
    public void Validation_may_be_a_file()
    {
        ToolRun run = Train(_workspace.Train, "--validation", _workspace.Test, "--out", _workspace.Path("m.safetensors"));
        Assert.Equal(0, run.Status);
        Assert.Contains("Validating on", run.Output, StringComparison.Ordinal);
        Assert.Contains("6 sequences", run.Output, StringComparison.Ordinal);
        Assert.Contains("Validation loss", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_plot_goes_where_it_is_reported()
    {
        Assert.Equal(0, Train(_workspace.Train, "--out", _workspace.Path("m.safetensors"), "--plot", _workspace.Path("curve.PNG")).Status);
        Assert.Equal(["curve.PNG", "m.safetensors"], _workspace.Leftovers());
    }

    [Fact]
    public void Stopped_it_keeps_what_was_learned_and_reports_it()
    {
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(500));
        ToolRun run = Tool.Run(new ToolSurroundings { Stop = stop.Token },
            Workspace.TrainArgs(_workspace.Train, "--out", _workspace.Path("m.safetensors"), "--epochs", "100000000"));
        Assert.Equal("", run.Error);
        Assert.Equal(0, run.Status);
        Assert.Contains("Stopped in epoch", run.Output, StringComparison.Ordinal);
        Assert.Equal(["m.png", "m.safetensors"], _workspace.Leftovers());
        Assert.Equal(0, Tool.Run("evaluate", _workspace.Path("m.safetensors"), _workspace.Test).Status);
    }

    [Fact]
    public void Stopped_before_the_first_step_it_leaves_an_older_model_alone()
    {
        string model = _workspace.Model();
        byte[] before = File.ReadAllBytes(model);
        ToolRun run = Tool.Run(new ToolSurroundings { Stop = new CancellationToken(canceled: true) },
            Workspace.TrainArgs(_workspace.Train, "--out", model, "--json", "--seed", "9"));
        Assert.Contains("Stopped", Tool.Refuses(run, ExitStatus.Failed), StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(model));
    }

    [Fact]
    public void Training_that_diverges_fails_and_leaves_nothing()
    {
        ToolRun run = Train(_workspace.Train, "--out", _workspace.Path("m.safetensors"), "--activation", "identity", "--optimizer", "sgd",
            "--learning-rate", "1e30", "--clip", "none", "--epochs", "20", "--json");
        Assert.Contains("smaller learning rate", Tool.Refuses(run, ExitStatus.Failed), StringComparison.Ordinal);
        Assert.Empty(_workspace.Leftovers());
    }

    [Theory]
    [InlineData("m.csv", "--out is")]
    [InlineData("m.png", "--out is")]
    [InlineData("no/folder/m.safetensors", "there is no folder")]
    [InlineData("folder", "is a folder")]
    [InlineData("folder/", "is a folder")]
    public void An_output_that_can_not_be_written_is_refused_before_training(string name, string expected)
    {
        Directory.CreateDirectory(_workspace.Path("folder"));
        Assert.Contains(expected, Tool.Refuses(Train(_workspace.Train, "--out", _workspace.Path(name))), StringComparison.Ordinal);
        Assert.Equal(["folder"], _workspace.Leftovers());
    }

    [Theory]
    [InlineData("/dev/null")]
    [InlineData("/proc/m.safetensors")]
    public void A_place_that_takes_no_files_is_refused(string path)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The paths are Linux's.");
        Tool.Refuses(Train(_workspace.Train, "--out", path));
        Assert.Empty(_workspace.Leftovers());
    }

    [Fact]
    public void A_plot_must_be_a_png() =>
        Assert.Contains("--plot is",
            Tool.Refuses(Train(_workspace.Train, "--out", _workspace.Path("m.safetensors"), "--plot", _workspace.Path("p.jpg"))),
            StringComparison.Ordinal);

    [Fact]
    public void An_output_must_not_be_an_input()
    {
        string data = _workspace.Write("data.png", "x");
        Assert.Contains("also an input file;", Tool.Refuses(Train(data, "--out", _workspace.Path("m.safetensors"), "--plot", data)),
            StringComparison.Ordinal);
        Assert.Equal("x", File.ReadAllText(data));
    }

    private static ToolRun Train(params string[] words) => Tool.Run(Workspace.TrainArgs(words));
}
