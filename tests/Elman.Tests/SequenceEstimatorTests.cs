using Elman.Tests.Kernels;

namespace Elman.Tests;

/// <summary>The tasks other than single classes: training, evaluation, saving, refusals.</summary>
public sealed class SequenceEstimatorTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void A_tagger_learns_to_repeat_what_was_two_steps_ago()
    {
        using var tagger = new SequenceTagger(Melodies.Quick);
        tagger.Fit(Melodies.Tagged(100, seed: 1));
        SequenceDataset test = Melodies.Tagged(50, seed: 2);
        TagEvaluation evaluation = tagger.Evaluate(test);
        Assert.InRange(evaluation.Steps.Accuracy, 0.99, 1);
        Assert.InRange(evaluation.SequenceAccuracy, 0.95, 1);
        Assert.Equal(test.TotalSteps - (2 * test.Count), evaluation.Steps.Cases); // steps without a label are not judged
        Assert.Equal(evaluation.Steps.Accuracy, tagger.History[^1].Accuracy!.Value, tolerance: 0.05);

        string path = _folder.File("tagger.safetensors");
        tagger.Save(path);
        using SequenceTagger loaded = SequenceTagger.Load(path);
        Assert.Equal(["0", "1"], loaded.Classes);
        Assert.Equal(tagger.Predict(test), loaded.Predict(test));
        Assert.Equal(tagger.Predict(test)[3], loaded.Predict(test[3]));
        var p = loaded.PredictProbabilities(test[3]);
        Assert.Equal([(nint)test[3].Steps, 2], p.Lengths);
        Assert.Equal(p.ToArray(), loaded.PredictProbabilities(test)[3].ToArray());
    }

    [Fact]
    public void A_bidirectional_tagger_can_tell_what_comes_two_steps_later()
    {
        SequenceDataset data = Later(Melodies.Tagged(100, seed: 1)), test = Later(Melodies.Tagged(50, seed: 2));
        using var blind = new SequenceTagger(Melodies.Quick);
        using var seeing = new SequenceTagger(Melodies.Quick with { Model = Melodies.Quick.Model with { Bidirectional = true } });
        blind.Fit(data);
        seeing.Fit(data);
        Assert.InRange(blind.Evaluate(test).Steps.Accuracy, 0, 0.75);
        Assert.InRange(seeing.Evaluate(test).Steps.Accuracy, 0.99, 1);

        static SequenceDataset Later(SequenceDataset tagged) => new(1, tagged.ClassLabels, tagged.Select(sequence =>
        {
            int[] bits = [.. sequence.Values.ToArray().Select(value => (int)value)];
            return sequence.WithStepLabels(bits.Select((_, t) => t + 2 < bits.Length ? bits[t + 2] : Sequence.NoLabel).ToArray());
        }));
    }

    [Fact]
    public void A_regressor_learns_targets_in_their_own_units()
    {
        using var regressor = new SequenceRegressor(Melodies.Quick);
        TrainingSummary summary = regressor.Fit(Melodies.Counted(150, seed: 1), Melodies.Counted(50, seed: 3));
        Assert.Null(summary.ValidationAccuracy);
        Assert.NotNull(summary.ValidationLoss);
        SequenceDataset test = Melodies.Counted(50, seed: 2);
        NumberEvaluation evaluation = regressor.Evaluate(test);
        Assert.Equal(["set", "last"], evaluation.PerTarget.Select(score => score.Name));
        Assert.All(evaluation.PerTarget, score => Assert.InRange(score.R2, 0.95, 1));
        Assert.InRange(evaluation.PerTarget[1].Rmse, 0, 10);

        string path = _folder.File("regressor.safetensors");
        regressor.Save(path);
        using SequenceRegressor loaded = SequenceRegressor.Load(path);
        Assert.Equal(["set", "last"], loaded.Targets);
        SameBits.Assert<float>(regressor.Predict(test).Rows()[7], loaded.Predict(test[7]));
    }

    [Fact]
    public void Targets_are_matched_by_name()
    {
        using var regressor = new SequenceRegressor(Melodies.Quick with { Epochs = 3 });
        regressor.Fit(Melodies.Counted(50, seed: 1));
        SequenceDataset test = Melodies.Counted(20, seed: 2);
        var turned = new SequenceDataset(
            1, [], test.Select(s => s.WithTargets(new[] { s.Targets.Span[1], s.Targets.Span[0] })), "turned", ["last", "set"]);
        Assert.Equal(regressor.Evaluate(test).PerTarget, regressor.Evaluate(turned).PerTarget);
    }

    [Theory]
    [InlineData("quantile(0.9)", 0.75, 1.0)]
    [InlineData("quantile(0.1)", 0.0, 0.25)]
    [InlineData("mae", 0.25, 0.75)]
    public void A_quantile_is_met_as_often_as_it_says(string loss, double least, double most)
    {
        // The targets can't be predicted from the values: the best prediction is a constant with the given share of targets below it.
        var random = new SeededRandom(5);
        SequenceDataset Draw(int count) => new(1, [], Enumerable.Range(0, count).Select(_ =>
            new Sequence(new float[] { (float)random.NextNormal() }, 1).WithTargets(new[] { (float)random.NextNormal() })), "noise", ["t"]);
        using var regressor = new SequenceRegressor(Melodies.Quick with
        {
            Cell = "rnn",
            Model = Melodies.Quick.Model with { Layers = [2] },
            Loss = Loss.Parse(loss),
        });
        regressor.Fit(Draw(400));
        SequenceDataset test = Draw(400);
        double below = test.Zip(regressor.Predict(test).Rows()).Average(pair => pair.First.Targets.Span[0] < pair.Second[0] ? 1.0 : 0);
        Assert.InRange(below, least, most);
    }

    [Fact]
    public void A_classifier_learns_classes_that_apply_together()
    {
        using var classifier = new SequenceClassifier(Melodies.Quick);
        classifier.Fit(Melodies.ManyLabelled(150, seed: 1));
        Assert.True(classifier.IsMultiLabel);
        SequenceDataset test = Melodies.ManyLabelled(50, seed: 2);
        LabelEvaluation evaluation = classifier.EvaluateLabels(test);
        Assert.InRange(evaluation.ExactMatch, 0.9, 1);
        Assert.InRange(evaluation.MicroF1, 0.95, 1);
        IReadOnlyList<string>[] labels = classifier.PredictLabels(test);
        Assert.Contains(labels, set => set.Count == 2);

        string path = _folder.File("many.safetensors");
        classifier.Save(path);
        using SequenceClassifier loaded = SequenceClassifier.Load(path);
        Assert.True(loaded.IsMultiLabel);
        SameBits.Assert<float>(classifier.PredictProbabilities(test[0]), loaded.PredictProbabilities(test[0]));
        Assert.Throws<InvalidOperationException>(() => loaded.Evaluate(test));
    }

    [Theory]
    [InlineData("last")]
    [InlineData("last,neither,first")]
    [InlineData("")]
    [InlineData("first,unknown")]
    public void Classes_that_data_do_not_list_apply_to_none_of_their_sequences(string listed)
    {
        using var classifier = new SequenceClassifier(Melodies.Quick with { Epochs = 2 });
        SequenceDataset training = Melodies.ManyLabelled(20, seed: 1), test = Melodies.ManyLabelled(10, seed: 2);
        classifier.Fit(training);
        string[] names = listed.Split(',', StringSplitOptions.RemoveEmptyEntries);
        SequenceDataset some = Listing(names), all = Listing([.. training.ClassLabels]);
        LabelEvaluation expected = classifier.EvaluateLabels(all), evaluation = classifier.EvaluateLabels(some);
        Assert.Equal(expected.PerClass, evaluation.PerClass);
        Assert.Equal((expected.LogLoss, expected.ExactMatch), (evaluation.LogLoss, evaluation.ExactMatch));
        Assert.Equal(classifier.PartialFit(all), Fitted().PartialFit(some));
        classifier.Fit(training, validation: some);

        SequenceDataset Listing(string[] classes) => new(1, classes, test.Select(sequence => new Sequence(sequence.Values, 1).WithTargets(
            classes
                .Select(name => names.Contains(name) && training.ClassLabels.Contains(name)
                    ? sequence.Targets.Span[training.ClassLabels.ToList().IndexOf(name)]
                    : 0).ToArray())), "some");

        SequenceClassifier Fitted()
        {
            var fresh = new SequenceClassifier(Melodies.Quick with { Epochs = 2 });
            fresh.Fit(training);
            return fresh;
        }
    }

    [Fact]
    public void A_class_that_applies_and_is_not_known_is_refused_with_its_sequence()
    {
        using var classifier = new SequenceClassifier(Melodies.Quick with { Epochs = 1 });
        classifier.Fit(Melodies.ManyLabelled(20, seed: 1));
        Sequence one = new(new float[] { 1, 0 }, 1);
        var data = new SequenceDataset(
            1, ["first", "other"], [one.WithTargets(new float[] { 1, 0 }), one.WithTargets(new float[] { 1, 0.25f })], "odd");
        Assert.StartsWith("Sequence 2 of 'odd' has the class 'other', which is not a class of the model; its classes are first, last, "
            + "neither.",
            Assert.Throws<ArgumentException>(() => classifier.EvaluateLabels(data)).Message, StringComparison.Ordinal);
        Assert.StartsWith("Sequence 1 of 'odd' has no classes.",
            Assert.Throws<ArgumentException>(() => classifier.EvaluateLabels(new(1, [], [one], "odd"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_learned_before_has_no_part_in_how_other_data_are_taken()
    {
        using var classifier = new SequenceClassifier(Melodies.Quick with { Epochs = 2 });
        classifier.Fit(Melodies.ManyLabelled(20, seed: 1), Melodies.ManyLabelled(10, seed: 2));
        Assert.True(classifier.IsMultiLabel);
        classifier.Fit(Waves.Create(20, seed: 1), Waves.Create(10, seed: 2));
        Assert.False(classifier.IsMultiLabel);
        classifier.Fit(Melodies.ManyLabelled(20, seed: 1), Melodies.ManyLabelled(10, seed: 2));
        Assert.True(classifier.IsMultiLabel);
    }

    [Fact]
    public void A_forecaster_beats_saying_that_nothing_changes()
    {
        using var forecaster = new SequenceForecaster(Melodies.Quick with { Forecast = Melodies.Quick.Forecast with { Horizon = 3 } });
        forecaster.Fit(Melodies.Sines(60, seed: 1));
        SequenceDataset test = Melodies.Sines(20, seed: 2);
        ForecastEvaluation evaluation = forecaster.Evaluate(test);
        Assert.Equal(3, evaluation.PerStepAhead.Count);
        Assert.All(evaluation.PerStepAhead.Zip(evaluation.Naive), pair => Assert.True(pair.First.Rmse < 0.4 * pair.Second.Rmse));

        string path = _folder.File("forecaster.safetensors");
        forecaster.Save(path);
        using SequenceForecaster loaded = SequenceForecaster.Load(path);
        Assert.Equal((3, 2), (loaded.Horizon, loaded.Channels));
        float[] next = loaded.Predict(test[0]);
        Assert.Equal(6, next.Length);
        Assert.All(next, value => Assert.InRange(value, 35, 65));
        SameBits.Assert<float>(forecaster.Predict(test).Rows()[0], next);
    }

    [Fact]
    public void A_file_of_another_task_is_refused_by_name()
    {
        using var tagger = new SequenceTagger(Melodies.Quick with { Epochs = 1 });
        tagger.Fit(Melodies.Tagged(20, seed: 1));
        string path = _folder.File("tagger.safetensors");
        tagger.Save(path);
        var e = Assert.Throws<ModelFileException>(() => SequenceClassifier.Load(path));
        Assert.Contains("This is a sequence-tagger; the program needs a sequence-classifier", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Options_of_another_task_are_refused()
    {
        Assert.Contains("it may be mse, mae, huber, quantile",
            Refusal(() => new SequenceRegressor(new TrainingOptions { Loss = Loss.CrossEntropy })), StringComparison.Ordinal);
        Assert.Contains("it may be cross-entropy, focal",
            Refusal(() => new SequenceClassifier(new TrainingOptions { Loss = Loss.MeanSquared })), StringComparison.Ordinal);
        Assert.Contains(
            "Horizon is for forecasting", Refusal(() => new SequenceTagger(new TrainingOptions { Forecast = new() { Horizon = 2 } })),
                StringComparison.Ordinal);
        Assert.Contains("ClassWeights is for classes,",
            Refusal(() => new SequenceRegressor(new TrainingOptions { ClassWeights = ClassWeights.Balanced })), StringComparison.Ordinal);
        Assert.Contains("LabelSmoothing", Refusal(() => new SequenceForecaster(new TrainingOptions { LabelSmoothing = 0.1 })),
            StringComparison.Ordinal);
        Assert.Contains("Readout is mean",
            Refusal(() => new SequenceTagger(new TrainingOptions { Model = new() { Readout = Readout.Mean } })),
            StringComparison.Ordinal);
        Assert.Contains("would look at the steps that it forecasts",
            Refusal(() => new SequenceForecaster(new TrainingOptions { Model = new() { Bidirectional = true } })),
                StringComparison.Ordinal);
        using var either = new SequenceClassifier(new TrainingOptions { Loss = Loss.Binary });
        Assert.Contains("it may be cross-entropy, focal", Assert.Throws<ArgumentException>(() => either.Fit(Waves.Create(10, 1))).Message,
            StringComparison.Ordinal);

        static string Refusal(Func<object> make) => Assert.Throws<ArgumentException>(make).Message;
    }

    [Fact]
    public void Data_for_another_task_are_refused()
    {
        SequenceDataset waves = Waves.Create(10, 1);
        Assert.Contains("has no step labels.",
            Assert.Throws<ArgumentException>(() => new SequenceTagger(Melodies.Quick).Fit(waves)).Message, StringComparison.Ordinal);
        Assert.Contains("has no targets", Assert.Throws<ArgumentException>(() => new SequenceRegressor(Melodies.Quick).Fit(waves)).Message,
            StringComparison.Ordinal);
        Assert.Contains("has no label",
            Assert.Throws<ArgumentException>(() => new SequenceClassifier(Melodies.Quick).Fit(Melodies.Tagged(10, 1))).Message,
            StringComparison.Ordinal);
        var single = new SequenceDataset(1, [], [new Sequence(new float[] { 1 }, 1)]);
        Assert.Contains("at least two steps",
            Assert.Throws<ArgumentException>(() => new SequenceForecaster(Melodies.Quick).Fit(single)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_horizon_that_no_sequence_reaches_is_refused()
    {
        var data = new SequenceDataset(
            1, [], [new Sequence(new float[] { 1, 2, 3, 4 }, 1), new Sequence(new float[] { 1, 2 }, 1)], "short");
        using SequenceForecaster farther = new(Melodies.Quick with { Forecast = Melodies.Quick.Forecast with { Horizon = 4 } }),
            farthest = new(Melodies.Quick with { Forecast = Melodies.Quick.Forecast with { Horizon = 3 } });
        Assert.Contains("longest sequence of 'short' has 4 steps, so it can be at most 3",
            Assert.Throws<ArgumentException>(() => farther.Fit(data)).Message, StringComparison.Ordinal);
        farthest.Fit(data, cancellationToken: TestContext.Current.CancellationToken);
    }

    [Fact]
    public void Class_weights_shift_the_answers_towards_what_counts_more()
    {
        // Noise only: with equal weights the frequent class is predicted; with balanced weights neither is preferred.
        var random = new SeededRandom(4);
        var data = new SequenceDataset(1, ["rare", "frequent"],
            Enumerable.Range(0, 400).Select(i => new Sequence(new[] { (float)random.NextNormal() }, 1, i % 8 == 0 ? 0 : 1)));
        double Rare(ClassWeights weights)
        {
            using var classifier = new SequenceClassifier(
                Melodies.Quick with
                {
                    Cell = "rnn",
                    Model = Melodies.Quick.Model with { Layers = [2] },
                    ClassWeights = weights,
                    Epochs = 60,
                });
            classifier.Fit(data);
            return data.Average(sequence => classifier.PredictProbabilities(sequence)[0]);
        }
        Assert.InRange(Rare(ClassWeights.None), 0.08, 0.2);
        Assert.InRange(Rare(ClassWeights.Balanced), 0.35, 0.65);
        Assert.InRange(Rare(ClassWeights.Parse("rare=70")), 0.55, 0.9); // the mean of a batch is by its own weights
    }

    public void Dispose() => _folder.Dispose();
}
