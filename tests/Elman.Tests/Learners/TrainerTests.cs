namespace Elman.Tests.Learners;

public class TrainerTests
{
    private static readonly SequenceDataset _data = Waves.Create(48, seed: 1, ragged: true);

    [Fact]
    public void With_validation_data_the_weights_of_the_best_epoch_are_kept()
    {
        SequenceDataset validation = Waves.Create(30, seed: 2);
        // The learning rate is so high that the loss oscillates.
        using var classifier = new SequenceClassifier(
            Waves.Quick with { Epochs = 30, LearningRate = 0.2, Patience = 0, Calibrate = false });
        TrainingSummary summary = classifier.Fit(_data, validation);
        Assert.Equal(30, summary.Epochs);
        AssertBest(classifier, summary);
        Assert.NotEqual(30, summary.BestEpoch);
        Evaluation evaluation = classifier.Evaluate(validation);
        Assert.Equal(evaluation.Accuracy, summary.ValidationAccuracy);
        Assert.Equal(evaluation.LogLoss, summary.ValidationLoss!.Value, tolerance: 1e-6); // from scores, not from probabilities in float
    }

    [Fact]
    public void With_validation_data_probabilities_get_a_temperature_that_is_stored_and_changes_no_answer()
    {
        SequenceDataset validation = Waves.Create(60, seed: 2), test = Waves.Create(200, seed: 3);
        TrainingOptions options = Waves.Quick with { Epochs = 60, LearningRate = 0.05, Patience = 0 }; // so long that it gets too sure
        using var calibrated = new SequenceClassifier(options);
        using var plain = new SequenceClassifier(options with { Calibrate = false });
        calibrated.Fit(_data, validation);
        plain.Fit(_data, validation);
        Assert.Equal(1, plain.Members[0].Temperature);
        double temperature = calibrated.Members[0].Temperature;
        Assert.NotEqual(1, temperature);
        Assert.Equal(plain.Predict(test), calibrated.Predict(test));
        Assert.True(calibrated.Evaluate(validation).LogLoss < plain.Evaluate(validation).LogLoss);
        float[] p = plain.PredictProbabilities(test[0]), q = calibrated.PredictProbabilities(test[0]);
        Assert.Equal(Math.Log(p[0] / p[1]) / temperature, Math.Log(q[0] / q[1]), 1e-3);

        using var folder = new TemporaryFolder();
        calibrated.Save(folder.File("m"));
        using var loaded = SequenceClassifier.Load(folder.File("m"));
        Assert.Equal(temperature, loaded.Members[0].Temperature);
        Assert.Equal(calibrated.PredictProbabilities(test), loaded.PredictProbabilities(test));
    }

    [Fact]
    public void Validation_data_may_number_their_classes_otherwise()
    {
        SequenceDataset validation = Waves.Create(30, seed: 2);
        var turned = new SequenceDataset(1, ["sine", "noise"], validation.Select(sequence => sequence.WithLabel(1 - sequence.Label)));
        using var one = new SequenceClassifier(Waves.Quick);
        using var other = new SequenceClassifier(Waves.Quick);
        Assert.Equal(one.Fit(_data, validation).ValidationLoss, other.Fit(_data, turned).ValidationLoss);
    }

    [Fact]
    public void A_share_is_held_out_of_the_training_data()
    {
        using var classifier = new SequenceClassifier(Waves.Quick with { Validation = 0.25 });
        TrainingSummary summary = classifier.Fit(_data);
        Assert.Equal(36, summary.Sequences);
        AssertBest(classifier, summary);
        Assert.Equal(0, summary.ValidationAccuracy!.Value * 12 % 1, 1e-9);
    }

    [Fact]
    public void Validation_data_of_ones_own_replaces_the_share()
    {
        using var classifier = new SequenceClassifier(Waves.Quick with { Validation = 0.25 });
        Assert.Equal(48, classifier.Fit(_data, Waves.Create(10, seed: 2)).Sequences);
    }

    [Fact]
    public void Without_validation_the_last_epoch_counts()
    {
        using var classifier = new SequenceClassifier(Waves.Quick);
        TrainingSummary summary = classifier.Fit(_data);
        Assert.Equal((3, 3, null, null), (summary.Epochs, summary.BestEpoch, summary.ValidationLoss, summary.ValidationAccuracy));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Patience_ends_training_so_many_epochs_after_the_best(int patience)
    {
        using var classifier = new SequenceClassifier(Waves.Quick with { Epochs = 200, LearningRate = 0.2, Patience = patience });
        TrainingSummary summary = classifier.Fit(_data, Waves.Create(30, seed: 2));
        Assert.Equal(summary.BestEpoch + patience, summary.Epochs);
        Assert.InRange(summary.Epochs, 2, 199);
        Assert.False(summary.Cancelled);
        AssertBest(classifier, summary);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(47)]
    [InlineData(48)]
    [InlineData(49)]
    [InlineData(int.MaxValue)]
    public void Any_batch_size_goes_through_all_data(int batch)
    {
        using var classifier = new SequenceClassifier(Waves.Quick with { Batch = batch, Epochs = 2 });
        TrainingSummary summary = classifier.Fit(_data);
        Assert.Equal(2, summary.Epochs);
        Assert.True(double.IsFinite(summary.TrainLoss));
    }

    [Fact]
    public void Every_way_to_initialise_and_every_schedule_trains()
    {
        foreach (WeightInitialization init in Enum.GetValues<WeightInitialization>())
        {
            foreach (LearningRateSchedule schedule in Enum.GetValues<LearningRateSchedule>())
            {
                using var classifier = new SequenceClassifier(Waves.Quick with { Init = init, Schedule = schedule, Epochs = 5 });
                classifier.Fit(_data);
                Assert.True(classifier.History[^1].Loss < classifier.History[0].Loss, $"{init}, {schedule}");
            }
        }
    }

    private static void AssertBest(SequenceClassifier classifier, TrainingSummary summary)
    {
        EpochResult best = classifier.History.MinBy(epoch => epoch.ValidationLoss)!;
        Assert.Equal((best.Epoch, best.ValidationLoss, best.ValidationAccuracy),
            (summary.BestEpoch, summary.ValidationLoss, summary.ValidationAccuracy));
        Assert.Equal(Enumerable.Range(1, summary.Epochs), classifier.History.Select(epoch => epoch.Epoch));
    }
}
