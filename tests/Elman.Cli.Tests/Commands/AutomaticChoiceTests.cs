using System.Text.Json;

namespace Elman.Cli.Tests.Commands;

/// <summary>Training without <c>--cell</c>.</summary>
public sealed class AutomaticChoiceTests : IDisposable
{
    /// <summary>Two models, one of which consists of five, one for each fold; both can stream.</summary>
    private static readonly string[] _several = ["--for", "streaming", "--ensemble", "counts:2,gru:1", "--layers", "16"];

    private readonly Workspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public void Without_a_cell_it_tries_models_and_says_which_and_why()
    {
        ToolRun run = Train("--test", _workspace.Test);
        Assert.Equal(("", 0), (run.Error, run.Status));
        Assert.Contains("Model: chosen by the training data, budget 0.5 s, seed 1", run.Output, StringComparison.Ordinal);
        Assert.Matches(@"Tried \d models, evaluated on 12 held-out training cases:", run.Output);
        Assert.Matches(@"\n Chosen: |\nChosen: .*on held-out cases", run.Output);
        Assert.Contains("100.0 %", run.Output, StringComparison.Ordinal);
        Assert.Contains("this model", run.Output, StringComparison.Ordinal);
        Assert.Equal(["m.png", "m.safetensors"], _workspace.Leftovers());
    }

    [Fact]
    public void Json_has_the_leaderboard_the_guess_and_the_simple_methods()
    {
        JsonElement json = JsonDocument.Parse(Assert.Single(Train("--test", _workspace.Test, "--json").OutputLines)).RootElement;
        Assert.Equal(
            ["model", "cell", "epochs", "bestEpoch", "trainLoss", "validationAccuracy", "validationLoss", "guessLoss", "history",
                "learned", "testAccuracy", "leaderboard", "test", "baselines", "parameters", "seconds", "sequencesPerSecond",
                "threads", "seed"],
            json.EnumerateObject().Select(member => member.Name));
        Assert.Equal("auto", json.GetProperty("cell").GetString());
        JsonElement board = json.GetProperty("leaderboard");
        Assert.Equal(
            ["loss", "score", "cases", "ensemble", "reason", "notTried", "models"], board.EnumerateObject().Select(member => member.Name));
        Assert.Equal(12, board.GetProperty("cases").GetInt32());
        Assert.Equal(
            ["name", "loss", "score", "count", "models", "parameters", "fitSeconds", "predictSeconds", "canStream"],
            board.GetProperty("models")[0].EnumerateObject().Select(member => member.Name));
        double[] losses = [.. board.GetProperty("models").EnumerateArray().Select(model => model.GetProperty("loss").GetDouble())];
        Assert.Equal(losses.Order(), losses);
        Assert.Equal(Math.Log(2), json.GetProperty("guessLoss").GetDouble(), 1e-12);
        Assert.True(json.GetProperty("learned").GetBoolean());
        Assert.Contains(
            json.GetProperty("baselines").EnumerateArray(), baseline => baseline.GetProperty("name").GetString() == "majority class");
    }

    [Fact]
    public void The_line_that_trains_the_same_again_runs_as_it_stands_and_gives_the_same_file()
    {
        ToolRun run = Train();
        byte[] chosen = File.ReadAllBytes(_workspace.Path("m.safetensors"));
        string line = run.OutputLines.Single(text => text.StartsWith("The same without choosing: elman ", StringComparison.Ordinal));
        File.Delete(_workspace.Path("m.safetensors"));
        ToolRun again = Tool.Run(line["The same without choosing: elman ".Length..].Split(' '));
        Assert.Equal(("", 0), (again.Error, again.Status));
        Assert.Equal(chosen, File.ReadAllBytes(_workspace.Path("m.safetensors")));
        Assert.DoesNotContain("The same without choosing", again.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_number_of_threads_does_not_change_a_byte_of_the_file()
    {
        byte[] Trained(string threads)
        {
            Assert.Equal(0, Train("--threads", threads).Status);
            return File.ReadAllBytes(_workspace.Path("m.safetensors"));
        }

        Assert.Equal(Trained("1"), Trained("2"));
    }

    [Fact]
    public void A_model_of_several_is_evaluated_and_run_on_data_and_streams()
    {
        Assert.Equal(0, Train(_several).Status);
        string model = _workspace.Path("m.safetensors");
        ToolRun evaluate = Tool.Run("evaluate", model, _workspace.Test, "--json");
        Assert.Equal(("", 0), (evaluate.Error, evaluate.Status));
        Assert.Equal(1, JsonDocument.Parse(evaluate.Output).RootElement.GetProperty("accuracy").GetDouble());
        ToolRun stream = Tool.Run(new ToolSurroundings { Input = "1\n3\n2\n" }, "predict", model, "--stream");
        Assert.Equal(("", 0), (stream.Error, stream.Status));
        string whole = _workspace.Write("whole.csv", "1,3,2\n");
        Assert.Equal(Tool.Run("predict", model, whole, "--label-column", "none").OutputLines[1].Split(',')[1..],
            stream.OutputLines[3].Split(',')[2..]);
    }

    [Theory]
    [InlineData(80)]
    [InlineData(40)]
    public void The_members_of_an_averaged_model_are_listed(int width)
    {
        Assert.Equal(0, Train(_several).Status);
        ToolRun run = Tool.Run(new ToolSurroundings { Width = width }, "info", _workspace.Path("m.safetensors"));
        Assert.Contains("average of 12 models: 66.7 % counts (2), 33.3 % gru (10)", run.Output, StringComparison.Ordinal);
        Assert.Contains("Trained on 12 sequences, chosen by cross-validation, seed 1", run.Output, StringComparison.Ordinal);
        Assert.Contains("Loss on 12 held-out training cases 0", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("epoch", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Training loss", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("member.0", run.Output, StringComparison.Ordinal);
        string[] table = [.. run.OutputLines.Where(line => line.StartsWith(' '))];
        Assert.All(table, line => Assert.InRange(line.Length, 0, width));
        Assert.Contains(
            table, line => line.Contains("gru, 10 models", StringComparison.Ordinal) && line.Contains("33.3 %", StringComparison.Ordinal));
        Assert.Equal(width == 80, table.Any(line => line.Contains("streams", StringComparison.Ordinal)));
    }

    [Fact]
    public void Json_lists_every_member_of_an_averaged_model()
    {
        Assert.Equal(0, Train(_several).Status);
        JsonElement json = JsonDocument.Parse(Tool.Run("info", _workspace.Path("m.safetensors"), "--json").Output).RootElement;
        Assert.Equal("auto", json.GetProperty("cell").GetString());
        JsonElement[] members = [.. json.GetProperty("members").EnumerateArray()];
        Assert.Equal([.. Enumerable.Repeat("counts", 2), .. Enumerable.Repeat("gru", 10)],
            members.Select(member => member.GetProperty("name").GetString()));
        Assert.Equal(1, members.Sum(member => member.GetProperty("weight").GetDouble()), 1e-9);
        Assert.Equal("[16]", members[6].GetProperty("layers").GetRawText());
        Assert.True(members[6].GetProperty("canStream").GetBoolean());
        Assert.Equal(json.GetProperty("parameters").GetInt64(), members.Sum(member => member.GetProperty("parameters").GetInt64()));
        Assert.Equal(12, json.GetProperty("training").GetProperty("leftOut").GetProperty("cases").GetInt32());
    }

    [Fact]
    public void Options_are_forced_on_the_models_that_take_them_and_the_others_are_left_out()
    {
        JsonElement json = JsonDocument.Parse(Train("--json", "--epochs", "2").Output).RootElement;
        Assert.Equal(["gru", "rnn"], json.GetProperty("leaderboard").GetProperty("models").EnumerateArray()
            .Select(model => model.GetProperty("name").GetString()).Order());
    }

    [Theory]
    [InlineData("--dropout is for training by gradients; oscillator", "--longest-memory", "2", "--dropout", "0.1")]
    [InlineData("Only lstm may be tried; to train it, set --cell.", "--peepholes")]
    [InlineData("can't stream", "--for", "streaming", "--bidirectional")]
    [InlineData("--ensemble names 'nothing', which is not tried on these data; it may be ", "--ensemble", "nothing")]
    public void Where_no_model_is_left_it_explains_why(string reason, params string[] words)
    {
        ToolRun run = Train(words);
        Assert.Equal(ExitStatus.WrongInput, run.Status);
        Assert.Contains(reason, Assert.Single(run.ErrorLines), StringComparison.Ordinal);
        Assert.Empty(_workspace.Leftovers());
    }

    [Theory]
    [InlineData("--budget is for --cell auto; rnn does not take it.", "--cell", "rnn", "--budget", "5s")]
    [InlineData("--for is for --cell auto; gru does not take it.", "--cell", "gru", "--for", "streaming")]
    [InlineData("--ensemble is for --cell auto; esn does not take it.", "--cell", "esn",
        "--ensemble", "counts:2")]
    [InlineData("--for is 'talking'; it must be anything or streaming.", "--for", "talking")]
    [InlineData("--budget is 'soon'; it must be a time, such as 90s, 5min or 1h.", "--budget", "soon")]
    [InlineData("--budget is 0 s; it must be above 0.", "--budget", "0s")]
    [InlineData("--ensemble: 'counts:0' is not a model with its count", "--ensemble", "counts:0")]
    [InlineData("--patience waits for a lower validation loss, but the automatic choice", "--patience", "3", "--validation", "0.2")]
    public void What_belongs_to_the_choice_is_refused_beside_a_cell_and_where_it_can_not_be(string expected, params string[] words) =>
        Assert.Contains(expected, Tool.Refuses(Tool.Run(["train", _workspace.Train, "--out", _workspace.Path("m.safetensors"), .. words])),
            StringComparison.Ordinal);

    [Theory]
    [InlineData("x1,x2,label\n1,2,a\n3,4,a\n", "holds only the class 'a'")]
    [InlineData("x1,x2,label\n", "there is no")]
    public void Data_that_can_not_be_trained_on_are_refused_before_anything_is_tried(string content, string expected) =>
        Assert.Contains(
            expected, Tool.Refuses(Tool.Run("train", _workspace.Write("bad.csv", content), "--out", _workspace.Path("m.safetensors"))),
            StringComparison.Ordinal);

    [Fact]
    public void Stopped_it_keeps_the_choice_among_what_was_fitted_and_reports_it()
    {
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(500));
        ToolRun run = Tool.Run(new ToolSurroundings { Stop = stop.Token }, "train", _workspace.Train, "--out",
            _workspace.Path("m.safetensors"), "--epochs", "100000000", "--threads", "1");
        Assert.Equal(("", 0), (run.Error, run.Status));
        Assert.Contains("Stopped; the choice is among the models fitted until then.", run.Output, StringComparison.Ordinal);
        Assert.Contains("stopped early", Tool.Run("info", _workspace.Path("m.safetensors")).Output, StringComparison.Ordinal);
        Assert.Equal(0, Tool.Run("evaluate", _workspace.Path("m.safetensors"), _workspace.Test).Status);
    }

    [Fact]
    public void Stopped_before_the_first_step_it_leaves_nothing()
    {
        ToolRun run = Tool.Run(new ToolSurroundings { Stop = new CancellationToken(canceled: true) }, "train", _workspace.Train, "--out",
            _workspace.Path("m.safetensors"), "--json");
        Assert.Contains("Stopped", Tool.Refuses(run, ExitStatus.Failed), StringComparison.Ordinal);
        Assert.Empty(_workspace.Leftovers());
    }

    [Fact]
    public void Validation_data_are_evaluated_and_nothing_more()
    {
        ToolRun run = Train("--validation", _workspace.Test);
        Assert.Matches(@"Validation loss \d\S*, accuracy 100\.0 %\n", run.Output);
        JsonElement json = JsonDocument.Parse(Tool.Run("info", _workspace.Path("m.safetensors"), "--json").Output).RootElement
            .GetProperty("training");
        Assert.Equal(1, json.GetProperty("validationAccuracy").GetDouble());
    }

    [Theory]
    [InlineData("a larger --budget")]
    [InlineData("more --epochs, a larger --learning-rate, --differences 1, --patch for long sequences, another --cell", "--cell", "rnn",
        "--layers", "4", "--epochs", "2")]
    [InlineData("more units (--layers), --differences 1", "--cell", "esn", "--layers", "16")]
    public void A_model_that_has_not_learned_is_reported_with_what_to_try(string advice, params string[] words)
    {
        string data = _workspace.Write("same.csv", "x1,x2,label\n" + string.Concat(Enumerable.Repeat("1,2,a\n1,2,b\n", 8)));
        string[] train = ["train", data, "--out", _workspace.Path("m.safetensors"), "--threads", "1", .. words];
        ToolRun run = Tool.Run(train);
        Assert.Equal(("", 0), (run.Error, run.Status));
        string line = run.OutputLines.Single(text => text.StartsWith("The model has not learned: ", StringComparison.Ordinal));
        Assert.All([advice, "0.6931", "--label-column"], part => Assert.Contains(part, line, StringComparison.Ordinal));
        JsonElement json = JsonDocument.Parse(Tool.Run([.. train, "--json"]).Output).RootElement;
        Assert.False(json.GetProperty("learned").GetBoolean());
        Assert.Equal(Math.Log(2), json.GetProperty("guessLoss").GetDouble(), 1e-12);
        Assert.Contains("The model has not learned: a constant prediction has a loss of 0.6931",
            Tool.Run("info", _workspace.Path("m.safetensors")).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(80)]
    [InlineData(40)]
    public void The_leaderboard_fits_the_screen_and_ends_with_the_average(int width)
    {
        ToolRun run = Tool.Run(new ToolSurroundings { Width = width },
            ["train", _workspace.Train, "--out", _workspace.Path("m.safetensors"), "--threads", "1", .. _several]);
        string[] table = [.. run.OutputLines.Where(line => line.StartsWith(' ') && !string.IsNullOrWhiteSpace(line))];
        Assert.All(table, line => Assert.InRange(line.Length, 0, width));
        Assert.Equal(["counts", "gru", "their"], table[1..].Select(line => line.Trim().Split(' ')[0]).Order());
        Assert.StartsWith("their average", table[^1].Trim(), StringComparison.Ordinal);
        Assert.Contains(
            " 66.7 %", table.Single(line => line.Trim().StartsWith("counts", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    private ToolRun Train(params string[] words)
    {
        List<string> all = ["train", _workspace.Train, "--out", _workspace.Path("m.safetensors"), .. words];
        if (!words.Contains("--ensemble"))
            all.AddRange(["--budget", "0.5s"]);
        if (!words.Contains("--threads"))
            all.AddRange(["--threads", "1"]);
        return Tool.Run([.. all]);
    }
}
