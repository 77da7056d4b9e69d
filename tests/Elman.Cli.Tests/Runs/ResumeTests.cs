namespace Elman.Cli.Tests.Runs;

/// <summary><c>elman train --resume</c>.</summary>
public sealed class ResumeTests : IDisposable
{
    private readonly Workspace _work = new();

    public void Dispose() => _work.Dispose();

    [Theory]
    [InlineData("--cell", "gru", "--dropout", "0.25", "--validation", "0.25", "--epochs", "3000", "--patience", "0")]
    [InlineData("--cell", "lstm", "--truncate", "2", "--optimizer", "sgd", "--epochs", "3000")]
    public void A_run_that_was_stopped_ends_as_if_it_never_was(params string[] words)
    {
        Train("whole", words);
        for (int milliseconds = 100; ; milliseconds *= 2)
        {
            Assert.True(milliseconds < 100_000, "Training never ends.");
            using var stop = new CancellationTokenSource(milliseconds);
            ToolRun run = Directory.Exists(_work.Path("cut"))
                ? Tool.Run(new ToolSurroundings { Stop = stop.Token }, "train", "--resume", _work.Path("cut"))
                : Tool.Run(new ToolSurroundings { Stop = stop.Token }, Args("cut", words));
            if (run.Status != 0)
            {
                Assert.Contains("Continue with: elman train --resume", run.Error, StringComparison.Ordinal);
                continue;
            }
            if (!Directory.Exists(_work.Path("cut/checkpoint")))
                break;
            Assert.Contains($"Go on: elman train --resume {_work.Path("cut")}", run.Output, StringComparison.Ordinal);
        }
        AssertSame("whole", "cut");
    }

    [Fact]
    public void A_complete_run_is_left_alone()
    {
        Train("r");
        byte[] before = File.ReadAllBytes(_work.Path("r/log.jsonl"));
        // As after a kill between the last write and the end of the process.
        string[] leftovers = [_work.Path("r/lock"), _work.Path("r/.report.html.abcdefgh.xyz.tmp"),
            _work.Path("r/weights/.best.safetensors.abcdefgh.xyz.tmp")];
        foreach (string path in leftovers)
            File.WriteAllText(path, "");
        ToolRun run = Tool.Run("train", "--resume", _work.Path("r"));
        Assert.Equal(0, run.Status);
        Assert.Contains("is complete", run.Error, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(_work.Path("r/log.jsonl")));
        Assert.All(leftovers, path => Assert.False(File.Exists(path), path));
    }

    [Fact]
    public void Another_number_of_threads_may_be_given_but_no_other_option_and_no_data()
    {
        Train("whole");
        Stopped("r");
        Assert.Equal("elman: --resume continues a run with its own options; leave out --epochs.",
            Tool.Refuses(Tool.Run("train", "--resume", _work.Path("r"), "--epochs", "9")));
        Assert.Equal($"elman: --resume continues a run with its own data; leave out '{_work.Train}'.",
            Tool.Refuses(Tool.Run("train", _work.Train, "--resume", _work.Path("r"))));
        Assert.Equal(0, Tool.Run("train", "--resume", _work.Path("r"), "--threads", "2", "--json").Status);
        AssertSame("whole", "r");
    }

    [Fact]
    public void Folders_without_a_run_are_refused()
    {
        Assert.Contains("There is no folder", Tool.Refuses(Tool.Run("train", "--resume", _work.Path("none"))), StringComparison.Ordinal);
        Assert.Contains("has no run", Tool.Refuses(Tool.Run("train", "--resume", _work.Folder)), StringComparison.Ordinal);
        Stopped("r");
        foreach (string damaged in (string[])["", "{", "[]", "{\"format\":1}", "{\"format\":\"x\"}", "null"])
        {
            File.WriteAllText(_work.Path("r/args.json"), damaged);
            Assert.Contains("is damaged", Tool.Refuses(Tool.Run("train", "--resume", _work.Path("r"))), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Data_that_have_changed_are_refused()
    {
        string[] words = ["--epochs", "100000", "--save-every", "1s"];
        using var stop = new CancellationTokenSource(1500);
        Tool.Run(new ToolSurroundings { Stop = stop.Token }, Args("r", words));
        Assert.True(Directory.Exists(_work.Path("r/checkpoint")));
        File.WriteAllText(_work.Train, File.ReadAllText(_work.Train).Replace("0.1", "0.2", StringComparison.Ordinal));
        ToolRun run = Tool.Run("train", "--resume", _work.Path("r"));
        Assert.NotEqual(0, run.Status);
        Assert.Contains("The data have changed since the run", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Test_data_and_a_model_to_start_from_that_have_changed_are_named()
    {
        string start = _work.Model("start.safetensors"), test = _work.Write("test2.csv", File.ReadAllText(_work.Test));
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        string[] words = ["train", _work.Train, "--from", start, "--test", test, "--run", _work.Path("r")];
        Assert.Equal(ExitStatus.Failed, Tool.Run(new ToolSurroundings { Stop = stop.Token }, words).Status);
        File.AppendAllText(test, File.ReadAllLines(test)[^1] + "\n");
        Assert.Contains($"'{test}' do not match", Tool.Refuses(Tool.Run("train", "--resume", _work.Path("r"))), StringComparison.Ordinal);
        File.WriteAllText(test, File.ReadAllText(_work.Test));
        byte[] model = File.ReadAllBytes(start);
        File.Copy(_work.Model("other.safetensors", _work.Test), start, overwrite: true);
        Assert.Contains($"'{start}' do not match", Tool.Refuses(Tool.Run("train", "--resume", _work.Path("r"))), StringComparison.Ordinal);
        File.WriteAllBytes(start, model);
        File.WriteAllText(_work.Path("r/data.json"), "{");
        Assert.Contains("data.json is damaged", Tool.Refuses(Tool.Run("train", "--resume", _work.Path("r"))), StringComparison.Ordinal);
        File.Delete(_work.Path("r/data.json"));
        ToolRun run = Tool.Run("train", "--resume", _work.Path("r"));
        Assert.Equal(0, run.Status);
        Assert.Contains("data.json is missing, so it was not checked", run.Error, StringComparison.Ordinal);
        Assert.True(File.Exists(_work.Path("r/data.json")));
    }

    [Fact]
    public void A_model_that_was_deleted_is_trained_again()
    {
        Train("whole");
        Train("r");
        File.Delete(_work.Path("r/weights/best.safetensors"));
        Assert.Contains("--resume", Tool.Refuses(Tool.Run("evaluate", _work.Path("r"), _work.Test)), StringComparison.Ordinal);
        Assert.Equal(0, Tool.Run("train", "--resume", _work.Path("r")).Status);
        AssertSame("whole", "r");
    }

    private void Stopped(string folder)
    {
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        Assert.Equal(ExitStatus.Failed, Tool.Run(new ToolSurroundings { Stop = stop.Token }, Args(folder)).Status);
    }

    private void Train(string folder, params string[] words) => Assert.Equal(0, Tool.Run(Args(folder, words)).Status);

    private string[] Args(string folder, params string[] words) =>
        Workspace.TrainArgs([_work.Train, "--test", _work.Test, "--run", _work.Path(folder), .. words]);

    /// <summary>Asserts that two runs have the same models and figures. Times differ.</summary>
    private void AssertSame(string one, string other)
    {
        Assert.Equal(File.ReadAllBytes(_work.Path($"{one}/weights/best.safetensors")),
            File.ReadAllBytes(_work.Path($"{other}/weights/best.safetensors")));
        foreach (string name in (string[])["predictions.csv", "data.json"])
            Assert.Equal(File.ReadAllText(_work.Path($"{one}/{name}")), File.ReadAllText(_work.Path($"{other}/{name}")));
        Assert.Equal(Results(one), Results(other));

        string[][] Results(string run) =>
            [.. File.ReadLines(_work.Path($"{run}/results.csv")).Select(row => row.Split(',').Where((_, i) => i != 1).ToArray())];
    }
}
