using Elman.Files;
using Elman.Tests.Kernels;

namespace Elman.Tests;

/// <summary>The echo-state network for every task: the weights that are trained, and those that are not.</summary>
public sealed class SequenceEstimatorReservoirTests : IDisposable
{
    private static readonly TrainingOptions _esn = new() { Cell = "esn", Model = new() { Layers = [60] }, Threads = 1 };

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void A_tagger_learns_to_repeat_what_was_two_steps_ago()
    {
        using var tagger = new SequenceTagger(_esn with { Cell = new EsnOptions { LeakRate = 1 } });
        tagger.Fit(Melodies.Tagged(100, seed: 1));
        TagEvaluation evaluation = tagger.Evaluate(Melodies.Tagged(50, seed: 2));
        Assert.InRange(evaluation.Steps.Accuracy, 0.99, 1);
        Assert.InRange(evaluation.Steps.LogLoss, 0, 0.05);
    }

    [Fact]
    public void A_regressor_learns_targets_in_their_own_units_past_those_that_are_missing()
    {
        SequenceDataset data = Melodies.Counted(150, seed: 1);
        var gaps = new SequenceDataset(1, [], data.Select((s, i) => s.WithTargets(
            new[] { i % 3 == 0 ? float.NaN : s.Targets.Span[0], i % 2 == 0 ? float.NaN : s.Targets.Span[1] })), "gaps", data.TargetNames);
        using var regressor = new SequenceRegressor(_esn with
        {
            Cell = new EsnOptions
            {
                LeakRate = 1,
                SpectralRadius = 1.1,
                InputScale = 0.1,
            }
        });
        TrainingSummary summary = regressor.Fit(gaps, Melodies.Counted(50, seed: 3));
        Assert.NotNull(summary.ValidationLoss);
        Assert.All(regressor.Evaluate(Melodies.Counted(50, seed: 2)).PerTarget, score => Assert.InRange(score.R2, 0.9, 1));
    }

    [Fact]
    public void A_classifier_learns_classes_that_apply_together()
    {
        using var classifier = new SequenceClassifier(_esn with
        {
            Cell = new EsnOptions
            {
                LeakRate = 1,
                SpectralRadius = 1.1,
                InputScale = 0.1,
            }
        });
        classifier.Fit(Melodies.ManyLabelled(300, seed: 1));
        LabelEvaluation evaluation = classifier.EvaluateLabels(Melodies.ManyLabelled(50, seed: 2));
        Assert.InRange(evaluation.MicroF1, 0.85, 1);
        Assert.InRange(evaluation.LogLoss, 0, 0.3);
    }

    [Fact]
    public void A_forecaster_beats_saying_that_nothing_changes()
    {
        using var forecaster = new SequenceForecaster(_esn with { Forecast = _esn.Forecast with { Horizon = 3 } });
        forecaster.Fit(Melodies.Sines(60, seed: 1));
        ForecastEvaluation evaluation = forecaster.Evaluate(Melodies.Sines(20, seed: 2));
        Assert.All(evaluation.PerStepAhead.Zip(evaluation.Naive), pair => Assert.True(pair.First.Rmse < 0.3 * pair.Second.Rmse, $"{pair}"));
    }

    [Theory]
    [InlineData("40,30", false, "mean")]
    [InlineData("24", true, "last")]
    [InlineData("16,16", true, "max")]
    public void Stacks_and_both_directions_learn(string layers, bool bidirectional, string readout)
    {
        using var classifier = new SequenceClassifier(
            _esn with
            {
                Model = _esn.Model with
                {
                    Layers = LayerSizes.Parse(layers),
                    Bidirectional = bidirectional,
                    Readout = Readout.Parse(readout),
                }
            });
        classifier.Fit(Marks.Create(80, seed: 1));
        Assert.InRange(classifier.Evaluate(Marks.Create(100, seed: 2)).Accuracy, 0.9, 1);
    }

    [Fact]
    public void Nothing_but_the_output_layer_changes()
    {
        SequenceDataset data = Waves.Create(60, seed: 1);
        string[] before = Reservoir(data.Subset(Enumerable.Range(0, 20))), after = Reservoir(data);
        Assert.Equal(before, after);

        string[] Reservoir(SequenceDataset some)
        {
            using var classifier = new SequenceClassifier(_esn with { Model = _esn.Model with { Layers = [9, 5] } });
            classifier.Fit(some);
            Assert.Equal((9 * (1 + 9 + 1)) + (5 * (9 + 5 + 1)) + ((5 + 1) * 2), classifier.ParameterCount);
            Assert.Equal((5 + 1) * 2, classifier.LearnedParameterCount);
            Assert.Equal([true, true, false, false], classifier.Layers.Select(layer => layer.IsFixed));
            classifier.Save(_folder.File("m"));
            return [.. SafetensorsReader.Read(_folder.File("m")).Tensors
                .Where(tensor => tensor.Name.StartsWith("rnn.", StringComparison.Ordinal))
                .Select(tensor => $"{tensor.Name} {Convert.ToHexString(tensor.Bytes)}")];
        }
    }

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    public void The_number_of_threads_changes_no_bit_of_the_file(int threads)
    {
        Assert.Equal(Saved(1), Saved(threads));

        byte[] Saved(int count)
        {
            using var tagger = new SequenceTagger(_esn with { Model = _esn.Model with { Layers = [70, 50] }, Threads = count });
            tagger.Fit(Melodies.Tagged(200, seed: 1), Melodies.Tagged(20, seed: 2));
            tagger.Save(_folder.File("m"));
            return File.ReadAllBytes(_folder.File("m"));
        }
    }

    [Fact]
    public void A_session_gives_the_bits_of_the_whole_sequence()
    {
        using SequenceClassifier classifier = Waves.Fitted(_esn);
        Sequence sequence = Waves.Create(2, seed: 9)[1];
        using SequenceSession session = classifier.OpenSession();
        foreach (float x in sequence.Values.Span)
            session.Step([x]);
        SameBits.Assert<float>(classifier.PredictProbabilities(sequence), session.Answer);
    }

    [Fact]
    public void Where_the_values_say_nothing_the_probabilities_are_the_shares_of_the_classes()
    {
        // 120 features for 150 cases: the predictions for the training cases would look perfect.
        var random = new SeededRandom(4);
        SequenceDataset Draw(int count) => new(1, ["a", "b", "c", "d", "e", "f"], Enumerable.Range(0, count).Select(i =>
            new Sequence(Enumerable.Range(0, 12).Select(_ => (float)random.NextNormal()).ToArray(), 1, i % 6)));
        using var classifier = new SequenceClassifier(_esn with
        {
            Model = _esn.Model with { Layers = [120] },
            Cell = new EsnOptions { LeakRate = 1, InputScale = 2 },
            Ridge = 1e-3,
        });
        classifier.Fit(Draw(150));
        Assert.InRange(classifier.History[0].Accuracy!.Value, 0.9, 1);
        Assert.InRange(classifier.Evaluate(Draw(1000)).LogLoss, 1.75, 1.85); // ln 6 = 1.79
    }

    [Fact]
    public void Class_weights_shift_the_answers_towards_what_counts_more()
    {
        var random = new SeededRandom(4);
        var data = new SequenceDataset(1, ["rare", "frequent"],
            Enumerable.Range(0, 400).Select(i => new Sequence(new[] { (float)random.NextNormal() }, 1, i % 8 == 0 ? 0 : 1)));
        double Rare(ClassWeights weights)
        {
            using var classifier = new SequenceClassifier(_esn with { Model = _esn.Model with { Layers = [2] }, ClassWeights = weights });
            classifier.Fit(data);
            return data.Average(sequence => classifier.PredictProbabilities(sequence)[0]);
        }
        Assert.InRange(Rare(ClassWeights.None), 0.08, 0.2);
        Assert.InRange(Rare(ClassWeights.Balanced), 0.4, 0.6);
        Assert.InRange(Rare(ClassWeights.Parse("rare=70")), 0.8, 0.95);
    }

    [Fact]
    public void Options_that_least_squares_leave_without_a_meaning_are_refused()
    {
        Assert.Contains("Loss is focal(2), but esn learns by least squares; leave it at its default, cross-entropy.",
            Refusal(() => new SequenceTagger(_esn with { Loss = Loss.Focal() })), StringComparison.Ordinal);
        Assert.Contains("Loss is mae, but esn learns by least squares; leave it at its default, mse.",
            Refusal(() => new SequenceRegressor(_esn with { Loss = Loss.MeanAbsolute })), StringComparison.Ordinal);
        using var spelledOut = new SequenceRegressor(_esn with { Loss = Loss.MeanSquared });
        using var weighted = new SequenceClassifier(_esn with { ClassWeights = ClassWeights.Balanced });
        Assert.Contains(
            "ClassWeights would change nothing", Refusal(() => weighted.Fit(Melodies.ManyLabelled(20, seed: 1))), StringComparison.Ordinal);

        static string Refusal(Func<object> make) => Assert.Throws<ArgumentException>(make).Message;
    }

    [Fact]
    public void A_state_that_diverges_is_reported_with_its_sequence_and_nothing_is_learned()
    {
        using var classifier = new SequenceClassifier(_esn with
        {
            Cell = new EsnOptions
            {
                Activation = Activation.Identity,
                SpectralRadius = 1e6,
            }
        });
        var e = Assert.Throws<TrainingDivergedException>(() => classifier.Fit(Waves.Create(4, seed: 1)));
        Assert.Equal(1, e.Epoch);
        Assert.Contains("of 'waves'", e.Message, StringComparison.Ordinal);
        Assert.Contains("smaller SpectralRadius (it is 1000000)", e.Message, StringComparison.Ordinal);
        Assert.False(classifier.IsFitted);
    }

    [Fact]
    public void Reports_run_from_the_first_batch_to_the_end_of_the_only_pass()
    {
        var heard = new Heard<TrainingProgress>();
        using var classifier = new SequenceClassifier(_esn);
        TrainingSummary summary = classifier.Fit(Waves.Create(70, seed: 1), Waves.Create(20, seed: 2), heard);
        TrainingProgress end = Assert.Single(heard.Reports, report => report.EpochEnded);
        Assert.Equal((1, 1, 1.0, 0.0), (end.Epoch, end.Epochs, end.Fraction, end.LearningRate));
        Assert.Equal(
            new EpochResult(1, end.Loss, end.Accuracy, end.ValidationLoss, end.ValidationAccuracy), Assert.Single(classifier.History));
        Assert.Equal((1, 1, end.Loss, end.ValidationLoss, 70, false),
            (summary.Epochs, summary.BestEpoch, summary.TrainLoss, summary.ValidationLoss, summary.Sequences, summary.Cancelled));
        Assert.Equal(classifier.Evaluate(Waves.Create(20, seed: 2)).Accuracy, summary.ValidationAccuracy!.Value, 1e-12);
    }

    [Fact]
    public void Cancelled_before_the_first_batch_it_knows_nothing()
    {
        using var classifier = new SequenceClassifier(_esn);
        Assert.ThrowsAny<OperationCanceledException>(
            () => classifier.Fit(Waves.Create(20, seed: 1), cancellationToken: new CancellationToken(canceled: true)));
        Assert.False(classifier.IsFitted);
    }

    [Fact]
    public void Cancelled_on_the_way_it_knows_what_it_has_seen()
    {
        using var source = new CancellationTokenSource();
        using var tagger = new SequenceTagger(_esn with { Cell = new EsnOptions { LeakRate = 1 } });
        var heard = new Heard<TrainingProgress>(report => source.Cancel()); // the first comes after a tenth of a second
        SequenceDataset data = Melodies.Tagged(40, seed: 1);
        var much = new SequenceDataset(1, data.ClassLabels, Enumerable.Repeat(data, 4000).SelectMany(all => all));
        TrainingSummary summary = tagger.Fit(much, progress: heard, cancellationToken: source.Token);
        Assert.Equal((0, 0, true), (summary.Epochs, summary.BestEpoch, summary.Cancelled));
        Assert.Empty(tagger.History);
        Assert.InRange(tagger.Evaluate(data).Steps.Accuracy, 0.95, 1);
    }

    public void Dispose() => _folder.Dispose();
}
