namespace Elman.Tests.Checkpoints;

public sealed class CheckpointFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Sentences _warnings = new();

    public void Dispose() => _folder.Dispose();

    private string Folder => _folder.File("checkpoint");

    [Fact]
    public void The_last_two_states_are_kept()
    {
        Interrupt(saves: 5);
        Assert.Equal(["state-000004.safetensors", "state-000005.safetensors"], Names());
    }

    [Fact]
    public void If_the_newest_state_is_damaged_the_one_before_is_used_with_a_warning()
    {
        Interrupt(saves: 5);
        byte[] whole = Whole();
        string newest = Path.Combine(Folder, "state-000005.safetensors");
        byte[] bytes = File.ReadAllBytes(newest);
        bytes[^3] ^= 1;
        File.WriteAllBytes(newest, bytes);
        Assert.Equal(whole, Resume());
        Assert.Contains(
            "state-000005.safetensors: Its checksum does not match. What it had is trained again.", Assert.Single(_warnings.All),
            StringComparison.Ordinal);
    }

    [Fact]
    public void If_both_states_are_cut_off_training_begins_anew_with_a_warning()
    {
        Interrupt(saves: 5);
        byte[] whole = Whole();
        foreach (string path in Directory.GetFiles(Folder, "*.safetensors"))
            File.WriteAllBytes(path, File.ReadAllBytes(path)[..100]);
        Assert.Equal(whole, Resume());
        Assert.Equal(2, _warnings.All.Count);
    }

    [Fact]
    public void A_checkpoint_of_other_options_data_or_validation_is_refused()
    {
        Interrupt(saves: 2);
        Refuses("other options", SmallTrainings.Options["layers"] with { Dropout = 0.125 }, SmallTrainings.Data());
        Refuses("other options", SmallTrainings.Options["layers"] with { Cell = "lstm" }, SmallTrainings.Data());
        SequenceDataset data = SmallTrainings.Data();
        Refuses("other data or another starting model", SmallTrainings.Options["layers"], data.Subset(Enumerable.Range(0, 20)));
        Refuses("other data or another starting model", SmallTrainings.Options["layers"], data.Subset(Enumerable.Range(0, 21).Reverse()));
        Refuses("other data or another starting model", SmallTrainings.Options["layers"], data, validation: data);

        void Refuses(string what, TrainingOptions options, SequenceDataset data, SequenceDataset? validation = null)
        {
            using var other = new SequenceClassifier(SmallTrainings.Quick(options)) { Checkpoint = new CheckpointOptions(Folder) };
            var e = Assert.Throws<CheckpointException>(() => other.Fit(data, validation));
            Assert.EndsWith(
                $"was written with {what}. Use the same, or choose another folder to begin anew.", e.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_folder_with_other_models_is_refused()
    {
        Directory.CreateDirectory(Folder);
        (SequenceEstimator model, SequenceDataset data) = SmallTrainings.OfOptions("layers");
        model.Fit(data, cancellationToken: TestContext.Current.CancellationToken);
        model.Save(Path.Combine(Folder, "mine.safetensors"));
        model.Checkpoint = new CheckpointOptions(Folder);
        Assert.Contains("is no file of a checkpoint", Assert.Throws<CheckpointException>(() => model.Fit(data)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Two_trainings_at_the_same_time_can_not_use_the_same_folder()
    {
        Interrupt(saves: 1);
        Start(_ =>
        {
            var e = Assert.Throws<CheckpointException>(() => Start(_ => { }));
            Assert.Contains("another process is training with it", e.Message, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void Training_goes_on_if_the_folder_is_removed_and_saves_again()
    {
        int saves = 0;
        byte[] whole = Whole();
        Assert.Equal(whole, Start(_ =>
        {
            if (++saves == 3)
                Directory.Delete(Folder, recursive: true);
        }));
        Assert.Contains("was removed. It is created again.", Assert.Single(_warnings.All), StringComparison.Ordinal);
        Assert.True(saves > 6);
    }

    [Fact]
    public void Training_goes_on_if_nothing_can_be_written_and_the_last_state_is_untouched()
    {
        byte[] whole = Whole();
        int saves = 0;
        Assert.Equal(whole, Start(_ =>
        {
            if (++saves == 1)
                // A folder is in the way of the next state.
                Directory.CreateDirectory(Path.Combine(Folder, "state-000002.safetensors"));
        }));
        Assert.All(_warnings.All, sentence => Assert.Contains("could not be saved", sentence, StringComparison.Ordinal));
        Assert.True(_warnings.All.Count > 3);
    }

    [Fact]
    public void Without_a_receiver_of_warnings_a_failed_save_ends_training()
    {
        File.WriteAllText(Folder, "a file where the folder should be");
        using var model = new SequenceClassifier(SmallTrainings.Quick(SmallTrainings.Options["layers"]))
        {
            Checkpoint = new CheckpointOptions(Folder) { EverySteps = 1 },
        };
        Assert.Contains("could not be saved", Assert.Throws<CheckpointException>(() => model.Fit(SmallTrainings.Data())).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_receiver_of_warnings_a_damaged_file_says_what_to_do()
    {
        Interrupt(saves: 2);
        File.WriteAllText(Path.Combine(Folder, "state-000002.safetensors"), "damaged");
        (SequenceEstimator model, SequenceDataset data) = SmallTrainings.OfOptions("layers");
        model.Checkpoint = new CheckpointOptions(Folder);
        Assert.EndsWith("Delete it to train what it had again.", Assert.Throws<CheckpointException>(() => model.Fit(data)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Training_goes_on_if_the_lock_can_not_be_taken_again_and_the_next_save_tries_again()
    {
        int saves = 0;
        byte[] whole = Whole();
        Assert.Equal(whole, Start(_ =>
        {
            if (++saves != 2)
                return;
            Directory.Delete(Folder, recursive: true);
            Directory.CreateDirectory(Path.Combine(Folder, "lock")); // a folder in the way of the file
        }));
        Assert.Equal(2, saves);
        Assert.Contains(_warnings.All, sentence => sentence.Contains("could not be saved", StringComparison.Ordinal));
    }

    [Fact]
    public void A_checkpoint_of_another_task_or_starting_model_is_refused()
    {
        SequenceDataset data = SmallTrainings.Data(targets: ["a", "b", "c"], classes: ["a", "b", "c"]),
            numbers = SmallTrainings.Data(targets: ["a", "b", "c"], classes: []);
        TrainingOptions options = SmallTrainings.Quick(SmallTrainings.Options["layers"]);
        using (var several = new SequenceClassifier(options)
        {
            Checkpoint = new CheckpointOptions(Folder) { EverySteps = 1, Saved = _ => throw new InterruptedException() },
        })
            Assert.Throws<InterruptedException>(() => several.Fit(data));
        using var regressor = new SequenceRegressor(options) { Checkpoint = new CheckpointOptions(Folder) };
        Assert.Contains("other data", Assert.Throws<CheckpointException>(() => regressor.Fit(numbers)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_short_training_is_saved_on_request()
    {
        (SequenceEstimator model, SequenceDataset data) = SmallTrainings.OfOptions("layers");
        model.Checkpoint = new CheckpointOptions(Folder) { SavesShortTrainings = true };
        model.Fit(data, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(["part-model.safetensors"], Names());
    }

    [Fact]
    public void Invalid_options_are_refused()
    {
        using var model = new SequenceClassifier(SmallTrainings.Quick(SmallTrainings.Options["layers"]));
        foreach (CheckpointOptions options in
            (CheckpointOptions[])[new(""), new("c") { Every = TimeSpan.Zero }, new("c") { EverySteps = -1 }])
        {
            model.Checkpoint = options;
            Assert.Throws<ArgumentException>(() => model.Fit(SmallTrainings.Data()));
        }
        Assert.False(Directory.Exists("c"));
    }

    private string[] Names() =>
        [.. Directory.GetFiles(Folder).Select(path => Path.GetFileName(path)!).Where(name => name != "lock").Order(StringComparer.Ordinal)];

    private static byte[] Whole()
    {
        (SequenceEstimator model, SequenceDataset data) = SmallTrainings.OfOptions("layers");
        model.Fit(data, cancellationToken: TestContext.Current.CancellationToken);
        return model.ToBytes();
    }

    /// <summary>Trains until a number of saves.</summary>
    private void Interrupt(int saves)
    {
        int count = 0;
        Assert.Throws<InterruptedException>(() => Start(_ =>
        {
            if (++count == saves)
                throw new InterruptedException();
        }));
    }

    private byte[] Resume() => Start(_ => { });

    private byte[] Start(Action<string> saved)
    {
        (SequenceEstimator model, SequenceDataset data) = SmallTrainings.OfOptions("layers");
        using (model)
        {
            model.Checkpoint = new CheckpointOptions(Folder) { EverySteps = 1, Saved = saved, Warnings = _warnings };
            model.Fit(data, cancellationToken: TestContext.Current.CancellationToken);
            return model.ToBytes();
        }
    }

    private sealed class InterruptedException : Exception;

    private sealed class Sentences : IProgress<string>
    {
        public List<string> All { get; } = [];

        public void Report(string value) => All.Add(value);
    }
}
