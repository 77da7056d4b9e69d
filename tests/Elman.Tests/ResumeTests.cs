using System.Runtime.InteropServices;

namespace Elman.Tests;

/// <summary>A training that is interrupted and continued ends with the same bits as one that never was.</summary>
public sealed class ResumeTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <remarks>A reservoir is trained in one pass, without a state between.</remarks>
    public static TheoryData<string> Options => [.. SmallTrainings.Options.Keys.Except(["reservoir counts"])];

    public static TheoryData<string> Tasks => [.. SmallTrainings.Tasks];

    [Theory]
    [MemberData(nameof(Options))]
    public void A_training_that_is_killed_again_and_again_ends_with_the_same_bits(string name) =>
        AssertSame(() => SmallTrainings.OfOptions(name), everySave: 3);

    [Theory]
    [MemberData(nameof(Tasks))]
    public void A_training_of_any_task_that_is_killed_again_and_again_ends_with_the_same_bits(string name) =>
        AssertSame(() => SmallTrainings.OfTask(name), everySave: 3,
            every: name == "auto forecast" ? TimeSpan.FromMilliseconds(50) : TimeSpan.FromTicks(1));

    [Fact]
    public void A_training_may_go_on_with_another_number_of_threads()
    {
        int run = 0;
        AssertSame(() =>
        {
            (SequenceEstimator model, SequenceDataset data) = SmallTrainings.OfOptions("layers");
            TrainingOptions options = model.Options with { Threads = 1 + (run++ % 3) };
            model.Dispose();
            return (new SequenceClassifier(options), data);
        }, everySave: 2);
    }

    /// <summary>The rate is that of a training that diverges once, and not at a third of it.</summary>
    [Fact]
    public void A_training_that_diverges_goes_back_to_the_same_weights_after_an_interruption()
    {
        TrainingOptions options = Learners.DivergenceTests.DivergingOnce();
        int diverged = 0;
        AssertSame(() => (new SequenceClassifier(options), Waves.Create(48, seed: 1)), everySave: 2, onSummary: summary =>
            diverged = summary.DivergedEpoch ?? 0);
        Assert.True(diverged > 0);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void A_training_that_starts_from_a_model_goes_on_after_an_interruption(int classes)
    {
        (SequenceEstimator start, SequenceDataset data) = SmallTrainings.OfOptions("adamw");
        start.Fit(data, cancellationToken: TestContext.Current.CancellationToken);
        string[] labels = [.. data.ClassLabels, .. Enumerable.Range(2, classes - 2).Select(c => $"new{c}")];
        var more = new SequenceDataset(data.Channels, labels, data.Select((sequence, i) => new Sequence(
            sequence.Values, sequence.Channels, i % labels.Length)), "more");
        using (start)
            AssertSame(() => (new SequenceClassifier(start.Options with { Seed = 9 }), more), everySave: 2,
                fit: (model, all) => model.FitFrom(start, all, cancellationToken: TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("forecast")]
    [InlineData("auto forecast")]
    public void A_training_on_the_test_data_too_goes_on_after_an_interruption(string task)
    {
        (SequenceEstimator tested, SequenceDataset data) = SmallTrainings.OfTask(task);
        tested.Fit(data, cancellationToken: TestContext.Current.CancellationToken);
        using (tested)
            AssertSame(() => (new SequenceForecaster(tested.Options), data), everySave: task == "forecast" ? 2 : 1,
                fit: (model, all) => ((SequenceForecaster)model).FitLike(
                    (SequenceForecaster)tested, all, cancellationToken: TestContext.Current.CancellationToken));
    }

    [Fact]
    public void A_cancelled_training_goes_on_where_it_was()
    {
        (SequenceEstimator model, SequenceDataset data) = SmallTrainings.OfOptions("validation");
        byte[] whole = Fitted(() => (model, data), null);
        using var cancelled = new SequenceClassifier(model.Options) { Checkpoint = new CheckpointOptions(_folder.File("c")) };
        cancelled.FitWithCallback(data, new StopAfter(steps: 5), cancellationToken: TestContext.Current.CancellationToken);
        Assert.True(cancelled.Summary!.Cancelled);
        Assert.Equal(whole, Fitted(() => (new SequenceClassifier(model.Options), data), new CheckpointOptions(_folder.File("c"))));
    }

    /// <summary>Each round is cancelled at another moment, also between two epochs of a single short step.</summary>
    [Fact]
    public void A_training_that_is_cancelled_at_any_moment_goes_on_with_the_same_bits()
    {
        SequenceDataset data = SequenceDataset.Over(1, ["a", "b"], [.. Enumerable.Range(0, 4).Select(i =>
            new Sequence(new float[] { i }, 1, i % 2))]);
        var options = new TrainingOptions
        {
            Cell = "rnn",
            Model = new() { Layers = [1] },
            Epochs = 300,
            Batch = 2,
            Threads = 1,
            Optimizer = OptimizerKind.Sgd,
        };
        byte[] whole = Fitted(() => (new SequenceClassifier(options), data), null);
        var random = new SeededRandom(1);
        for (int round = 0; round < 300; round++)
        {
            var checkpoint = new CheckpointOptions(_folder.File($"{round}"));
            using var stop = new CancellationTokenSource();
            using var cut = new SequenceClassifier(options) { Checkpoint = checkpoint };
            int spins = random.NextInt32(30_000);
            using (var started = new ManualResetEventSlim())
            {
                var stopping = new Thread(() =>
                {
                    started.Wait(TestContext.Current.CancellationToken);
                    Thread.SpinWait(spins);
                    stop.Cancel();
                });
                stopping.Start();
                bool isStarted = false;
                try
                {
                    cut.Fit(data, null, new Heard<TrainingProgress>(_ =>
                    {
                        if (!isStarted)
                            started.Set();
                        isStarted = true;
                    }), stop.Token);
                }
                catch (OperationCanceledException)
                {
                    // It was cancelled before its first step.
                }
                started.Set();
                stopping.Join();
            }
            Assert.Equal(whole, Fitted(() => (new SequenceClassifier(options), data), checkpoint));
        }
    }

    [Fact]
    public void An_automatic_forecast_that_is_stopped_after_its_last_candidate_is_not_complete_and_goes_on()
    {
        byte[] whole = Fitted(() => SmallTrainings.OfTask("auto forecast"), null);
        var checkpoint = new CheckpointOptions(_folder.File("c"));
        (SequenceEstimator model, SequenceDataset data) = SmallTrainings.OfTask("auto forecast");
        using (model)
        {
            model.Checkpoint = checkpoint;
            TrainingSummary summary = model.FitWithCallback(
                data, new StopAfterTheLast(), cancellationToken: TestContext.Current.CancellationToken);
            Assert.True(summary.Cancelled);
        }
        Assert.Equal(whole, Fitted(() => SmallTrainings.OfTask("auto forecast"), checkpoint));
    }

    [Fact]
    public void The_figures_of_the_epochs_are_those_of_a_training_without_interruption()
    {
        (SequenceEstimator whole, SequenceDataset data) = SmallTrainings.OfOptions("validation");
        whole.Fit(data, cancellationToken: TestContext.Current.CancellationToken);
        using var cut = new SequenceClassifier(whole.Options) { Checkpoint = new CheckpointOptions(_folder.File("c")) };
        cut.FitWithCallback(data, new StopAfter(steps: 5), cancellationToken: TestContext.Current.CancellationToken);
        cut.Fit(data, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(whole.History, cut.History);
        Assert.Equal(whole.Summary! with { Seconds = null, SequencesPerSecond = null },
            cut.Summary! with { Seconds = null, SequencesPerSecond = null });
        Assert.True(cut.History[0].Elapsed < cut.History[^1].Elapsed);
    }

    [Fact]
    public void A_complete_training_is_not_done_again()
    {
        (SequenceEstimator model, SequenceDataset data) = SmallTrainings.OfOptions("layers");
        var options = new CheckpointOptions(_folder.File("c")) { EverySteps = 1 };
        byte[] first = Fitted(() => (model, data), options);
        using var again = new SequenceClassifier(model.Options) { Checkpoint = options };
        again.FitWithCallback(data, new StopAfter(steps: 1), cancellationToken: TestContext.Current.CancellationToken);
        Assert.False(again.Summary!.Cancelled);
        Assert.Equal(first[..again.ToBytes().Length], again.ToBytes());
        Assert.All(Directory.GetFiles(options.Folder), path => Assert.StartsWith("part-", Path.GetFileName(path)));
    }

    [Fact]
    public void A_short_training_writes_nothing()
    {
        (SequenceEstimator model, SequenceDataset data) = SmallTrainings.OfOptions("layers");
        Fitted(() => (model, data), new CheckpointOptions(_folder.File("c")));
        Assert.False(Directory.Exists(_folder.File("c")));
    }

    private void AssertSame(Func<(SequenceEstimator, SequenceDataset)> create, int everySave, TimeSpan? every = null,
        Action<TrainingSummary>? onSummary = null, Func<SequenceEstimator, SequenceDataset, TrainingSummary>? fit = null)
    {
        byte[] whole = Fitted(create, null, onSummary, fit);
        for (int kills = 0; ; kills++)
        {
            Assert.True(kills < 1000, "The training makes no progress.");
            int saves = 0;
            var options = new CheckpointOptions(_folder.File("checkpoint"))
            {
                Every = every ?? TimeSpan.FromTicks(1),
                Saved = _ =>
                {
                    if (++saves == everySave)
                        throw new KilledException();
                },
            };
            try
            {
                Assert.Equal(whole, Fitted(create, options, fit: fit));
                Assert.True(kills > 1, "The training was never interrupted.");
                return;
            }
            catch (KilledException)
            {
                // The next one goes on from the files.
            }
        }
    }

    /// <summary>Trains and returns the bytes of the model file and of its predictions.</summary>
    private static byte[] Fitted(
        Func<(SequenceEstimator, SequenceDataset)> create, CheckpointOptions? checkpoint, Action<TrainingSummary>? onSummary = null,
        Func<SequenceEstimator, SequenceDataset, TrainingSummary>? fit = null)
    {
        (SequenceEstimator model, SequenceDataset data) = create();
        using (model)
        {
            model.Checkpoint = checkpoint;
            TrainingSummary summary = fit?.Invoke(model, data)
                ?? model.Fit(data, cancellationToken: TestContext.Current.CancellationToken);
            onSummary?.Invoke(summary);
            return [.. model.ToBytes(), .. model.History.SelectMany(Figures),
                .. SmallTrainings.Answers(model, data).SelectMany(answer => MemoryMarshal.AsBytes(answer.AsSpan()).ToArray())];
        }
    }

    /// <summary>The figures of an epoch, without its time.</summary>
    private static byte[] Figures(EpochResult epoch) => MemoryMarshal.AsBytes((ReadOnlySpan<double>)
        [epoch.Loss, epoch.Accuracy ?? -1, epoch.ValidationLoss ?? -1, epoch.ValidationAccuracy ?? -1, epoch.LearningRate]).ToArray();

    private sealed class KilledException : Exception;

    private sealed class StopAfterTheLast : ITrainingCallback
    {
        public bool AfterEpoch(TrainingProgress progress) => progress.Epoch < progress.Epochs;
    }

    private sealed class StopAfter(int steps) : ITrainingCallback
    {
        private int _steps;

        public bool AfterStep(TrainingProgress progress) => ++_steps < steps;
    }
}
