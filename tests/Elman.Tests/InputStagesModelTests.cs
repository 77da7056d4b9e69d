using Elman.Files;
using Elman.Tests.Kernels;

namespace Elman.Tests;

/// <summary>Models that are trained on scaled sequences, differences and patches.</summary>
public sealed class InputStagesModelTests : IDisposable
{
    private static readonly TrainingOptions _options = Waves.Quick with
    {
        Cell = "gru",
        Model = Waves.Quick.Model with { Layers = [6] },
        Epochs = 2,
    };

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string, MissingValues, bool, int, int> Cases
    {
        get
        {
            var cases = new TheoryData<string, MissingValues, bool, int, int>();
            foreach (string task in Gaps.Tasks)
            {
                bool everyStep = task is "tag" or "forecast";
                foreach (MissingValues way in Enum.GetValues<MissingValues>())
                    foreach ((bool scales, int differences, int patch) in ((bool, int, int)[])[(true, 0, 0), (false, 2, 0),
                        (false, 0, 4), (true, 1, 3)])
                        if ((!everyStep || (!scales && patch == 0)) && (task != "forecast" || way != MissingValues.Linear))
                            cases.Add(task, way, scales, differences, patch);
            }
            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Threads_and_other_sequences_have_no_part_in_it_and_a_file_brings_it_all_back(
        string task, MissingValues way, bool scales, int differences, int patch)
    {
        SequenceDataset complete = Gaps.Complete(task, 12, seed: 1),
            data = way == MissingValues.Refuse ? complete : Gaps.In(complete, seed: 2);
        TrainingOptions options = _options with
        {
            Inputs = _options.Inputs with
            {
                Missing = way,
                ScaleSequences = scales,
                Differences = differences,
                Patch = patch,
            }
        };
        using SequenceEstimator one = Gaps.Fitted(task, options, data), three = Gaps.Fitted(task, options with { Threads = 3 }, data);
        one.Save(_folder.File("one"));
        three.Save(_folder.File("three"));
        Assert.Equal(File.ReadAllBytes(_folder.File("one")), File.ReadAllBytes(_folder.File("three")));
        Assert.Equal("5", SafetensorsReader.Read(_folder.File("one")).Metadata["elman.version"]);

        using var loaded = SequenceEstimator.LoadAny(_folder.File("one"));
        Assert.Equal((way, scales, differences, patch, 2, true), (loaded.Options.Inputs.Missing, loaded.Options.Inputs.ScaleSequences,
            loaded.Options.Inputs.Differences, loaded.Options.Inputs.Patch, loaded.Channels, loaded.Options.Inputs.Standardize));
        loaded.Save(_folder.File("again"));
        Assert.Equal(File.ReadAllBytes(_folder.File("one")), File.ReadAllBytes(_folder.File("again")));

        float[][] among = Answers(one, data);
        for (int i = 0; i < data.Count; i++)
        {
            SameBits.Assert<float>(among[i], Gaps.Answer(one, data[i]));
            SameBits.Assert<float>(among[i], Gaps.Answer(loaded, data[i]));
        }
    }

    [Fact]
    public void Without_standardisation_they_work_as_well()
    {
        SequenceDataset data = Gaps.In(Gaps.Complete("classify", 12, seed: 1), seed: 2);
        foreach (MissingValues way in Enum.GetValues<MissingValues>().Skip(1))
        {
            using SequenceEstimator saved = Gaps.Fitted(
                "classify", _options with
                {
                    Inputs = _options.Inputs with
                    {
                        Missing = way,
                        Standardize = false,
                        Differences = 1,
                        Patch = 3,
                    }
                }, data);
            saved.Save(_folder.File("raw"));
            using var loaded = SequenceEstimator.LoadAny(_folder.File("raw"));
            Assert.Null(loaded.Standardization);
            SameBits.Assert<float>(Gaps.Answer(saved, data[0]), Gaps.Answer(loaded, data[0]));
        }
    }

    [Fact]
    public void Neither_level_nor_size_of_a_scaled_sequence_matter()
    {
        SequenceDataset data = Gaps.Complete("classify", 12, seed: 1);
        using SequenceEstimator estimator = Gaps.Fitted(
            "classify", _options with { Inputs = _options.Inputs with { ScaleSequences = true } }, data);
        foreach (Sequence sequence in data)
        {
            float[] fourfold = [.. sequence.Values.ToArray().Select((x, i) => i % 2 == 0 ? 4 * x : x / 8)];
            SameBits.Assert<float>(Gaps.Answer(estimator, sequence), Gaps.Answer(estimator, Gaps.Valued(sequence, fourfold)));
        }
    }

    [Fact]
    public void A_model_goes_through_as_many_steps_as_there_are_patches()
    {
        // Eight steps are three patches; with seven steps, the last patch repeats its last step, so both are the same; six are two patches.
        SequenceDataset data = Waves.Create(12, seed: 1);
        using var classifier = new SequenceClassifier(_options with { Inputs = _options.Inputs with { Patch = 4 } });
        classifier.Fit(data);
        Assert.Equal((1, 4, 4), (classifier.Channels, classifier.Layers[0].Inputs, classifier.Standardization!.Means.Count));
        float[] values = [.. data[0].Values.ToArray()[..6]];
        float[] repeated = [.. values, values[5], values[5]];
        SameBits.Assert<float>(classifier.PredictProbabilities(new Sequence(repeated, 1)),
            classifier.PredictProbabilities(new Sequence(repeated.AsMemory(0, 7), 1)));
        Assert.NotEqual(
            classifier.PredictProbabilities(new Sequence(repeated, 1)), classifier.PredictProbabilities(new Sequence(values, 1)));
    }

    [Fact]
    public void Differences_let_a_model_see_a_change_that_the_level_hides()
    {
        // A small step up or down on top of unrelated levels.
        var random = new SeededRandom(1);
        var data = new SequenceDataset(1, ["down", "up"], Enumerable.Range(0, 200).Select(i =>
        {
            double level = random.NextUniform(-50, 50);
            return new Sequence(new[] { (float)level, (float)(level + (i % 2 == 0 ? -0.01 : 0.01)) }, 1, i % 2);
        }));
        using SequenceClassifier plain = new(_options with { LearningRate = 0.02, Epochs = 10 }),
            differences = new(_options with { LearningRate = 0.02, Epochs = 10, Inputs = _options.Inputs with { Differences = 1 } });
        plain.Fit(data);
        differences.Fit(data);
        Assert.InRange(plain.Evaluate(data).Accuracy, 0, 0.8);
        Assert.Equal(1, differences.Evaluate(data).Accuracy);
    }

    [Fact]
    public void A_forecast_with_differences_is_in_the_units_of_the_data()
    {
        SequenceDataset data = Melodies.Sines(30, seed: 1), test = Melodies.Sines(10, seed: 3);
        using var forecaster = new SequenceForecaster(
            _options with
            {
                Inputs = _options.Inputs with { Differences = 2 },
                Forecast = _options.Forecast with { Horizon = 2 },
                Epochs = 60,
                LearningRate = 0.02,
                Model = _options.Model with { Layers = [16] },
            });
        forecaster.Fit(data);
        Assert.Equal((2, 6, 6, 4), (forecaster.Channels, forecaster.Layers[0].Inputs, forecaster.Standardization!.Means.Count,
            forecaster.Predict(test[0]).Length));
        ForecastEvaluation evaluation = forecaster.Evaluate(test);
        Assert.InRange(evaluation.PerStepAhead[0].Rmse, 0, 0.7 * evaluation.Naive[0].Rmse); // in other units it would be far off
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Sequences_of_symbols_and_numbers_take_differences_of_the_numbers(bool streams)
    {
        var random = new SeededRandom(1);
        var data = new SequenceDataset(2, ["a", "b"], Enumerable.Range(0, 20).Select(i =>
            new Sequence(
                Enumerable.Range(0, 20).Select(v => v % 2 == 0 ? random.NextInt32(4) : (float)random.NextNormal()).ToArray(), 2, i % 2)));
        using var classifier = new SequenceClassifier(
            _options with
            {
                Inputs = _options.Inputs with { Embed = Embeddings.Parse("1:3"), Differences = 2, ScaleSequences = !streams },
            });
        classifier.Fit(data);
        Assert.Equal(4, classifier.Standardization!.Means.Count);
        classifier.Save(_folder.File("symbols"));
        using var loaded = SequenceClassifier.Load(_folder.File("symbols"));
        SameBits.Assert<float>(classifier.PredictProbabilities(data[0]), loaded.PredictProbabilities(data[0]));
        if (!streams)
            return;
        using SequenceSession session = loaded.OpenSession();
        for (int t = 0; t < data[0].Steps; t++)
            session.Step(data[0].Values.Span.Slice(2 * t, 2));
        SameBits.Assert<float>(classifier.PredictProbabilities(data[0]), session.Answer);
    }

    [Fact]
    public void Learning_that_continues_and_reservoirs_and_both_directions_take_them_too()
    {
        SequenceDataset data = Gaps.Complete("classify", 12, seed: 1);
        TrainingOptions all = new TrainingOptions
        {
            Model = new() { Layers = [6] },
            Inputs = new() { ScaleSequences = true, Differences = 1, Patch = 4 },
            Threads = 1,
        };
        foreach (TrainingOptions options in (TrainingOptions[])[all with { Epochs = 1 }, all with
        {
            Epochs = 1,
            Model = all.Model with { Bidirectional = true },
        },
            all with { Cell = "esn" }, all with { Epochs = 1, GradientCheckpointing = true }, all with { Epochs = 1, Truncate = 2 }])
        {
            using var classifier = new SequenceClassifier(options);
            Assert.True(double.IsFinite(classifier.PartialFit(data)));
            Assert.True(double.IsFinite(classifier.PartialFit(data)));
            Assert.True(double.IsFinite(classifier.Fit(data).TrainLoss));
        }
    }

    public void Dispose() => _folder.Dispose();

    private static float[][] Answers(SequenceEstimator estimator, SequenceDataset data)
    {
        if (estimator is SequenceClassifier classifier)
        {
            var all = classifier.PredictProbabilities(data);
            return [.. Enumerable.Range(0, data.Count)
                .Select(i => Enumerable.Range(0, classifier.Classes.Count).Select(c => all[i, c]).ToArray())];
        }
        return estimator switch
        {
            SequenceRegressor regressor => regressor.Predict(data).Rows(),
            SequenceForecaster forecaster => forecaster.Predict(data).Rows(),
            _ => [.. data.Select(sequence => Gaps.Answer(estimator, sequence))],
        };
    }
}
