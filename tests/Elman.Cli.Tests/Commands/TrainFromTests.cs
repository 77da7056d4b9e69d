namespace Elman.Cli.Tests.Commands;

public sealed class TrainFromTests : IDisposable
{
    private readonly Workspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public void Training_starts_from_a_model_and_reports_it()
    {
        string start = Start("--cell", "gru", "--readout", "mean");
        byte[] before = File.ReadAllBytes(start);
        ToolRun run = Train(_workspace.Train, "--from", start, "--out", _workspace.Path("b.safetensors"), "--test", _workspace.Test);
        Assert.Equal("", run.Error);
        Assert.Equal(0, run.Status);
        Assert.StartsWith(
            $"Starting from {start}: gru, 4 units", run.Output.Replace("\n", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("Model: gru, 4 units", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Simple baselines", run.Output, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(start));
        using SequenceClassifier model = SequenceClassifier.Load(_workspace.Path("b.safetensors"));
        Assert.Equal(Readout.Mean, model.Options.Model.Readout);
        Assert.NotEqual(before, File.ReadAllBytes(_workspace.Path("b.safetensors")));
    }

    [Fact]
    public void With_a_tiny_rate_the_answers_are_those_of_the_start()
    {
        string start = Start("--cell", "lstm", "--task", "classify", "--differences", "1"), end = _workspace.Path("b.safetensors");
        Assert.Equal(0, Train(_workspace.Train, "--from", start, "--cell", "auto", "--optimizer", "adamw", "--learning-rate", "1e-9",
            "--epochs", "1", "--out", end).Status);
        using SequenceClassifier first = SequenceClassifier.Load(start), second = SequenceClassifier.Load(end);
        foreach (Sequence sequence in Read.File(_workspace.Test))
            Assert.All(first.PredictProbabilities(sequence).Zip(second.PredictProbabilities(sequence)),
                pair => Assert.Equal(pair.First, pair.Second, 1e-5f));
    }

    [Fact]
    public void Tests_may_have_classes_of_the_model_that_do_not_occur_in_the_data()
    {
        string start = Start("--cell", "rnn"), one = _workspace.Write("one.csv", Workspace.Csv(["up"], cases: 3));
        ToolRun run = Train(one, "--from", start, "--test", _workspace.Test, "--out", _workspace.Path("b.safetensors"));
        Assert.Equal("", run.Error);
        Assert.Contains("Test: 6 sequences", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_of_numbers_finds_its_targets_and_its_task()
    {
        string data = _workspace.Write("numbers.csv", "x1,x2,x3,y\n1,2,3,6\n2,2,2,6\n0,1,1,2\n4,1,0,5\n");
        string start = _workspace.Path("n.safetensors");
        ToolRun first = Train(data, "--task", "regress", "--label-column", "y", "--cell", "gru", "--out", start);
        Assert.Equal("", first.Error);
        ToolRun run = Train(data, "--from", start, "--out", _workspace.Path("b.safetensors"));
        Assert.Equal("", run.Error);
        using SequenceRegressor model = SequenceRegressor.Load(_workspace.Path("b.safetensors"));
        Assert.Equal(["y"], model.Targets);
    }

    [Theory]
    [InlineData("--cell is lstm, but the model that training starts from has gru;", "--cell", "lstm")]
    [InlineData("--cell is rnn, but the model that training starts from has gru;", "--cell", "rnn")]
    [InlineData("--cell is esn, but the model that training starts from has gru;", "--cell", "esn")]
    [InlineData("--layers is 96, but the model that training starts from has 4;", "--layers", "96")]
    [InlineData("--bidirectional is True, but", "--bidirectional")]
    [InlineData("--readout is mean, but", "--readout", "mean")]
    [InlineData("--standardize is False, but", "--standardize", "false")]
    [InlineData("--missing is Last, but", "--missing", "last")]
    [InlineData("--init is for a new model, but training starts from one; leave it out.", "--init", "rotation")]
    [InlineData("--budget is for a new model,", "--budget", "5s")]
    [InlineData("--for is for a new model,", "--cell", "auto", "--for", "streaming")]
    [InlineData("--epochs is 0;", "--epochs", "0")]
    [InlineData("--task is tag, but the model of --from was trained with --task classify; leave --task out.", "--task", "tag")]
    [InlineData("The model of --from was trained without --multi-label;", "--multi-label")]
    [InlineData("leave out --baselines or --from.", "--baselines", "--test", "builtin:adding")]
    public void What_contradicts_the_model_is_refused_by_name(string expected, params string[] words)
    {
        string start = Start("--cell", "gru");
        ToolRun run = Tool.Run(["train", _workspace.Train, "--from", start, "--out", _workspace.Path("b.safetensors"), .. words]);
        Assert.Contains(expected, Tool.Refuses(run), StringComparison.Ordinal);
        Assert.False(File.Exists(_workspace.Path("b.safetensors")));
    }

    [Fact]
    public void The_file_of_the_start_is_not_written_over()
    {
        string start = Start("--cell", "gru");
        byte[] before = File.ReadAllBytes(start);
        Assert.Contains("which is also an input file; choose another name.",
            Tool.Refuses(Train(_workspace.Train, "--from", start, "--out", start)), StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(start));
    }

    [Fact]
    public void What_is_not_a_model_to_start_from_is_refused()
    {
        string esn = _workspace.Path("esn.safetensors"), to = _workspace.Path("b.safetensors");
        Assert.Equal(0, Tool.Run(["train", _workspace.Train, "--cell", "esn", "--layers", "8", "--out", esn, "--json"]).Status);
        Assert.Contains("has the cell esn, which is fitted in one pass", Tool.Refuses(Train(_workspace.Train, "--from", esn, "--out", to)),
            StringComparison.Ordinal);
        Assert.Contains("has the extension of a data file; give a "
            + "model.", Tool.Refuses(Train(_workspace.Train, "--from", _workspace.Test, "--out", to)),
            StringComparison.Ordinal);
        Assert.Contains("none.safetensors",
            Tool.Refuses(Train(_workspace.Train, "--from", _workspace.Path("none.safetensors"), "--out", to)), StringComparison.Ordinal);

        string stranger = _workspace.Write("three.csv", Workspace.Csv(["down", "level", "up"], cases: 6)), start = Start("--cell", "gru");
        ToolRun anew = Train(stranger, "--from", start, "--out", to);
        Assert.Equal(0, anew.Status);
        Assert.Contains("has classes that m.safetensors does not know (level); the output layer is trained anew", anew.Error,
            StringComparison.Ordinal);
        Assert.Contains("has the label 'level'", Tool.Refuses(Train(_workspace.Train, "--from", start, "--test", stranger, "--out", to)),
            StringComparison.Ordinal);
    }

    /// <summary>Runs a short training; the layers are those of the initial model.</summary>
    private static ToolRun Train(params string[] words)
    {
        string[] own = words.Contains("--from") ? [] : ["--layers", "4"];
        return Tool.Run(["train", .. words, .. own, "--batch", "4", "--threads", "1",
            .. words.Contains("--epochs") ? (string[])[] : ["--epochs", "2"]]);
    }

    private string Start(params string[] words)
    {
        string path = _workspace.Path("m.safetensors");
        ToolRun run = Train([_workspace.Train, .. words, "--out", path, "--json"]);
        Assert.True(run.Status == 0, run.Error);
        return path;
    }
}
