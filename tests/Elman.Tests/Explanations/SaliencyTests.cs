namespace Elman.Tests.Explanations;

public sealed class SaliencyTests
{
    public static TheoryData<string, TrainingOptions> Models => new()
    {
        { "rnn", Waves.Quick with { Cell = "rnn" } },
        { "lstm, both directions", Waves.Quick with { Cell = "lstm", Model = new() { Layers = [6, 5], Bidirectional = true } } },
        {
            "gru, residual, mean",
            Waves.Quick with { Cell = "gru", Model = new() { Layers = [6, 6], Residual = true, Readout = Readout.Mean } }
        },
        { "indrnn, attention", Waves.Quick with { Cell = "indrnn", Model = new() { Layers = [6], Readout = Readout.Attention } } },
        { "lru, mean", Waves.Quick with { Cell = "lru", Model = new() { Layers = [6], Readout = Readout.Mean } } },
        { "echo state", new TrainingOptions { Cell = "esn", Model = new() { Layers = [8] }, Threads = 1 } },
    };

    /// <summary>The sum of (x − mean)·∂score/∂x over the values is the derivative for moving all of them away from the mean.</summary>
    [Theory]
    [MemberData(nameof(Models))]
    public void The_sum_is_the_derivative_towards_the_inputs(string name, TrainingOptions options)
    {
        using SequenceClassifier classifier = Waves.Fitted(options, channels: 2);
        SequenceDataset data = Waves.Create(6, seed: 5, ragged: true, channels: 2);
        IReadOnlyList<double> means = classifier.Standardization!.Means;
        for (int i = 0; i < data.Count; i++)
        {
            Saliency saliency = classifier.Explain(data, i, output: 1);
            Assert.Equal((SaliencyMethod.GradientTimesInput, "sine", data[i].Steps, 2),
                (saliency.Method, saliency.Output, saliency.Steps, saliency.Channels));
            const double Step = 0.02;
            double slope = (Score(classifier, Scaled(data, i, means, 1 + Step)) - Score(classifier, Scaled(data, i, means, 1 - Step)))
                / (2 * Step);
            Assert.True(Math.Abs(slope - saliency.Total) < 0.02 * (0.2 + Math.Abs(slope)), $"{name}: {slope} and {saliency.Total}");
        }
    }

    [Theory]
    [InlineData("rnn")]
    [InlineData("lstm")]
    public void Each_value_has_its_own_derivative(string cell)
    {
        using SequenceClassifier classifier = Waves.Fitted(Waves.Quick with { Cell = cell }, channels: 2);
        SequenceDataset data = Waves.Create(2, seed: 5, channels: 2);
        Saliency saliency = classifier.Explain(data, 1, output: 0);
        for (int t = 0; t < data[1].Steps; t += 3)
        {
            for (int c = 0; c < 2; c++)
            {
                const float Step = 0.05f;
                float value = data[1].Values.Span[(t * 2) + c];
                double slope = (Score(classifier, Changed(data, t, c, value + Step), 0)
                    - Score(classifier, Changed(data, t, c, value - Step), 0)) / (2 * Step);
                double expected = slope * (value - classifier.Standardization!.Means[c]);
                Assert.True(Math.Abs(expected - saliency[t, c]) < 1e-3 + (0.02 * Math.Abs(expected)), $"{expected} and {saliency[t, c]}");
            }
        }
    }

    /// <summary>Further inputs, such as differences, are linear too; those of the means are 0.</summary>
    [Theory]
    [InlineData(0, 0)]
    [InlineData(2, 0)]
    [InlineData(0, 5)]
    [InlineData(1, 4)]
    public void The_sum_of_a_linear_model_is_its_output_minus_that_of_inputs_of_0(int differences, int patch)
    {
        using var regressor = new SequenceRegressor(new TrainingOptions
        {
            Cell = new RnnOptions { Activation = Activation.Identity },
            Model = new() { Layers = [5] },
            Inputs = new() { Differences = differences, Patch = patch, Standardize = false },
            Epochs = 3,
            Threads = 1,
        });
        SequenceDataset data = Numbers(40);
        regressor.Fit(data);
        float atZero = regressor.Predict(new Sequence(new float[24], 2))[0];
        for (int i = 0; i < 5; i++)
        {
            Saliency saliency = regressor.Explain(data, i);
            Assert.Equal(regressor.Predict(data[i])[0] - atZero, saliency.Total, 1e-4);
            Assert.Equal("y", saliency.Output);
        }
    }

    [Fact]
    public void A_model_without_a_gradient_is_explained_by_occlusion()
    {
        using var classifier = new SequenceClassifier(new TrainingOptions { Cell = "delays", Threads = 1 });
        classifier.Fit(Bumps(80, 1));
        SequenceDataset data = Bumps(4, 2);
        Saliency saliency = classifier.Explain(data, 1); // with a bump at steps 12 to 18 of channel 1
        Assert.Equal(SaliencyMethod.Occlusion, saliency.Method);
        double inside = Enumerable.Range(12, 6).Sum(t => saliency[t, 0]), noise = Enumerable.Range(0, 30).Sum(t => saliency[t, 1]);
        Assert.True(inside > 0 && inside > 3 * Math.Abs(noise), $"{inside} and {noise}");
    }

    [Fact]
    public void An_average_of_models_is_explained_by_their_weights()
    {
        using var both = new SequenceClassifier(
            new TrainingOptions { Cell = new AutoOptions { Ensemble = EnsembleWeights.Parse("gru:2,rnn:1") }, Threads = 1 });
        both.Fit(Waves.Create(24, 1));
        SequenceDataset data = Waves.Create(4, 9);
        Assert.True(both.Members.Count > 1);
        Saliency saliency = both.Explain(data, 1, output: 1);
        Assert.Equal(SaliencyMethod.GradientTimesInput, saliency.Method);
        Assert.True(double.IsFinite(saliency.Total) && saliency.Total != 0);
    }

    [Fact]
    public void A_tagger_and_a_forecaster_are_explained()
    {
        SequenceDataset steps = new(1, ["a", "b"], Enumerable.Range(0, 12).Select(i => new Sequence(
            Enumerable.Range(0, 10).Select(t => (float)((i + t) % 3)).ToArray(), 1)
            .WithStepLabels(Enumerable.Range(0, 10).Select(t => (i + t) % 3 == 0 ? 0 : 1).ToArray())));
        using var tagger = new SequenceTagger(Waves.Quick with { Epochs = 20 });
        tagger.Fit(steps);
        Assert.Equal("b", tagger.Explain(steps, 0).Output);
        using var forecaster = new SequenceForecaster(Waves.Quick with { Forecast = new() { Horizon = 3 } });
        forecaster.Fit(Waves.Create(16, 3, channels: 2));
        Saliency saliency = forecaster.Explain(Waves.Create(2, 4, channels: 2), 1, output: 3);
        Assert.Equal("x2, 2 ahead", saliency.Output);
        Assert.NotEqual(0, saliency.Total);
    }

    [Fact]
    public void Outputs_and_sequences_that_do_not_exist_are_refused()
    {
        using SequenceClassifier classifier = Waves.Fitted();
        SequenceDataset data = Waves.Create(2, 4);
        Assert.Throws<ArgumentOutOfRangeException>(() => classifier.Explain(data, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => classifier.Explain(data, 0, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => classifier.Explain(data, 0)[0, 1]);
    }

    private static SequenceDataset Scaled(SequenceDataset data, int i, IReadOnlyList<double> means, double factor) =>
        new(2, data.ClassLabels, [new Sequence(data[i].Values.ToArray().Select((value, v) =>
            (float)(means[v % 2] + (factor * (value - means[v % 2])))).ToArray(), 2)]);

    private static SequenceDataset Changed(SequenceDataset data, int step, int channel, float value)
    {
        float[] values = data[1].Values.ToArray();
        values[(step * 2) + channel] = value;
        return new SequenceDataset(2, data.ClassLabels, [new Sequence(values, 2)]);
    }

    private static double Score(SequenceClassifier classifier, SequenceDataset data, int output = 1)
    {
        float[] p = classifier.PredictProbabilities(data[0]);
        return Math.Log(p[output]) - p.Average(each => Math.Log(each));
    }

    private static SequenceDataset Numbers(int count)
    {
        var random = new SeededRandom(3);
        return new SequenceDataset(2, [], Enumerable.Range(0, count).Select(_ =>
        {
            float[] values = [.. Enumerable.Range(0, 24).Select(_ => (float)(3 + random.NextNormal()))];
            return new Sequence(values, 2).WithTargets(new[] { values[0] - values[23] });
        }), "numbers", ["y"]);
    }

    private static SequenceDataset Bumps(int count, int seed)
    {
        var random = new SeededRandom(seed);
        return new SequenceDataset(2, ["flat", "bump"], Enumerable.Range(0, count).Select(i => new Sequence(
            Enumerable.Range(0, 60).Select(v => (float)((0.3 * random.NextNormal())
                + (i % 2 == 1 && v % 2 == 0 && v / 2 is >= 12 and < 18 ? 3 : 0))).ToArray(), 2, i % 2)));
    }
}
