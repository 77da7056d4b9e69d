namespace Elman.Tests;

/// <summary>The automatic choice with very few data.</summary>
public sealed class AutomaticChoiceSmallDataTests
{
    private static readonly TrainingOptions _options = TrainingOptions.Auto with
    {
        Cell = new AutoOptions { Budget = TimeSpan.FromSeconds(1) },
        Threads = 1,
    };

    [Theory]
    [InlineData(2, 2)]
    [InlineData(3, 2)]
    [InlineData(3, 3)]
    [InlineData(5, 2)]
    [InlineData(5, 5)]
    [InlineData(9, 4)]
    public void A_classifier_is_chosen_by_a_few_sequences_even_with_one_for_each_class(int sequences, int classes) =>
        Chooses(new SequenceClassifier(_options), Labelled(sequences, classes), sequences);

    [Fact]
    public void A_class_with_a_single_sequence_among_others_is_known_afterwards()
    {
        SequenceDataset data = new(1, ["a", "b", "rare"], [.. Labelled(20, 2).Append(new Sequence(Values(7), 1, 2))], "one rare");
        using var classifier = new SequenceClassifier(_options);
        Chooses(classifier, data, 21);
        Assert.Equal(["a", "b", "rare"], classifier.Classes);
        Assert.Equal("rare", classifier.Predict(data[20]));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    public void A_regressor_is_chosen_by_a_few_sequences(int sequences) =>
        Chooses(new SequenceRegressor(_options), Numbered(sequences, i => i), sequences);

    [Theory]
    [InlineData(2)]
    [InlineData(12)]
    public void Targets_that_are_all_the_same_leave_nothing_to_learn_and_are_no_failure(int sequences)
    {
        using var regressor = new SequenceRegressor(_options);
        Chooses(regressor, Numbered(sequences, _ => 3), sequences);
        Assert.Equal(3, regressor.Predict(Numbered(1, _ => 3))[0, 0], 1e-2);
        Assert.Null(regressor.Summary!.GuessLoss);
        Assert.Null(regressor.Summary.HasLearned);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(12)]
    public void Sequences_that_are_all_the_same_are_guessed(int sequences)
    {
        SequenceDataset data = new(
            1, ["a", "b"], Enumerable.Range(0, sequences).Select(i => new Sequence(new float[8], 1, i % 2)), "constant");
        using var classifier = new SequenceClassifier(_options);
        Chooses(classifier, data, sequences);
        Assert.False(classifier.Summary!.HasLearned);
        Assert.Equal(Math.Log(2), classifier.Summary.GuessLoss!.Value, 1e-12);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void A_tagger_and_a_forecaster_are_chosen_by_the_steps_of_a_few_sequences(int sequences)
    {
        Chooses(new SequenceTagger(_options), Melodies.Tagged(sequences, 1), null);
        Chooses(new SequenceForecaster(_options), Melodies.Sines(sequences, 1), null);
    }

    [Fact]
    public void A_single_sequence_is_refused_since_none_can_be_left_out()
    {
        using var regressor = new SequenceRegressor(_options);
        Assert.Contains("at least two, so that", Assert.Throws<ArgumentException>(() => regressor.Fit(Numbered(1, i => i))).Message,
            StringComparison.Ordinal);
        Assert.False(regressor.IsFitted);
        using var named = new SequenceRegressor(new TrainingOptions { Cell = "esn", Model = new() { Layers = [8] }, Threads = 1 });
        Assert.NotNull(named.Fit(Numbered(1, i => i)));
    }

    private static void Chooses(SequenceEstimator estimator, SequenceDataset data, int? cases)
    {
        using (estimator is SequenceClassifier or SequenceRegressor ? null : estimator)
        {
            TrainingSummary summary = estimator.Fit(data);
            Assert.True(double.IsFinite(summary.LeftOut!.Loss), $"{summary.LeftOut}");
            Assert.All(estimator.Leaderboard!.Entries, entry => Assert.True(double.IsFinite(entry.Loss), $"{entry}"));
            if (cases is { } all)
                Assert.Equal(all, summary.LeftOut.Cases);
        }
    }

    private static SequenceDataset Labelled(int sequences, int classes) => new(
        1, [.. Enumerable.Range(0, classes).Select(c => $"{(char)('a' + c)}")],
        Enumerable.Range(0, sequences).Select(i => new Sequence(Values(i % classes), 1, i % classes)), $"{sequences} of {classes}");

    private static SequenceDataset Numbered(int sequences, Func<int, float> target) => new(
        1, [], Enumerable.Range(0, sequences).Select(i => new Sequence(Values(i), 1).WithTargets(new[] { target(i) })),
        $"{sequences} numbers", ["y"]);

    private static float[] Values(int slope) => [.. Enumerable.Range(0, 10).Select(t => (slope * t) + (0.1f * MathF.Sin((slope + 1) * t)))];
}
