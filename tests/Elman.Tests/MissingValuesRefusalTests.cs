namespace Elman.Tests;

/// <summary>Missing values that are refused.</summary>
public class MissingValuesRefusalTests
{
    private static readonly TrainingOptions _options = Waves.Quick with { Epochs = 1 };

    private static readonly MissingValues[] _ways = [.. Enum.GetValues<MissingValues>().Skip(1)];

    [Fact]
    public void By_default_a_missing_value_is_refused_with_its_position_and_the_ways_out()
    {
        SequenceDataset data = Gaps.In(Gaps.Complete("classify", 16, seed: 1), seed: 2);
        using var classifier = new SequenceClassifier(_options);
        string message = Assert.Throws<ArgumentException>("data", () => classifier.Fit(data)).Message;
        Assert.Matches(
            @"^Sequence \d+ of 'waves' has the value NaN in step \d+, channel [12]; every value must be finite\. "
                + @".*Inputs\.Missing.*Mask, Last, Mean, Linear or Indicate\.",
            message);
        classifier.Fit(Gaps.Complete("classify", 16, seed: 1));
        Assert.Equal(message, Assert.Throws<ArgumentException>("data", () => classifier.Predict(data)).Message);
        Assert.Equal(message, Assert.Throws<ArgumentException>("data", () => classifier.Evaluate(data)).Message);
        Assert.Equal(message, Assert.Throws<ArgumentException>("data", () => classifier.PartialFit(data)).Message);
    }

    [Fact]
    public void Infinities_are_refused_whatever_is_chosen()
    {
        SequenceDataset data = Gaps.Complete("classify", 16, seed: 1);
        data = new(2, data.ClassLabels,
            data.Select((s, i) => i == 3 ? Gaps.Valued(s, [float.NaN, float.NegativeInfinity, .. s.Values.ToArray()[2..]]) : s));
        foreach (MissingValues way in Enum.GetValues<MissingValues>().Skip(1))
        {
            using var classifier = new SequenceClassifier(_options with { Inputs = _options.Inputs with { Missing = way } });
            Assert.Contains("Sequence 4 of 'data' has the value -Infinity in step 1, channel 2; every value must be finite. Fill the gap "
                + "or drop the sequence.", Assert.Throws<ArgumentException>(() => classifier.Fit(data)).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_channel_that_training_never_saw_is_refused_and_what_was_known_is_kept()
    {
        SequenceDataset complete = Gaps.Complete("classify", 16, seed: 1);
        var blind = new SequenceDataset(2, complete.ClassLabels,
            complete.Select(s => Gaps.Valued(s, [.. s.Values.ToArray().Select((v, i) => i % 2 == 1 ? float.NaN : v)])), "blind");
        foreach (MissingValues way in _ways)
        {
            using var classifier = new SequenceClassifier(_options with { Inputs = _options.Inputs with { Missing = way } });
            classifier.Fit(complete);
            float[] before = classifier.PredictProbabilities(complete[0]);
            string says = way == MissingValues.Mask ? "No step of 'blind' is complete" : "Channel 2 of 'blind' has no values";
            Assert.Contains(says, Assert.Throws<ArgumentException>(() => classifier.Fit(blind)).Message, StringComparison.Ordinal);
            Assert.Equal(before, classifier.PredictProbabilities(complete[0]));
            Assert.All(classifier.PredictProbabilities(blind[0]), p => Assert.InRange(p, 0, 1)); // to be asked of such is another matter
        }
    }

    [Fact]
    public void A_sequence_that_misses_everything_is_answered()
    {
        foreach (MissingValues way in _ways)
        {
            foreach (string task in Gaps.Tasks)
            {
                if (way == MissingValues.Linear && task == "forecast")
                    continue;
                using SequenceEstimator estimator = Gaps.Fitted(
                    task, _options with { Inputs = _options.Inputs with { Missing = way } },
                        Gaps.In(Gaps.Complete(task, 16, seed: 1), seed: 2));
                Assert.All(
                    Gaps.Answer(estimator, new Sequence(new[] { float.NaN, float.NaN }, 2)), answer => Assert.True(float.IsFinite(answer)));
            }
        }
    }

    [Fact]
    public void Training_reports_it_if_all_that_is_left_is_one_class()
    {
        var data = new SequenceDataset(1, ["a", "b"], [new(new float[] { 1, 2 }, 1, 0), new(new[] { float.NaN }, 1, 1)], "lost");
        using var classifier = new SequenceClassifier(_options with { Inputs = _options.Inputs with { Missing = MissingValues.Mask } });
        Assert.Contains("'lost' hold only the class 'a'", Assert.Throws<ArgumentException>(() => classifier.Fit(data)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_tagger_needs_a_labelled_step_that_it_takes()
    {
        var data = new SequenceDataset(
            1, ["a", "b"], [new Sequence(new[] { 1, float.NaN, float.NaN }, 1).WithStepLabels(new[] { -1, 0, 1 })], "between");
        using var masked = new SequenceTagger(_options with { Inputs = _options.Inputs with { Missing = MissingValues.Mask } });
        Assert.Contains("no labelled step without missing values", Assert.Throws<ArgumentException>(() => masked.Fit(data)).Message,
            StringComparison.Ordinal);
        using var filled = new SequenceTagger(_options with { Inputs = _options.Inputs with { Missing = MissingValues.Last } });
        filled.Fit(data);
    }

    [Theory]
    [InlineData(MissingValues.Mask, new[] { 1f, float.NaN, float.NaN, 4f }, 2)] // the next value is out of reach
    [InlineData(MissingValues.Mask, new[] { float.NaN, 4f }, 2)] // no step before it is taken
    [InlineData(MissingValues.Mean, new[] { 1f, float.NaN }, 2)]
    public void A_forecaster_needs_a_value_to_be_held_against(MissingValues way, float[] values, int horizon)
    {
        var data = new SequenceDataset(1, [], [new(values, 1)], "gap");
        using var forecaster = new SequenceForecaster(_options with
        {
            Inputs = _options.Inputs with { Missing = way },
            Forecast = _options.Forecast with { Horizon = horizon },
        });
        Assert.Contains("'gap' has no value within 2 steps", Assert.Throws<ArgumentException>(() => forecaster.Fit(data)).Message,
            StringComparison.Ordinal);
        using var farther = new SequenceForecaster(_options with
        {
            Inputs = _options.Inputs with { Missing = MissingValues.Last },
            Forecast = _options.Forecast with { Horizon = values.Length - 1 },
        });
        if (values[^1] == 4)
            farther.Fit(data);
    }

    [Fact]
    public void A_forecaster_must_not_look_behind_a_gap()
    {
        Assert.Contains("Missing is Linear",
            Assert.Throws<ArgumentException>(
                () => new SequenceForecaster(new TrainingOptions { Inputs = new() { Missing = MissingValues.Linear } })).Message,
            StringComparison.Ordinal);
        Assert.Contains("Missing is 9, which is not a defined value",
            Assert.Throws<ArgumentException>(
                () => new SequenceClassifier(new TrainingOptions { Inputs = new() { Missing = (MissingValues)9 } })).Message,
            StringComparison.Ordinal);
    }
}
