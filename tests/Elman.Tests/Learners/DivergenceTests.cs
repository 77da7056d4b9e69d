namespace Elman.Tests.Learners;

public class DivergenceTests
{
    private static readonly TrainingOptions _reckless = Waves.Quick with
    {
        Cell = new RnnOptions { Activation = Activation.Relu },
        LearningRate = 1e9,
        Clip = double.PositiveInfinity,
        Optimizer = OptimizerKind.Sgd,
        Schedule = LearningRateSchedule.Constant,
        Epochs = 50,
    };

    [Fact]
    public void Numbers_that_run_away_end_training_with_the_epoch_and_what_to_try()
    {
        using var classifier = new SequenceClassifier(_reckless);
        var e = Assert.Throws<TrainingDivergedException>(() => classifier.Fit(Waves.Create(48, seed: 1)));
        Assert.InRange(e.Epoch, 1, 50);
        Assert.Contains($"in epoch {e.Epoch}", e.Message, StringComparison.Ordinal);
        Assert.Contains("smaller learning rate (it is 1000000000)", e.Message, StringComparison.Ordinal);
        Assert.Contains("clip", e.Message, StringComparison.Ordinal);
        Assert.False(classifier.IsFitted);
    }

    [Fact]
    public void Training_that_diverges_goes_on_from_the_last_good_weights_with_a_third_of_the_rate()
    {
        // At this rate the loss overflows; at a third of it, it does not.
        TrainingOptions options = DivergingOnce();
        using var classifier = new SequenceClassifier(options);
        TrainingSummary summary = classifier.Fit(Waves.Create(48, seed: 1), cancellationToken: TestContext.Current.CancellationToken);
        int epoch = Assert.NotNull(summary.DivergedEpoch);
        Assert.Equal(30, summary.Epochs);
        Assert.All(classifier.History, result => Assert.Equal(
            options.LearningRate!.Value * (result.Epoch < epoch ? 1 : 1 / 3.0), result.LearningRate, 1e-12));
        Assert.Contains("\"divergedEpoch\":", System.Text.Encoding.UTF8.GetString(classifier.ToBytes()).Replace("\\", ""),
            StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_learned_before_is_kept()
    {
        SequenceDataset harmless = Waves.Create(20, seed: 1), harmful = Scaled(Waves.Create(20, seed: 1), 1e30f);
        using var tame = new SequenceClassifier(_reckless with
        {
            Inputs = _reckless.Inputs with { Standardize = false },
            LearningRate = 1e-3,
            Epochs = 2,
        });
        TrainingSummary before = tame.Fit(harmless);
        float[] answers = [.. tame.PredictProbabilities(harmless)];
        var e = Assert.Throws<TrainingDivergedException>(() => tame.Fit(harmful));
        Assert.Contains("standardise the data", e.Message, StringComparison.Ordinal);
        Assert.Equal(answers, tame.PredictProbabilities(harmless));
        Assert.Same(before, tame.Summary);
        Assert.Equal(2, tame.History.Count);
    }

    [Fact]
    public void A_limit_on_the_gradient_keeps_training_going()
    {
        using var classifier = new SequenceClassifier(_reckless with { LearningRate = 0.01, Clip = 1e-3 });
        Assert.Equal(50, classifier.Fit(Waves.Create(48, seed: 1)).Epochs);
    }

    /// <summary>Returns options with which training on 48 sequences of seed 1 diverges once, found by trying learning rates.</summary>
    internal static TrainingOptions DivergingOnce()
    {
        for (double rate = 0.05; rate < 1e9; rate *= 1.3)
        {
            TrainingOptions options = _reckless with { LearningRate = rate, Epochs = 30 };
            using var classifier = new SequenceClassifier(options);
            try
            {
                if (classifier.Fit(Waves.Create(48, seed: 1)).DivergedEpoch is not null)
                    return options;
            }
            catch (TrainingDivergedException)
            {
                // It diverged at a third, too; a later rate may diverge later.
            }
        }
        throw new InvalidOperationException("No rate diverges once.");
    }

    private static SequenceDataset Scaled(SequenceDataset data, float factor) => new(data.Channels, data.ClassLabels,
        data.Select(sequence => new Sequence(
            sequence.Values.ToArray().Select(value => value * factor).ToArray(), sequence.Channels, sequence.Label)));
}
