using Elman.Files;
using Elman.Tests.Kernels;

namespace Elman.Tests;

/// <summary>Models that are trained on data with missing values.</summary>
public sealed class MissingValuesTests : IDisposable
{
    private static readonly TrainingOptions _options = Waves.Quick with
    {
        Cell = "gru",
        Model = Waves.Quick.Model with { Layers = [6] },
        Epochs = 2,
    };

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string, string> Shapes => new()
    {
        { "classify", "plain" }, { "classify", "mean" }, { "classify", "max" }, { "classify", "attention" },
        { "classify", "bidirectional" }, { "classify", "indrnn" }, { "classify", "dropout" }, { "many", "plain" }, { "tag", "plain" },
        { "tag", "bidirectional" }, { "regress", "mean" },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Masked_training_is_training_without_the_steps_that_have_gaps_bit_for_bit(string task, string shape)
    {
        SequenceDataset complete = Gaps.Complete(task, 24, seed: 1), gaps = Gaps.In(complete, seed: 2);
        gaps = Replace(gaps, 5, s => Gaps.Valued(s, [.. s.Values.ToArray().Select(_ => float.NaN)])); // one of which nothing is seen
        SequenceDataset cut = Gaps.Cut(gaps);
        Assert.Equal(23, cut.Count);
        TrainingOptions options = Shape(shape) with { Loss = null };
        using SequenceEstimator masked = Gaps.Fitted(
            task, options with { Inputs = options.Inputs with { Missing = MissingValues.Mask } }, gaps),
            plain = Gaps.Fitted(task, options, cut);
        Assert.Equal(Weights(plain), Weights(masked));
        Assert.Equal(plain.Standardization!.Means, masked.Standardization!.Means);
        Assert.Equal(plain.History.Select(epoch => epoch with { }), masked.History);
        for (int i = 6; i < 12; i++)
            SameBits.Assert<float>(Gaps.Answer(plain, cut[i - 1]), Gaps.Answer(masked, gaps[i]));
    }

    [Theory]
    [InlineData(MissingValues.Mask)]
    [InlineData(MissingValues.Last)]
    [InlineData(MissingValues.Mean)]
    [InlineData(MissingValues.Linear)]
    public void Where_nothing_is_missing_all_ways_but_indicators_are_the_same(MissingValues way)
    {
        SequenceDataset data = Gaps.Complete("classify", 20, seed: 1);
        using SequenceEstimator plain = Gaps.Fitted("classify", _options, data),
            other = Gaps.Fitted("classify", _options with { Inputs = _options.Inputs with { Missing = way } }, data);
        Assert.Equal(Weights(plain), Weights(other));
    }

    [Fact]
    public void Threads_and_batches_have_no_part_in_the_answers()
    {
        SequenceDataset data = Gaps.In(Gaps.Complete("classify", 40, seed: 3), seed: 4);
        foreach (MissingValues way in Enum.GetValues<MissingValues>().Skip(1))
        {
            using SequenceEstimator one = Gaps.Fitted("classify", _options with
            {
                Inputs = _options.Inputs with { Missing = way },
                Threads = 1,
            }, data),
                three = Gaps.Fitted("classify", _options with { Inputs = _options.Inputs with { Missing = way }, Threads = 3 }, data);
            Assert.Equal(Weights(one), Weights(three));
            var all = ((SequenceClassifier)three).PredictProbabilities(data);
            for (int i = 0; i < data.Count; i++)
                SameBits.Assert<float>(Gaps.Answer(one, data[i]), [all[i, 0], all[i, 1]]);
        }
    }

    [Fact]
    public void A_step_that_is_skipped_has_the_answer_of_the_step_before()
    {
        SequenceDataset data = Gaps.In(Gaps.Complete("tag", 20, seed: 1), seed: 2);
        using var tagger = (SequenceTagger)Gaps.Fitted(
            "tag", _options with { Inputs = _options.Inputs with { Missing = MissingValues.Mask } }, data);
        foreach (Sequence sequence in data)
        {
            float[] answers = Gaps.TagsOf(tagger, sequence);
            float[] seen = Gaps.TagsOf(tagger, Gaps.Cut(new SequenceDataset(2, data.ClassLabels, [sequence]))[0]);
            int taken = 0;
            for (int t = 0; t < sequence.Steps; t++)
            {
                taken += sequence.Values.Slice(t * 2, 2).ToArray().Any(float.IsNaN) ? 0 : 1;
                if (taken > 0)
                    SameBits.Assert<float>(seen.AsSpan((taken - 1) * 2, 2), answers.AsSpan(t * 2, 2));
            }
        }
    }

    [Fact]
    public void A_sequence_without_values_gets_the_output_bias()
    {
        foreach (string task in Gaps.Tasks)
        {
            using SequenceEstimator estimator = Gaps.Fitted(task, _options with
            {
                Inputs = _options.Inputs with { Missing = MissingValues.Mask, Standardize = false },
            },
                Gaps.In(Gaps.Complete(task, 20, seed: 1), seed: 2));
            Assert.Equal(Said(task, Bias(estimator)),
                Gaps.Answer(estimator, new Sequence(new[] { float.NaN, 1, 2, float.NaN }, 2)).Select(p => (double)p),
                (a, b) => Math.Abs(a - b) < 1e-6);
        }

        static IEnumerable<double> Said(string task, float[] bias) => task switch
        {
            "classify" or "tag" => bias.Select(b => Math.Exp(b) / bias.Sum(other => Math.Exp(other))),
            "many" => bias.Select(b => 1 / (1 + Math.Exp(-b))),
            _ => bias.Select(b => (double)b),
        };
    }

    [Fact]
    public void Indicators_help_if_missing_values_depend_on_the_class()
    {
        // The same noise for both classes; for one of them, half of the values are missing.
        var random = new SeededRandom(1);
        var data = new SequenceDataset(1, ["sparse", "dense"], Enumerable.Range(0, 60).Select(i =>
            new Sequence(Enumerable.Range(0, 20).Select(
                _ => random.NextDouble() < (i % 2 == 0 ? 0.5 : 0.1) ? float.NaN : (float)random.NextNormal()).ToArray(), 1, i % 2)));
        using var classifier = new SequenceClassifier(_options with
        {
            Inputs = _options.Inputs with { Missing = MissingValues.Indicate },
            Epochs = 30,
            LearningRate = 0.02,
        });
        classifier.Fit(data);
        Assert.InRange(classifier.Evaluate(data).Accuracy, 0.9, 1);
        Assert.Equal(1, classifier.Channels);
        Assert.Equal(3, classifier.Layers[0].Inputs);
    }

    [Fact]
    public void A_forecaster_gives_the_channels_of_the_data_however_many_inputs_there_are()
    {
        SequenceDataset data = Gaps.In(Melodies.Sines(30, seed: 1), seed: 2, share: 0.1),
            test = Gaps.In(Melodies.Sines(10, seed: 3), seed: 4, share: 0.1);
        using var forecaster = new SequenceForecaster(
            _options with
            {
                Inputs = _options.Inputs with { Missing = MissingValues.Indicate },
                Forecast = _options.Forecast with { Horizon = 2 },
                Epochs = 60,
                LearningRate = 0.02,
                Model = _options.Model with { Layers = [16] },
            });
        forecaster.Fit(data);
        Assert.Equal((2, 6, 4), (forecaster.Channels, forecaster.Layers[0].Inputs, forecaster.Predict(test[0]).Length));
        ForecastEvaluation evaluation = forecaster.Evaluate(test);
        // In the units of the data; otherwise it would be far off.
        Assert.InRange(evaluation.PerStepAhead[0].Rmse, 0, 0.7 * evaluation.Naive[0].Rmse);
    }

    [Fact]
    public void Learning_that_continues_takes_missing_values_too()
    {
        foreach (MissingValues way in Enum.GetValues<MissingValues>().Skip(1))
        {
            using var classifier = new SequenceClassifier(_options with { Inputs = _options.Inputs with { Missing = way } });
            for (int i = 0; i < 2; i++)
                Assert.True(double.IsFinite(classifier.PartialFit(Gaps.In(Gaps.Complete("classify", 20, seed: i), seed: i))));
        }
    }

    [Fact]
    public void Masked_learning_that_continues_is_that_without_the_steps_too()
    {
        using SequenceEstimator masked = Gaps.Estimator(
            "classify", _options with { Inputs = _options.Inputs with { Missing = MissingValues.Mask } }),
            plain = Gaps.Estimator("classify", _options);
        for (int i = 0; i < 3; i++)
        {
            SequenceDataset gaps = Gaps.In(Gaps.Complete("classify", 20, seed: i), seed: i);
            Assert.Equal(plain.PartialFit(Gaps.Cut(gaps)), masked.PartialFit(gaps));
        }
        Assert.Equal(Weights(plain), Weights(masked));
    }

    public void Dispose() => _folder.Dispose();

    private static TrainingOptions Shape(string shape) => shape switch
    {
        "bidirectional" => _options with { Model = _options.Model with { Bidirectional = true } },
        // So large that weights reach the limit given by the longest sequence.
        "indrnn" => _options with { Cell = "indrnn", LearningRate = 0.5 },
        "dropout" => _options with { Dropout = 0.3, RecurrentDropout = 0.2, Model = _options.Model with { Layers = [6, 6] } },
        "plain" => _options,
        _ => _options with { Model = _options.Model with { Readout = Readout.Parse(shape) } },
    };

    private static SequenceDataset Replace(SequenceDataset data, int index, Func<Sequence, Sequence> change) =>
        new(data.Channels, data.ClassLabels, data.Select((s, i) => i == index ? change(s) : s), data.Name, data.TargetNames);

    private byte[] Weights(SequenceEstimator estimator)
    {
        estimator.Save(_folder.File("weights"));
        return [.. SafetensorsReader.Read(_folder.File("weights")).Tensors.OrderBy(tensor => tensor.Name, StringComparer.Ordinal)
            .SelectMany(tensor => tensor.Bytes.ToArray())];
    }

    private float[] Bias(SequenceEstimator estimator)
    {
        estimator.Save(_folder.File("bias"));
        byte[] bytes = SafetensorsReader.Read(_folder.File("bias")).Tensors.Single(tensor => tensor.Name == "output.b").Bytes.ToArray();
        return System.Runtime.InteropServices.MemoryMarshal.Cast<byte, float>(bytes).ToArray();
    }
}
