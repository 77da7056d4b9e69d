using Microsoft.Extensions.Logging;

namespace Elman.Logging.Tests;

public sealed class TrainingLoggerTests
{
    private static readonly TrainingProgress _report = new()
    {
        Epoch = 2,
        Epochs = 20,
        EpochEnded = true,
        Fraction = 0.1,
        Loss = 0.123456,
        Accuracy = 0.975,
        ValidationLoss = 0.25,
        ValidationAccuracy = 0.5,
        LearningRate = 0.01,
        SequencesPerSecond = 500,
        Elapsed = TimeSpan.FromSeconds(3.25),
        Remaining = TimeSpan.FromSeconds(29),
    };

    private readonly RecordingLogger _log = new(LogLevel.Debug);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Every_epoch_of_a_training_is_an_entry_with_the_figures_of_its_history(bool asCallback)
    {
        SequenceDataset train = Levels(12), validation = Levels(6);
        using var classifier = new SequenceClassifier(new TrainingOptions { Cell = "rnn", Model = new() { Layers = [4] }, Epochs = 3 });
        var logger = new TrainingLogger(_log);
        TrainingSummary summary = asCallback
            ? classifier.FitWithCallback(train, logger, validation, TestContext.Current.CancellationToken)
            : classifier.Fit(train, validation, logger, TestContext.Current.CancellationToken);
        logger.Ended(summary);
        Assert.Equal(classifier.History.Select(epoch => (object?)epoch.Epoch), Field("Epoch"));
        Assert.Equal(classifier.History.Select(epoch => (object?)epoch.Loss), Field("Loss"));
        Assert.Equal(classifier.History.Select(epoch => (object?)epoch.Accuracy), Field("Accuracy"));
        Assert.Equal(classifier.History.Select(epoch => (object?)epoch.ValidationLoss), Field("ValidationLoss"));
        Assert.Equal(classifier.History.Select(epoch => (object?)epoch.ValidationAccuracy), Field("ValidationAccuracy"));
        Assert.Equal(classifier.History.Select(epoch => (object?)epoch.LearningRate), Field("LearningRate"));
        Assert.All(_log.Of(TrainingEvents.EpochEnded),
            entry => Assert.Equal((LogLevel.Information, "EpochEnded"), (entry.Level, entry.Event.Name)));
        RecordingLogger.Entry end = _log.Entries[^1];
        Assert.Equal((TrainingEvents.TrainingEnded, LogLevel.Information), (end.Event.Id, end.Level));
        Assert.Equal((3, summary.TrainLoss), (end.Fields["Epochs"], end.Fields["Loss"]));
        Assert.Equal(summary.ValidationLoss, end.Fields["ValidationLoss"]);

        IEnumerable<object?> Field(string name) => _log.Of(TrainingEvents.EpochEnded).Select(entry => entry.Fields[name]);
    }

    [Fact]
    public void An_epoch_reads_as_a_sentence_with_figures()
    {
        new TrainingLogger(_log).Report(_report);
        RecordingLogger.Entry entry = Assert.Single(_log.Entries);
        Assert.Equal("Epoch 2 of 20: loss 0.1235, accuracy 97.5 %, validation loss 0.25, validation accuracy 50.0 %, "
            + "learning rate 0.01, 3.3 s", entry.Text);
        Assert.Equal("Epoch {Epoch} of {Epochs}", entry.Fields["{OriginalFormat}"]);
        Assert.Equal((0.123456, 3.25, 500.0), (entry.Fields["Loss"], entry.Fields["ElapsedSeconds"], entry.Fields["SequencesPerSecond"]));
    }

    [Fact]
    public void A_figure_that_does_not_exist_is_neither_a_field_nor_in_the_text()
    {
        new TrainingLogger(_log).Report(_report with
        {
            Loss = double.NaN,
            Accuracy = null,
            ValidationLoss = null,
            ValidationAccuracy = null,
            LearningRate = 0,
        });
        RecordingLogger.Entry entry = Assert.Single(_log.Entries);
        Assert.Equal("Epoch 2 of 20: 3.3 s", entry.Text);
        Assert.Equal(["Epoch", "Epochs", "ElapsedSeconds", "SequencesPerSecond", "{OriginalFormat}"], entry.Fields.Keys);
    }

    [Theory]
    [InlineData(1.0, new[] { 0.0, 1.0, 2.5 })]
    [InlineData(0.5, new[] { 0.0, 0.5, 1.0, 1.6, 2.5 })]
    [InlineData(0.0, new[] { 0.0, 0.4, 0.5, 0.9, 1.0, 1.6, 1.9, 2.5 })]
    public void Steps_are_entries_of_level_Debug_at_a_limited_rate(double interval, double[] logged)
    {
        var logger = new TrainingLogger(_log) { StepInterval = TimeSpan.FromSeconds(interval) };
        foreach (double seconds in new[] { 0.0, 0.4, 0.5, 0.9, 1.0, 1.6, 1.9, 2.5 })
            Assert.True(logger.AfterStep(_report with { EpochEnded = false, Elapsed = TimeSpan.FromSeconds(seconds) }));
        Assert.Equal(logged, _log.Of(TrainingEvents.Step).Select(entry => (double)entry.Fields["ElapsedSeconds"]!));
        Assert.All(_log.Entries, entry => Assert.Equal((LogLevel.Debug, 0.1), (entry.Level, entry.Fields["Fraction"])));
    }

    [Theory]
    [InlineData(LogLevel.Information, new[] { TrainingEvents.Diverged, TrainingEvents.EpochEnded })]
    [InlineData(LogLevel.Warning, new[] { TrainingEvents.Diverged })]
    [InlineData(LogLevel.None, new int[0])]
    public void A_level_that_is_switched_off_gets_nothing(LogLevel least, int[] expected)
    {
        var log = new RecordingLogger(least);
        var logger = new TrainingLogger(log);
        logger.Report(_report with { EpochEnded = false, DivergedEpoch = 1 });
        logger.Report(_report with { DivergedEpoch = 1 });
        Assert.Equal(expected, log.Entries.Select(entry => entry.Event.Id));
    }

    [Fact]
    public void A_divergence_is_one_warning_with_the_new_learning_rate_in_each_training()
    {
        var logger = new TrainingLogger(_log);
        foreach (double seconds in new[] { 1.0, 2.0, 3.0, 0.5, 1.5 }) // the fourth report is the first of another training
            logger.Report(_report with { DivergedEpoch = 2, LearningRate = 0.1 / 3, Elapsed = TimeSpan.FromSeconds(seconds) });
        IReadOnlyList<RecordingLogger.Entry> warnings = _log.Of(TrainingEvents.Diverged);
        Assert.Equal(2, warnings.Count);
        Assert.Equal(LogLevel.Warning, warnings[0].Level);
        Assert.Equal((2, 0.1 / 3), (warnings[0].Fields["DivergedEpoch"], warnings[0].Fields["LearningRate"]));
        Assert.Contains("diverged in epoch 2", warnings[0].Text, StringComparison.Ordinal);
        Assert.Contains("now 0.03333. ", warnings[0].Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, TrainingEvents.CandidateEnded, "Candidate 2 of 20, gru, ended: accuracy 97.5 %")]
    [InlineData(false, TrainingEvents.CandidateStep, "Step of candidate 2 of 20, gru: done 10.0 %, accuracy 97.5 %")]
    public void A_candidate_has_its_name_and_no_epoch(bool ended, int id, string text)
    {
        new TrainingLogger(_log).Report(_report with { Candidate = "gru", Loss = double.NaN, EpochEnded = ended });
        RecordingLogger.Entry entry = Assert.Single(_log.Entries);
        Assert.Equal(id, entry.Event.Id);
        Assert.StartsWith(text, entry.Text, StringComparison.Ordinal);
        Assert.Equal(("gru", 2, 20), (entry.Fields["Candidate"], entry.Fields["Number"], entry.Fields["Candidates"]));
        Assert.DoesNotContain("Epoch", entry.Fields.Keys);
    }

    [Fact]
    public void A_checkpoint_that_can_not_be_written_is_a_warning()
    {
        string file = Path.GetTempFileName();
        try
        {
            using var classifier = new SequenceClassifier(new TrainingOptions { Cell = "rnn", Model = new() { Layers = [4] }, Epochs = 2 })
            {
                Checkpoint = new CheckpointOptions(Path.Combine(file, "folder")) // below a file there is no folder
                {
                    EverySteps = 1,
                    Warnings = TrainingLogger.ForWarnings(_log),
                },
            };
            classifier.Fit(Levels(12), cancellationToken: TestContext.Current.CancellationToken);
            Assert.NotEmpty(_log.Of(TrainingEvents.Warning));
            Assert.All(_log.Entries, entry => Assert.Equal(LogLevel.Warning, entry.Level));
            Assert.All(_log.Entries, entry => Assert.Equal(entry.Text, entry.Fields["Warning"]));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void Wrong_arguments_are_refused()
    {
        Assert.Throws<ArgumentNullException>(() => new TrainingLogger(null!));
        Assert.Throws<ArgumentNullException>(() => TrainingLogger.ForWarnings(null!));
        Assert.Throws<ArgumentNullException>(() => new TrainingLogger(_log).Report(null!));
        Assert.Throws<ArgumentNullException>(() => new TrainingLogger(_log).Ended(null!));
        Assert.Throws<ArgumentOutOfRangeException>(() => new TrainingLogger(_log) { StepInterval = TimeSpan.FromSeconds(-1) });
    }

    /// <summary>Constant sequences, low and high in turn.</summary>
    private static SequenceDataset Levels(int count)
    {
        var data = new SequenceDatasetBuilder("x");
        for (int i = 0; i < count; i++)
            data.Add([i % 2, i % 2, 0.1f * i], label: i % 2 == 0 ? "low" : "high");
        return data.Build("levels");
    }
}
