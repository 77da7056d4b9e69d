namespace Elman.Tests.Learners;

public class ProgressTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Reports_are_consistent_from_first_to_last(bool validate)
    {
        var heard = new Heard<TrainingProgress>();
        using var classifier = new SequenceClassifier(Waves.Quick with { Epochs = 6 });
        TrainingSummary summary = classifier.Fit(Waves.Create(50, seed: 1), validate ? Waves.Create(20, seed: 2) : null, heard);

        TrainingProgress[] ended = [.. heard.Reports.Where(report => report.EpochEnded)];
        Assert.Equal(Enumerable.Range(1, 6), ended.Select(report => report.Epoch));
        Assert.Equal(
            classifier.History, ended.Select(r => new EpochResult(r.Epoch, r.Loss, r.Accuracy, r.ValidationLoss, r.ValidationAccuracy)
            {
                LearningRate = r.LearningRate,
            }));
        Assert.All(ended, report => Assert.Equal(report.Epoch / 6.0, report.Fraction));
        Assert.All(ended, report => Assert.Equal(validate, report.ValidationLoss.HasValue && report.ValidationAccuracy.HasValue));
        Assert.True(ended[^1].Elapsed.TotalSeconds <= summary.Seconds);
    }

    [Fact]
    public void Fractions_and_times_only_rise_and_nothing_is_out_of_range()
    {
        // Slow enough for reports within epochs.
        var heard = new Heard<TrainingProgress>(report => Thread.Sleep(report.EpochEnded ? 60 : 0));
        using var classifier = new SequenceClassifier(Waves.Quick with { Epochs = 8, Batch = 4 });
        classifier.Fit(Waves.Create(60, seed: 1), progress: heard);

        Assert.Contains(heard.Reports, report => !report.EpochEnded);
        Assert.All(heard.Reports, report =>
        {
            Assert.InRange(report.Fraction, double.Epsilon, 1);
            Assert.InRange(report.Epoch, 1, 8);
            Assert.Equal(8, report.Epochs);
            Assert.InRange(report.Accuracy!.Value, 0, 1);
            Assert.True(report.Loss > 0 && report.LearningRate > 0 && report.SequencesPerSecond > 0);
            Assert.True(report.Remaining >= TimeSpan.Zero);
        });
        Assert.All(heard.Reports.Zip(heard.Reports.Skip(1)), pair =>
        {
            Assert.True(pair.First.Fraction <= pair.Second.Fraction);
            Assert.True(pair.First.Elapsed <= pair.Second.Elapsed);
            Assert.True(pair.First.LearningRate >= pair.Second.LearningRate);
        });
        Assert.Equal((1, TimeSpan.Zero), (heard.Reports[^1].Fraction, heard.Reports[^1].Remaining));
    }

    [Fact]
    public void What_progress_throws_reaches_the_caller_and_nothing_is_adopted()
    {
        using var classifier = new SequenceClassifier(Waves.Quick);
        var heard = new Heard<TrainingProgress>(_ => throw new InvalidOperationException("enough"));
        Assert.Equal(
            "enough", Assert.Throws<InvalidOperationException>(() => classifier.Fit(Waves.Create(20, seed: 1), progress: heard)).Message);
        Assert.False(classifier.IsFitted);
    }
}
