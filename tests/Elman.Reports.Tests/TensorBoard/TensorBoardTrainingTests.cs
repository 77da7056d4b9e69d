using Elman.Reports.TensorBoard;

namespace Elman.Reports.Tests.TensorBoard;

public sealed class TensorBoardTrainingTests : IDisposable
{
    private static readonly TrainingOptions _options =
        new() { Cell = "rnn", Model = new() { Layers = [4] }, Epochs = 6, Batch = 6, Threads = 1 };

    private readonly string _folder = Directory.CreateTempSubdirectory("elman-tensorboard-").FullName;

    private string Run => Path.Combine(_folder, "run");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_curves_of_a_training_are_its_history()
    {
        using var classifier = new SequenceClassifier(_options);
        classifier.Fit(Levels(12), Levels(6), new TensorBoardLog(Run), TestContext.Current.CancellationToken);
        IReadOnlyDictionary<string, List<(long, float)>> curves = EventReader.Curves(Run);
        Assert.Equal(["lr", "train/accuracy", "train/loss", "val/accuracy", "val/loss"], curves.Keys.Order(StringComparer.Ordinal));
        IReadOnlyList<EpochResult> history = classifier.History;
        Assert.Equal(6, history.Count);
        Assert.Equal(history.Select(epoch => ((long)epoch.Epoch, (float)epoch.Loss)), curves["train/loss"]);
        Assert.Equal(history.Select(epoch => ((long)epoch.Epoch, (float)epoch.Accuracy!)), curves["train/accuracy"]);
        Assert.Equal(history.Select(epoch => ((long)epoch.Epoch, (float)epoch.ValidationLoss!)), curves["val/loss"]);
        Assert.Equal(history.Select(epoch => ((long)epoch.Epoch, (float)epoch.ValidationAccuracy!)), curves["val/accuracy"]);
        Assert.Equal(history.Select(epoch => ((long)epoch.Epoch, (float)epoch.LearningRate)), curves["lr"]);
    }

    [Fact]
    public void A_resumed_training_writes_a_further_file_and_no_point_is_shown_twice()
    {
        SequenceDataset data = Levels(12);
        var checkpoint = new CheckpointOptions(Path.Combine(_folder, "checkpoint")) { EverySteps = 5 }; // in epoch 3
        using (var killed = new SequenceClassifier(_options) { Checkpoint = checkpoint })
        {
            var callbacks = new TrainingCallbacks(new TensorBoardLog(Run), new KilledAfter(4));
            Assert.Throws<NotSupportedException>(
                () => killed.FitWithCallback(data, callbacks, cancellationToken: TestContext.Current.CancellationToken));
        }
        Assert.Equal(4, EventReader.Curves(Run)["train/loss"].Count);

        using var resumed = new SequenceClassifier(_options) { Checkpoint = checkpoint };
        resumed.FitWithCallback(data, new TensorBoardLog(Run), cancellationToken: TestContext.Current.CancellationToken);
        string[] files = [.. Directory.EnumerateFiles(Run).Order(StringComparer.Ordinal)];
        Assert.Equal(2, files.Length);
        Assert.Equal([3L, 4, 5, 6], EventReader.Read(File.ReadAllBytes(files[1])).Where(e => e.Scalars.Count > 0).Select(e => e.Step));
        Assert.Equal(
            resumed.History.Select(epoch => ((long)epoch.Epoch, (float)epoch.Loss)), EventReader.Curves(Run)["train/loss"]);
    }

    [Fact]
    public void The_automatic_choice_has_a_curve_for_candidates_and_their_held_out_losses()
    {
        using var classifier = new SequenceClassifier(new TrainingOptions
        {
            Cell = new AutoOptions { Ensemble = EnsembleWeights.Parse("rnn:1,delays:1"), Budget = TimeSpan.FromSeconds(0.1) },
            Threads = 1,
        });
        var log = new TensorBoardLog(Run);
        SequenceDataset data = Levels(24);
        classifier.Fit(data, progress: log, cancellationToken: TestContext.Current.CancellationToken);
        Leaderboard board = classifier.Leaderboard!;
        log.Add(board);
        IReadOnlyDictionary<string, List<(long Step, float Value)>> curves = EventReader.Curves(Run);
        Assert.All(board.Entries,
            entry => Assert.Equal((1000, (float)entry.Loss), Assert.Single(curves[$"candidate/{entry.Name}"])));
        List<(long Step, float Value)> curve = curves["candidate/rnn/train_loss"];
        Assert.Equal(curve.Select(point => point.Step).Distinct().Order(), curve.Select(point => point.Step));
        Assert.InRange(curve[^1].Step, 0, 999);
    }

    /// <summary>Constant sequences, low and high in turn.</summary>
    private static SequenceDataset Levels(int count)
    {
        var data = new SequenceDatasetBuilder("x");
        for (int i = 0; i < count; i++)
            data.Add([i % 2, i % 2, 0.1f * i], label: i % 2 == 0 ? "low" : "high");
        return data.Build("levels");
    }

    private sealed class KilledAfter(int epoch) : ITrainingCallback
    {
        public bool AfterEpoch(TrainingProgress progress) =>
            progress.Epoch < epoch ? true : throw new NotSupportedException();
    }
}
