namespace Elman.Tests.Learners;

public class CancellationTests
{
    private static readonly SequenceDataset _data = Waves.Create(48, seed: 1);

    [Fact]
    public void Cancelled_before_the_first_step_it_knows_what_it_knew()
    {
        using var classifier = new SequenceClassifier(Waves.Quick);
        Assert.ThrowsAny<OperationCanceledException>(() => classifier.Fit(_data, cancellationToken: new CancellationToken(canceled: true)));
        Assert.False(classifier.IsFitted);

        classifier.Fit(_data);
        string[] before = classifier.Predict(_data);
        Assert.ThrowsAny<OperationCanceledException>(
            () => classifier.Fit(Waves.Create(48, seed: 2), cancellationToken: new CancellationToken(canceled: true)));
        Assert.Equal(before, classifier.Predict(_data));
        AssertUsable(classifier);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Cancelled_after_an_epoch_it_is_what_that_many_epochs_make(bool validate)
    {
        TrainingOptions options = Waves.Quick with { Epochs = 50, Schedule = LearningRateSchedule.Constant };
        SequenceDataset? validation = validate ? Waves.Create(20, seed: 2) : null;
        using var cancelled = new SequenceClassifier(options);
        using var shorter = new SequenceClassifier(options with { Epochs = 4 });
        TrainingSummary summary = CancelAfter(cancelled, 4, validation);
        shorter.Fit(_data, validation);
        Assert.Equal((4, true), (summary.Epochs, summary.Cancelled));
        Assert.Equal(shorter.PredictProbabilities(_data), cancelled.PredictProbabilities(_data));
        AssertUsable(cancelled);
    }

    [Fact]
    public void Cancelled_within_an_epoch_it_keeps_what_it_learned()
    {
        using var source = new CancellationTokenSource();
        using var classifier = new SequenceClassifier(Waves.Quick with { Epochs = 1_000_000_000, Batch = 1 });
        var heard = new Heard<TrainingProgress>(report =>
        {
            if (!report.EpochEnded) // reported about ten times a second
                source.Cancel();
        });
        TrainingSummary summary = classifier.Fit(Waves.Create(300, seed: 1), progress: heard, cancellationToken: source.Token);
        Assert.True(summary.Cancelled);
        Assert.Equal(summary.Epochs, heard.Reports.Count(report => report.EpochEnded));
        Assert.False(heard.Reports[^1].EpochEnded);
        AssertUsable(classifier);
    }

    [Fact]
    public void Cancelled_when_all_is_done_it_was_not_cancelled()
    {
        using var classifier = new SequenceClassifier(Waves.Quick);
        TrainingSummary summary = CancelAfter(classifier, Waves.Quick.Epochs, validation: null);
        Assert.Equal((Waves.Quick.Epochs, false), (summary.Epochs, summary.Cancelled));
    }

    private static TrainingSummary CancelAfter(SequenceClassifier classifier, int epochs, SequenceDataset? validation)
    {
        using var source = new CancellationTokenSource();
        var heard = new Heard<TrainingProgress>(report =>
        {
            if (report.EpochEnded && report.Epoch == epochs)
                source.Cancel();
        });
        return classifier.Fit(_data, validation, heard, source.Token);
    }

    private static void AssertUsable(SequenceClassifier classifier)
    {
        using var folder = new TemporaryFolder();
        classifier.Save(folder.File("m"));
        using var loaded = SequenceClassifier.Load(folder.File("m"));
        Assert.Equal(classifier.PredictProbabilities(_data), loaded.PredictProbabilities(_data));
        Assert.Equal(classifier.Summary!.Cancelled, loaded.Summary!.Cancelled);
    }
}
