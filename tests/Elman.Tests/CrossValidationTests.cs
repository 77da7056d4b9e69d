namespace Elman.Tests;

/// <summary>Cross-validation against the same work by hand.</summary>
public class CrossValidationTests
{
    private static readonly TrainingOptions _options = Waves.Quick with { Epochs = 2 };

    [Fact]
    public void Every_sequence_is_predicted_once_in_each_repeat_by_a_model_that_was_trained_on_the_others()
    {
        SequenceDataset data = Waves.Create(22, seed: 3);
        CrossValidationResult result = Run(data, new CrossValidationOptions { Folds = 4, Repeats = 2, Seed = 5 });
        Assert.Equal(8, result.Folds.Count);
        foreach (IGrouping<int, CrossValidationFold> repeat in result.Folds.GroupBy(fold => fold.Repeat))
            Assert.Equal(Enumerable.Range(0, 22), repeat.SelectMany(fold => fold.Sequences).Order());
        Assert.NotEqual(result.Folds[0].Sequences, result.Folds[4].Sequences);

        CrossValidationFold third = result.Folds[2];
        using var alone = new SequenceClassifier(_options);
        alone.Fit(data.Subset(Enumerable.Range(0, 22).Except(third.Sequences)), cancellationToken: TestContext.Current.CancellationToken);
        var cases = (ClassAnswers)result.Cases[0];
        foreach (int sequence in third.Sequences)
            Assert.Equal(alone.PredictProbabilities(data[sequence]), cases.ProbabilitiesOf(sequence).ToArray());
        Assert.Equal(alone.Evaluate(data.Subset(third.Sequences)).Accuracy, third.Score);
    }

    [Fact]
    public void The_mean_and_the_deviation_are_those_of_the_folds()
    {
        CrossValidationResult result = Run(Waves.Create(20, seed: 3), new CrossValidationOptions { Folds = 5 });
        double mean = result.Folds.Sum(fold => fold.Score) / 5;
        Assert.Equal(mean, result.Mean, 1e-12);
        Assert.Equal(Math.Sqrt(result.Folds.Sum(fold => Math.Pow(fold.Score - mean, 2)) / 4), result.Deviation, 1e-12);
    }

    [Fact]
    public void A_cross_validation_that_is_stopped_does_not_train_the_complete_folds_again()
    {
        SequenceDataset data = Waves.Create(20, seed: 3);
        var folds = new CrossValidationOptions { Folds = 5, Repeats = 2 };
        CrossValidationResult whole = Run(data, folds);
        using var folder = new TemporaryFolder();
        var saves = new List<(int Repeat, int Fold)>();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        Assert.Throws<OperationCanceledException>(() => CrossValidation.Run(data, Create, folds, new Heard<CrossValidationFold>(fold =>
        {
            if (fold is { Repeat: 1, Fold: 1 })
                stop.Cancel();
        }), stop.Token));
        Assert.Contains((1, 1), saves);
        saves.Clear();
        CrossValidationResult resumed = CrossValidation.Run(
            data, Create, folds, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal([(1, 2), (1, 3), (1, 4)], saves.Distinct());
        Assert.Equal(whole.Folds.Select(fold => fold.Score), resumed.Folds.Select(fold => fold.Score));
        for (int i = 0; i < 20; i++)
            Assert.Equal(((ClassAnswers)whole.Cases[1]).ProbabilitiesOf(i).ToArray(), ((ClassAnswers)resumed.Cases[1]).ProbabilitiesOf(i));

        SequenceEstimator Create(int repeat, int fold) => new SequenceClassifier(_options)
        {
            Checkpoint = new CheckpointOptions(folder.File($"{repeat}-{fold}"))
            {
                SavesShortTrainings = true,
                Saved = _ => saves.Add((repeat, fold)),
            },
        };
    }

    [Fact]
    public void Errors_of_several_targets_in_a_fold_are_in_standard_deviations_of_all_the_data()
    {
        // Leaving one out, a fold has a single sequence, whose targets do not vary.
        SequenceDataset data = new(1, [], Waves.Create(8, seed: 3).Select((wave, i) =>
            new Sequence(wave.Values, 1).WithTargets(new float[] { i, 1000 * (i % 3) })), "numbers", ["a", "b"]);
        CrossValidationResult result = CrossValidation.Run(
            data, (_, _) => new SequenceRegressor(_options), new CrossValidationOptions { Folds = 8 },
            cancellationToken: TestContext.Current.CancellationToken);
        double pooled = result.Cases[0].MainInterval().Interval.Estimate;
        Assert.Equal(pooled, Math.Sqrt(result.Folds.Average(fold => fold.Score * fold.Score)), 1e-9);
    }

    [Fact]
    public void Groups_are_not_divided_and_each_may_be_a_fold()
    {
        SequenceDataset data = Waves.Create(24, seed: 3);
        data = new SequenceDataset(
            data.Channels, data.ClassLabels, data.Select((sequence, i) => sequence with { Group = $"g{i / 2 % 6}" }));
        CrossValidationResult folds = Run(data, new CrossValidationOptions { Folds = 3 });
        foreach (CrossValidationFold fold in folds.Folds)
        {
            HashSet<string?> inside = [.. fold.Sequences.Select(i => data[i].Group)];
            Assert.All(Enumerable.Range(0, 24).Except(fold.Sequences), i => Assert.DoesNotContain(data[i].Group, inside));
        }
        CrossValidationResult groups = Run(data, new CrossValidationOptions { LeaveOneGroupOut = true });
        Assert.Equal(6, groups.Folds.Count);
        Assert.All(groups.Folds, fold => Assert.Single(fold.Sequences.Select(i => data[i].Group).Distinct()));
    }

    [Theory]
    [InlineData("Folds is 1; it must be at least 2.", 1, 1, false)]
    [InlineData("Repeats is 0; it must be at least 1.", 2, 0, false)]
    [InlineData("LeaveOneGroupOut has the same folds in every repeat; leave Repeats at 1.", 2, 2, true)]
    [InlineData("has no groups", 2, 1, true)]
    public void What_can_not_be_divided_is_refused(string problem, int folds, int repeats, bool groups)
    {
        var e = Assert.Throws<ArgumentException>(() => Run(Waves.Create(8, seed: 1),
            new CrossValidationOptions { Folds = folds, Repeats = repeats, LeaveOneGroupOut = groups }));
        Assert.Contains(problem, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_forecaster_is_refused()
    {
        SequenceDataset data = Waves.Create(8, seed: 1);
        Assert.Contains("Backtest", Assert.Throws<ArgumentException>(() => CrossValidation.Run(data,
            (_, _) => new SequenceForecaster(_options), cancellationToken: TestContext.Current.CancellationToken)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_fold_whose_training_part_has_a_single_class_is_named()
    {
        SequenceDataset data = Waves.Create(8, seed: 1);
        data = new SequenceDataset(data.Channels, ["a", "b"], data.Select((sequence, i) => sequence.WithLabel(i == 0 ? 0 : 1)));
        var e = Assert.Throws<ArgumentException>(() => Run(data, new CrossValidationOptions { Folds = 2 }));
        Assert.StartsWith("The model of fold 1 in repeat 1 can't be trained: ", e.Message, StringComparison.Ordinal);
        Assert.Contains("only the class 'b'", e.Message, StringComparison.Ordinal);
    }

    private static CrossValidationResult Run(SequenceDataset data, CrossValidationOptions options) =>
        CrossValidation.Run(
            data, (_, _) => new SequenceClassifier(_options), options, cancellationToken: TestContext.Current.CancellationToken);
}
