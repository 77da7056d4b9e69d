using System.Text.Json;
using Elman.Data.Audio.Tests;

namespace Elman.Cli.Tests.Commands;

/// <summary>Folders of .wav files on the command line.</summary>
public sealed class AudioTests : IDisposable
{
    private const string Settings = "audio mfcc coefficients=13 filters=26 frame=0.025 hop=0.01 rate=8000";

    private readonly Workspace _workspace = new();
    private readonly string _tones;

    public AudioTests()
    {
        _tones = _workspace.Path("tones");
        for (int i = 0; i < 8; i++)
        {
            Wave($"tones/low/{i}.wav", Wav.Tone(300 + (10 * i), 0.15));
            Wave($"tones/high/{i}.wav", Wav.Tone(2000 + (30 * i), 0.2));
        }
    }

    [Fact]
    public void A_folder_is_learned_without_options()
    {
        string model = _workspace.Path("m.safetensors");
        ToolRun run = Tool.Run("train", _tones, "--out", model, "--budget", "1s");
        Assert.Equal((0, ""), (run.Status, run.Error));
        Assert.Contains("tones: 16 sequences, 2 classes, 13 channels, 13 to 18 steps", run.Output, StringComparison.Ordinal);
        Assert.Contains("accuracy 100.0 %", Tool.Run("evaluate", model, _tones).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_makes_the_features_that_it_has_trained_on()
    {
        string model = Train("--features", "log-mel", "--filters", "20", "--frame", "32ms", "--hop", "16ms");
        ToolRun info = Tool.Run("info", model);
        Assert.Contains("Values computed as: audio log-mel filters=20 frame=0.032 hop=0.016 "
            + "rate=8000", info.Output, StringComparison.Ordinal);
        string single = Wave("new.wav", Wav.Tone(310));
        ToolRun predicted = Tool.Run("predict", model, single);
        Assert.Equal(("", 2), (predicted.Error, predicted.OutputLines.Length));
        Assert.StartsWith("new.wav,", predicted.OutputLines[1], StringComparison.Ordinal);
        Assert.Equal(17, Tool.Run("predict", model, _tones).OutputLines.Length);
        foreach (string[] words in (string[][])[["--features", "mfcc"], ["--filters", "21"], ["--hop", "10ms"], ["--sample-rate", "16000"]])
            Assert.Contains("leave it out", Tool.Refuses(Tool.Run(["evaluate", model, _tones, .. words])), StringComparison.Ordinal);
    }

    [Fact]
    public void Another_sampling_rate_than_that_of_the_model_is_not_skipped()
    {
        string model = Train();
        string other = Wave("other.wav", Wav.Tone(310, 0.2, rate: 16000));
        string refusal = Tool.Refuses(Tool.Run("predict", model, other));
        Assert.Contains("its sampling rate is 16000 Hz, that of what was learned from is 8000 Hz; choose a common rate, such as "
            + "--sample-rate 8000.", refusal, StringComparison.Ordinal);
        ToolRun run = Tool.Run("predict", model, other, "--sample-rate", "8000");
        Assert.Equal((0, 2), (run.Status, run.OutputLines.Length));
        Assert.Contains("resampled to it", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Values_of_which_nothing_is_known_are_taken_with_a_warning()
    {
        string model = Train(), table = _workspace.Path("t.jsonl");
        ToolRun converted = Tool.Run("data", "convert", _tones, table);
        Assert.Contains($"How the values were computed, '{Settings}', is not in the file.", converted.Error, StringComparison.Ordinal);
        ToolRun run = Tool.Run("evaluate", model, table);
        Assert.Equal(0, run.Status);
        Assert.Contains($"the values of the training data of the model were computed as '{Settings}', but it is unknown how those "
            + $"of {table} were computed", run.Error, StringComparison.Ordinal);
        Assert.Equal(
            Tool.Run("evaluate", model, _tones).Output.Replace(_tones, table, StringComparison.Ordinal), run.Output);

        string ofTable = _workspace.Model("t.safetensors", table);
        Assert.Contains($"the values of {_tones} were computed as '{Settings}', but it is unknown how those of the training data "
            + "of the model",
            Tool.Run("evaluate", ofTable, _tones).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Info_shows_what_was_understood()
    {
        Wave("tones/low/note.txt", []);
        ToolRun run = Tool.Run("info", _tones);
        Assert.Contains($"Computed as: {Settings}", run.Output, StringComparison.Ordinal);
        Assert.Contains("low/note.txt", run.Error, StringComparison.Ordinal);
        using var json = JsonDocument.Parse(Tool.Run("info", _tones, "--json").Output);
        Assert.Equal(Settings, json.RootElement.GetProperty("preparation").GetString());
        using var ofModel = JsonDocument.Parse(Tool.Run("info", Train(), "--json").Output);
        Assert.Equal(Settings, ofModel.RootElement.GetProperty("preparation").GetString());
    }

    [Fact]
    public void A_list_is_learned_and_the_model_knows_its_columns()
    {
        string list = _workspace.Write("list.csv", "path,speaker,tone,sure\n" + string.Concat(Enumerable.Range(0, 8).Select(i =>
            $"tones/low/{i}.wav,{(i % 2 == 0 ? "ann" : "bob")},deep,1\ntones/high/{i}.wav,cat,bright,1\n")));
        string model = _workspace.Path("l.safetensors");
        ToolRun run = Tool.Run(Workspace.TrainArgs(list, "--label-column", "tone", "--group-column", "speaker", "--out", model));
        Assert.Equal(0, run.Status);
        Assert.Contains("Column 'sure' is ignored", run.Error, StringComparison.Ordinal);
        Assert.Equal(0, Tool.Run("evaluate", model, list).Status);
        Assert.StartsWith("tones/low/0.wav,", Tool.Run("predict", model, list).OutputLines[1], StringComparison.Ordinal);
    }

    [Fact]
    public void Training_starts_from_a_model_of_the_same_features()
    {
        string model = Train();
        Assert.Equal(0, Tool.Run("train", _tones, "--from", model, "--epochs", "1", "--out", _workspace.Path("n.safetensors")).Status);
        Assert.Contains("leave it out", Tool.Refuses(Tool.Run(
            "train", _tones, "--from", model, "--features", "raw", "--out", _workspace.Path("n.safetensors"))), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("is not audio;", "--features", "mfcc")]
    [InlineData("is not audio;", "--sample-rate", "8000")]
    [InlineData("--features is 'mfc'; it must be mfcc, log-mel or raw", "--features", "mfc")]
    [InlineData("--hop is '10'; it must be a time", "--hop", "10")]
    public void Options_of_audio_are_for_audio(string says, params string[] words) =>
        Assert.Contains(says, Tool.Refuses(Tool.Run(["info", _workspace.Train, .. words])), StringComparison.Ordinal);

    [Theory]
    [InlineData("can't be 27; it must be from 1 to 26", "--coefficients", "27")]
    [InlineData("labels of whole sequences, not of steps", "--task", "tag")]
    [InlineData("numbers need a list", "--task", "regress")]
    public void What_makes_no_sense_is_refused(string says, params string[] words) =>
        Assert.Contains(says, Tool.Refuses(Tool.Run(["info", _tones, .. words])), StringComparison.Ordinal);

    [Fact]
    public void A_folder_without_sound_is_reported()
    {
        string empty = Directory.CreateDirectory(_workspace.Path("empty")).FullName;
        Assert.Contains("the folder has no .wav file; it must have", Tool.Refuses(Tool.Run("train", empty)), StringComparison.Ordinal);
        Assert.Contains("is in a nested folder,", Tool.Refuses(Tool.Run("train", _workspace.Folder)), StringComparison.Ordinal);
    }

    public void Dispose() => _workspace.Dispose();

    private string Train(params string[] words)
    {
        string model = _workspace.Path("m.safetensors");
        ToolRun run = Tool.Run(Workspace.TrainArgs([_tones, "--out", model, .. words]));
        Assert.True(run.Status == 0, run.Error);
        return model;
    }

    private string Wave(string name, byte[] content)
    {
        string path = _workspace.Path(name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, content);
        return path;
    }
}
