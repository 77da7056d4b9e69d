namespace Elman.Data.Audio.Tests;

public sealed class AudioFolderTests : IDisposable
{
    private readonly AudioWorkspace _workspace = new();

    [Fact]
    public void Subfolders_are_classes_and_files_come_in_the_order_of_their_paths()
    {
        SequenceDataset data = _workspace.Read(_workspace.Tones() + "/");
        Assert.Equal(["high/a.wav", "high/c.WAV", "low/a.wav", "low/b.wav"], data.Select(sequence => sequence.Id));
        Assert.Equal(["high", "low"], data.ClassLabels);
        Assert.Equal([0, 0, 1, 1], data.Select(sequence => sequence.Label));
        Assert.Equal([28, 18, 18, 18], data.Select(sequence => sequence.Steps));
        Assert.Equal(Path.Combine(_workspace.Folder, "tones"), data.Name);
        Assert.Empty(data.Warnings);
        Assert.All(data, sequence => Assert.Null(sequence.Group));
    }

    [Fact]
    public void Windows_replace_whole_files()
    {
        SequenceDataset data = _workspace.Read(_workspace.Tones(), options: new() { Windowing = new Windowing(10, 5) });
        Assert.All(data, window => Assert.Equal(10, window.Steps));
        Assert.Equal(["high/a.wav@0", "high/a.wav@5", "high/a.wav@10", "high/a.wav@15"], data.Take(4).Select(window => window.Id));
        Assert.Equal([6, 4], data.CountByClass());
        Assert.Equal("high/a.wav", data[0].Group);
        Assert.Equal(new Windowing(10, 5), data.Columns!.Windowing);
        Assert.NotNull(data.Preparation);
        Assert.Equal(10, _workspace.Read("tones", options: new() { Known = data.Columns })[0].Steps);
    }

    [Theory]
    [InlineData("--resample", "--resample needs the date of each row:")]
    [InlineData("--window", "windows (--window) have one class each and need")]
    public void What_can_not_be_done_with_audio_is_refused(string option, string says) => Assert.Contains(says, _workspace.Refuses(
        _workspace.Tones(), options: option == "--window"
            ? new() { Windowing = new Windowing(10, 5), Labels = LabelKind.None }
            : new() { Resampling = new Resampling(TimeSpan.FromSeconds(1)) }), StringComparison.Ordinal);

    [Fact]
    public void Options_that_say_where_columns_are_have_no_effect_on_a_folder_and_that_is_reported()
    {
        SequenceDataset data = _workspace.Read(_workspace.Tones(), options: new() { LabelColumn = "1", TimeColumn = "2" });
        Assert.Equal(
            "--label-column, --time-column have no effect on folders of audio files; leave them out.", Assert.Single(data.Warnings));
        Assert.Empty(_workspace.Read("tones", options: new() { LabelColumn = "none" }).Warnings);
    }

    [Fact]
    public void Folders_that_are_numbers_come_in_their_order()
    {
        foreach (string digit in (string[])["10", "9", "1"])
            _workspace.Write($"x/{digit}/a.wav", Wav.Tone(300));
        Assert.Equal(["1", "9", "10"], _workspace.Read("x").ClassLabels);
    }

    [Fact]
    public void Files_without_folders_have_no_labels()
    {
        _workspace.Write("x/b.wav", Wav.Tone(300));
        _workspace.Write("x/a.wav", Wav.Tone(300));
        SequenceDataset data = _workspace.Read("x", options: new DataFileOptions { Labels = LabelKind.Any });
        Assert.Equal(["a.wav", "b.wav"], data.Select(sequence => sequence.Id));
        Assert.Empty(data.ClassLabels);
        Assert.Equal("a.wav", Assert.Single(_workspace.Read("x/a.wav", options: new DataFileOptions { Labels = LabelKind.Any })).Id);
        Assert.Equal(2, _workspace.Read("x", options: new DataFileOptions { LabelColumn = "none" }).Count);
        Assert.Contains("there are 2 files without labels; put the files into a folder for each class", _workspace.Refuses("x"),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Other_files_and_empty_folders_are_reported()
    {
        _workspace.Write("tones/low/notes.txt", "x");
        _workspace.Write("tones/low/.a.wav", "hidden");
        _workspace.Write("tones/README", "x");
        _workspace.Write("tones/empty/a.mp3", "x");
        SequenceDataset data = _workspace.Read(_workspace.Tones());
        Assert.Equal(4, data.Count);
        Assert.Equal(["high", "low"], data.ClassLabels);
        Assert.Contains(data.Warnings, warning => warning.Contains("The folder 'empty' has no .wav file", StringComparison.Ordinal));
        Assert.Contains(data.Warnings, warning => warning.Contains("such as 'low/notes.txt'", StringComparison.Ordinal));
        Assert.Contains(data.Warnings, warning => warning.Contains("such as 'README'", StringComparison.Ordinal));
    }

    [Fact]
    public void What_has_no_certain_class_is_refused()
    {
        string tones = _workspace.Tones();
        _workspace.Write("tones/a.wav", Wav.Tone(300));
        Assert.Contains("'a.wav' is beside the class folders", _workspace.Refuses("tones"), StringComparison.Ordinal);
        File.Delete(Path.Combine(tones, "a.wav"));
        _workspace.Write("tones/low/deep/a.wav", Wav.Tone(300));
        Assert.Contains("'low/deep/a.wav' is in a nested folder", _workspace.Refuses("tones"), StringComparison.Ordinal);
        Directory.CreateDirectory(Path.Combine(_workspace.Folder, "nothing"));
        Assert.Contains("the folder has no .wav file; it must have", _workspace.Refuses("nothing"), StringComparison.Ordinal);
        Assert.Contains("there is no such file", _workspace.Refuses("nothing.wav", options: new DataFileOptions { Labels = LabelKind.Any }),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(LabelKind.Steps, "not of steps")]
    [InlineData(LabelKind.Numbers, "target numbers need a list")]
    [InlineData(LabelKind.Classes, "several classes need a list")]
    public void Labels_that_a_folder_can_not_have_are_refused(LabelKind labels, string says)
    {
        _workspace.Tones();
        Assert.Contains(says, _workspace.Refuses("tones", options: new DataFileOptions { Labels = labels }), StringComparison.Ordinal);
    }

    [Fact]
    public void A_damaged_file_is_named()
    {
        _workspace.Tones();
        string path = _workspace.Write("tones/low/z.wav", "no sound");
        Assert.StartsWith($"{path}: this is not a .wav file", _workspace.Refuses("tones"), StringComparison.Ordinal);
    }

    [Fact]
    public void Another_sampling_rate_is_refused_unless_converting_is_chosen()
    {
        _workspace.Tones();
        string path = _workspace.Write("tones/low/z.wav", Wav.Tone(300, rate: 16000));
        string message = _workspace.Refuses("tones");
        Assert.StartsWith(path, message, StringComparison.Ordinal);
        Assert.Contains("its sampling rate is 16000 Hz", message, StringComparison.Ordinal);
        Assert.Contains("such as --sample-rate 8000", message, StringComparison.Ordinal);
        SequenceDataset data = _workspace.Read("tones", new AudioOptions { SampleRate = 8000 });
        Assert.Equal(5, data.Count);
        Assert.Equal("'low/z.wav' has another sampling rate than 8000 Hz; they are resampled to it.",
            Assert.Single(data.Warnings));
    }

    [Fact]
    public void Two_channels_become_their_mean_and_that_is_reported()
    {
        _workspace.Write("x/a.wav", Wav.Of([16384, 0, 0, 16384], channels: 2));
        SequenceDataset data = _workspace.Read("x", new AudioOptions { Features = AudioFeatures.Raw },
            new DataFileOptions { Labels = LabelKind.Any });
        Assert.Equal([0.25f, 0.25f], data[0].Values.ToArray());
        Assert.Contains("'a.wav' has two channels; their mean is used.", data.Warnings);
    }

    [Fact]
    public void Reading_can_be_stopped_and_is_reported()
    {
        string tones = _workspace.Tones();
        var heard = new List<ReadProgress>();
        AudioData.Read(tones, progress: new Heard(heard), cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal([1, 2, 3, 4], heard.Select(progress => progress.Sequences));
        Assert.Throws<OperationCanceledException>(() => AudioData.Read(tones, cancellationToken: new CancellationToken(canceled: true)));
    }

    public void Dispose() => _workspace.Dispose();

    private sealed class Heard(List<ReadProgress> all) : IProgress<ReadProgress>
    {
        public void Report(ReadProgress value) => all.Add(value);
    }
}
