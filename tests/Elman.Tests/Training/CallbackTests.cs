namespace Elman.Tests.Training;

public sealed class CallbackTests
{
    private static readonly SequenceDataset _data = Waves.Create(32, seed: 1);
    private static readonly TrainingOptions _options = Waves.Quick with { Batch = 10, Epochs = 3 };

    [Fact]
    public void Every_step_and_every_epoch_is_told_in_order_and_changes_nothing()
    {
        using SequenceClassifier plain = new(_options), watched = new(_options);
        plain.Fit(_data);
        var log = new Log();
        TrainingSummary summary = watched.FitWithCallback(_data, log);
        Assert.Equal("ssssEssssEssssE", log.Calls);
        Assert.Equal([0.31, 0.62, 0.94, 1.0, 1.31], log.Seen.Take(5).Select(p => Math.Round(p.Fraction * 3, 2)));
        Assert.Equal(watched.History.Select(epoch => epoch.Loss), log.Epochs.Select(p => p.Loss));
        Assert.False(summary.Cancelled);
        Assert.Equal(plain.PredictProbabilities(_data), watched.PredictProbabilities(_data));
    }

    [Theory]
    [InlineData(6, -1, "ssssEss", 1)]
    [InlineData(-1, 2, "ssssEssssE", 2)]
    public void Training_ends_where_the_callback_says_so_and_keeps_what_was_learned(int steps, int epochs, string calls, int history)
    {
        using var classifier = new SequenceClassifier(_options);
        var log = new Log { StepsToTake = steps, EpochsToTake = epochs };
        TrainingSummary summary = classifier.FitWithCallback(_data, log);
        Assert.Equal(calls, log.Calls);
        Assert.True(summary.Cancelled);
        Assert.Equal(history, classifier.History.Count);
        Assert.Equal(32, classifier.Predict(_data).Length);
    }

    [Fact]
    public void An_exception_of_the_callback_passes_through_and_what_was_known_is_kept()
    {
        using var classifier = new SequenceClassifier(_options);
        classifier.Fit(_data);
        byte[] before = classifier.ToBytes();
        Assert.Throws<DivideByZeroException>(() => classifier.FitWithCallback(_data, new Failing()));
        Assert.Equal(before, classifier.ToBytes());
    }

    [Fact]
    public void A_token_cancels_beside_a_callback()
    {
        using var classifier = new SequenceClassifier(_options);
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        Assert.Equal(cancelled.Token, Assert.Throws<OperationCanceledException>(
            () => classifier.FitWithCallback(_data, new Log(), cancellationToken: cancelled.Token)).CancellationToken);
    }

    [Fact]
    public async Task FitAsync_gives_what_Fit_gives_on_another_thread()
    {
        using SequenceClassifier one = new(_options), other = new(_options);
        one.Fit(_data);
        int caller = Environment.CurrentManagedThreadId, thread = caller; // the test may go on on another one
        TrainingSummary summary = await other.FitAsync(
            _data, progress: new Heard<TrainingProgress>(_ => thread = Environment.CurrentManagedThreadId),
            cancellationToken: TestContext.Current.CancellationToken);
        Assert.NotEqual(caller, thread);
        Assert.Equal(3, summary.Epochs);
        Assert.Equal(one.PredictProbabilities(_data), other.PredictProbabilities(_data));
    }

    [Fact]
    public async Task FitAsync_is_cancelled_early_keeps_what_was_learned_and_passes_failures_on()
    {
        using var classifier = new SequenceClassifier(_options with { Epochs = 1000 });
        using var cancel = new CancellationTokenSource();
        TrainingSummary summary = await classifier.FitAsync(_data, progress: new Heard<TrainingProgress>(_ => cancel.Cancel()),
            cancellationToken: cancel.Token);
        Assert.True(summary.Cancelled);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => classifier.FitAsync(_data, cancellationToken: cancel.Token));
        await Assert.ThrowsAsync<ArgumentException>(
            () => classifier.FitAsync(_data.Subset([]), cancellationToken: TestContext.Current.CancellationToken));
    }

    private sealed class Log : ITrainingCallback
    {
        public int StepsToTake { get; init; } = -1;

        public int EpochsToTake { get; init; } = -1;

        public string Calls { get; private set; } = "";

        public List<TrainingProgress> Seen { get; } = [];

        public List<TrainingProgress> Epochs { get; } = [];

        public bool AfterStep(TrainingProgress progress)
        {
            Calls += 's';
            Seen.Add(progress);
            return Seen.Count != StepsToTake;
        }

        public bool AfterEpoch(TrainingProgress progress)
        {
            Calls += 'E';
            Epochs.Add(progress);
            return Epochs.Count != EpochsToTake;
        }
    }

    private sealed class Failing : ITrainingCallback
    {
        public bool AfterStep(TrainingProgress progress) => throw new DivideByZeroException();
    }
}
