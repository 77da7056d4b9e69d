using System.Text.Json;

namespace Elman.Cli.Tests.Runs;

/// <summary>The folder that <c>elman train</c> writes.</summary>
public sealed class RunFolderTests : IDisposable
{
    private readonly Workspace _work = new();

    public void Dispose() => _work.Dispose();

    [Fact]
    public void A_run_has_model_figures_settings_and_log()
    {
        ToolRun run = Train("r", "--test", _work.Test, "--validation", "0.25");
        Assert.Equal("", run.Error);
        Assert.Equal(
            ["README.md", "args.json", "calibration.svg", "confusion_matrix.svg", "data.json", "env.json", "log.jsonl", "metrics.json",
                "predictions.csv", "report.html", "results.csv", "results.svg", "weights"],
            Names("r"));
        Assert.Contains("best.safetensors", Names("r/weights"));
        Assert.Contains($"Run:   {_work.Path("r")}", run.Output, StringComparison.Ordinal);
        Assert.Contains($"Next:  elman predict {_work.Path("r")} ", run.Output, StringComparison.Ordinal);

        string[] results = File.ReadAllLines(_work.Path("r/results.csv"));
        Assert.Equal("epoch,time,train/loss,train/accuracy,val/loss,val/accuracy,lr", results[0]);
        Assert.Equal(3, results.Length);
        Assert.All(results[1..], (row, i) => Assert.StartsWith($"{i + 1},", row, StringComparison.Ordinal));

        string[] predictions = File.ReadAllLines(_work.Path("r/predictions.csv"));
        Assert.Equal("index,truth,predicted,p_down,p_up", predictions[0]);
        Assert.Equal(7, predictions.Length);
        Assert.StartsWith("0,down,", predictions[1], StringComparison.Ordinal);

        JsonElement args = Json("r/args.json");
        Assert.Equal("rnn", args.GetProperty("options").GetProperty("cell").GetString());
        Assert.Equal("0.25", args.GetProperty("options").GetProperty("validation").GetString());
        Assert.Equal("classify", args.GetProperty("task").GetString());
        Assert.Equal("accuracy", Json("r/metrics.json").GetProperty("figures")[0].GetProperty("figure").GetString());
        string card = File.ReadAllText(_work.Path("r/README.md"));
        Assert.All((string[])["# ", "## Data", "## Figures", "## Limits", "## Use", "## Repeat", "elman train", "SHA-256"],
            part => Assert.Contains(part, card, StringComparison.Ordinal));
        Assert.Equal(6, Json("r/data.json").GetProperty("train").GetProperty("classes").GetProperty("up").GetInt32());
        Assert.Equal(1, Json("r/env.json").GetProperty("threads").GetInt32());
        string[] events = [.. File.ReadLines(_work.Path("r/log.jsonl"))
            .Select(line => JsonDocument.Parse(line).RootElement.GetProperty("event").GetString()!)];
        Assert.Equal(["start", "epoch", "epoch", "finished"], events);
    }

    [Fact]
    public void The_folder_of_a_run_stands_for_its_model()
    {
        Train("r");
        ToolRun ofRun = Tool.Run("predict", _work.Path("r"), _work.Test),
            ofFile = Tool.Run("predict", _work.Path("r/weights/best.safetensors"), _work.Test);
        Assert.Equal(ofFile, ofRun);
        Assert.Equal(0, ofRun.Status);
        Assert.Equal(0, Tool.Run("info", _work.Path("r")).Status);
    }

    [Fact]
    public void Event_files_of_TensorBoard_are_written_on_request()
    {
        Train("r", "--tensorboard");
        string file = Assert.Single(Directory.GetFiles(_work.Path("r/tensorboard")));
        Assert.StartsWith("events.out.tfevents.", Path.GetFileName(file), StringComparison.Ordinal);
        Assert.Contains("train/loss", System.Text.Encoding.Latin1.GetString(File.ReadAllBytes(file)), StringComparison.Ordinal);
        Assert.Contains("leave out --no-run", Tool.Refuses(Tool.Run(Workspace.TrainArgs(_work.Train, "--no-run", "--tensorboard"))),
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_copy_of_the_model_is_written_where_out_says()
    {
        Train("r", "--out", _work.Path("copy.safetensors"));
        Assert.Equal(File.ReadAllBytes(_work.Path("r/weights/best.safetensors")), File.ReadAllBytes(_work.Path("copy.safetensors")));
    }

    [Fact]
    public void The_weights_of_the_last_epoch_are_kept_beside_the_best()
    {
        // The better the training labels are learned, the worse are the swapped ones.
        string swapped = _work.Write("swapped.csv", Workspace.Csv(["up", "down"], cases: 6));
        Train("r", "--validation", swapped, "--learning-rate", "0.05", "--epochs", "9");
        Assert.NotEqual(
            File.ReadAllBytes(_work.Path("r/weights/best.safetensors")), File.ReadAllBytes(_work.Path("r/weights/last.safetensors")));
        Assert.Equal(0, Tool.Run("evaluate", _work.Path("r/weights/last.safetensors"), _work.Test).Status);
    }

    [Fact]
    public void A_folder_that_has_files_is_refused()
    {
        Train("r");
        Assert.Equal($"elman: --run is '{_work.Path("r")}', which has a run already; continue it with --resume, or choose another folder.",
            Tool.Refuses(Train("r")));
        Directory.CreateDirectory(_work.Path("mine"));
        File.WriteAllText(_work.Path("mine/notes.txt"), "mine");
        Assert.Contains("is not an empty folder", Tool.Refuses(Train("mine")), StringComparison.Ordinal);
        Assert.Equal(["notes.txt"], Names("mine"));
    }

    [Fact]
    public void What_a_process_left_that_was_killed_at_once_is_replaced()
    {
        string[] left = [_work.Path("r/lock"), _work.Path("r/log.jsonl"), _work.Path("r/.args.json.abcdefgh.xyz.tmp")];
        Directory.CreateDirectory(_work.Path("r"));
        foreach (string path in left)
            File.WriteAllText(path, "");
        string[] words = Workspace.TrainArgs([_work.Train, "--run", _work.Path("r")]);
        // A young one may be that of a process that is starting.
        Assert.Contains("is not an empty folder", Tool.Refuses(Tool.Run(words)), StringComparison.Ordinal);
        foreach (string path in left)
            File.SetLastWriteTimeUtc(path, DateTime.UtcNow.AddMinutes(-1));
        Assert.Equal(0, Tool.Run(words).Status);
        Assert.False(File.Exists(left[2]));
    }

    [Fact]
    public void Without_its_arguments_the_folder_still_stands_for_its_model()
    {
        Assert.Equal(0, Tool.Run(Workspace.TrainArgs([_work.Train, "--run", _work.Path("r")])).Status);
        File.Delete(_work.Path("r/args.json"));
        Assert.Equal(0, Tool.Run("evaluate", _work.Path("r"), _work.Test).Status);
    }

    [Fact]
    public void The_command_that_repeats_a_run_does_not_name_its_folder()
    {
        Assert.Equal(0, Tool.Run(Workspace.TrainArgs([_work.Train, "--run", _work.Path("r"), "--dropout", "0.5"])).Status);
        string card = File.ReadAllText(_work.Path("r/README.md"));
        string repeat = card[card.IndexOf("## Repeat", StringComparison.Ordinal)..];
        Assert.Contains("--dropout 0.5", repeat, StringComparison.Ordinal);
        Assert.DoesNotContain("--run", repeat, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_in_a_place_that_can_not_be_written_is_refused_before_training()
    {
        string line = Tool.Refuses(Train("train.csv/r"));
        Assert.Contains("can't be created", line, StringComparison.Ordinal);
        Assert.Contains("--no-run", line, StringComparison.Ordinal);
    }

    [Fact]
    public void No_run_goes_without_its_options()
    {
        Assert.Contains("--no-run wants none", Tool.Refuses(Train("r", "--no-run")), StringComparison.Ordinal);
        Assert.Contains("leave out --no-run", Tool.Refuses(Tool.Run(Workspace.TrainArgs(_work.Train, "--no-run", "--save-every", "1s"))),
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_training_that_fails_says_why_in_its_log()
    {
        ToolRun run = Train("r", "--activation", "relu", "--optimizer", "sgd", "--learning-rate", "1e30", "--clip", "none");
        Assert.Equal(ExitStatus.Failed, run.Status);
        Assert.Contains("\"event\":\"failed\"", File.ReadLines(_work.Path("r/log.jsonl")).Last(), StringComparison.Ordinal);
    }

    [Fact]
    public void If_the_folder_can_not_be_written_at_the_end_the_model_is_written_elsewhere_and_that_is_said()
    {
        // A file where the weights should be.
        string copy = _work.Path("copy.safetensors");
        ToolRun run = Train("r", "--out", copy);
        Assert.Equal(0, run.Status);
        Directory.Delete(_work.Path("r"), recursive: true);
        string rescued = Elman.Cli.Output.ModelPlace.Write(_work.Path("r/weights/best.safetensors"), path => File.Copy(copy, path),
            sentence => Assert.Contains("instead", sentence, StringComparison.Ordinal));
        Assert.EndsWith("best-rescued.safetensors", rescued, StringComparison.Ordinal);
        File.Delete(rescued);
    }

    private ToolRun Train(string folder, params string[] words) =>
        Tool.Run(Workspace.TrainArgs([_work.Train, "--run", _work.Path(folder), .. words]));

    private string[] Names(string folder) =>
        [.. Directory.GetFileSystemEntries(_work.Path(folder)).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal)];

    private JsonElement Json(string name) => JsonDocument.Parse(File.ReadAllText(_work.Path(name))).RootElement;
}
