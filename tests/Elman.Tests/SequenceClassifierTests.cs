using System.Numerics.Tensors;

namespace Elman.Tests;

public class SequenceClassifierTests
{
    [Theory]
    [InlineData(false, OptimizerKind.Adam)]
    [InlineData(true, OptimizerKind.Adam)]
    [InlineData(true, OptimizerKind.Sgd)]
    [InlineData(true, OptimizerKind.Nesterov)]
    public void A_classifier_learns_to_distinguish_sines_from_noise(bool ragged, OptimizerKind optimizer)
    {
        using var classifier = new SequenceClassifier(
            new TrainingOptions
            {
                Model = new() { Layers = [16] },
                Epochs = 20,
                Batch = 8,
                Threads = 1,
                Optimizer = optimizer,
                LearningRate = 0.02,
            });
        TrainingSummary summary = classifier.Fit(Waves.Create(80, seed: 1, ragged));
        Assert.True(classifier.Evaluate(Waves.Create(100, seed: 2, ragged)).Accuracy > 0.95);
        Assert.Equal((20, 20, 80, 1, false), (summary.Epochs, summary.BestEpoch, summary.Sequences, summary.Seed, summary.Cancelled));
        Assert.Equal(summary.TrainLoss, classifier.History[^1].Loss);
        Assert.True(classifier.History[^1].Loss < 0.5 * classifier.History[0].Loss);
    }

    [Fact]
    public void Before_it_has_learned_it_reports_it()
    {
        using var classifier = new SequenceClassifier();
        SequenceDataset data = Waves.Create(2, seed: 1);
        Assert.False(classifier.IsFitted);
        Assert.Null(classifier.Summary);
        Assert.Empty(classifier.History);
        foreach (Action call in (Action[])
        [
            () => _ = classifier.Classes, () => _ = classifier.Channels, () => _ = classifier.ParameterCount,
            () => classifier.Predict(data),
            () => classifier.Predict(data[0]), () => classifier.PredictProbabilities(data), () => classifier.PredictProbabilities(data[0]),
            () => classifier.Evaluate(data),
        ])
        {
            Assert.Contains("call Fit, or Load", Assert.Throws<InvalidOperationException>(call).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void After_Dispose_it_knows_nothing()
    {
        SequenceClassifier classifier = Waves.Fitted();
        _ = classifier.Predict(Waves.Create(2, seed: 1));
        classifier.Dispose();
        classifier.Dispose();
        Assert.False(classifier.IsFitted);
        Assert.Throws<ObjectDisposedException>(() => classifier.Predict(Waves.Create(2, seed: 1)));
        Assert.Throws<ObjectDisposedException>(() => classifier.Fit(Waves.Create(8, seed: 1)));
    }

    [Fact]
    public void A_fitted_classifier_describes_itself()
    {
        using SequenceClassifier classifier = Waves.Fitted(channels: 3);
        Assert.Equal((true, 3, (3 + 8 + 1) * 8 + (8 + 1) * 2L), (classifier.IsFitted, classifier.Channels, classifier.ParameterCount));
        Assert.Equal(Waves.Classes, classifier.Classes);
    }

    [Fact]
    public void Probabilities_and_classes_go_together()
    {
        using SequenceClassifier classifier = Waves.Fitted();
        SequenceDataset data = Waves.Create(20, seed: 3, ragged: true);
        Tensor<float> p = classifier.PredictProbabilities(data);
        Assert.Equal([20, 2], p.Lengths);
        Assert.All(p.Chunk(2), row => Assert.Equal(1, row[0] + row[1], 1e-6));
        Assert.Equal(p.Chunk(2).Select(row => Waves.Classes[row[1] > row[0] ? 1 : 0]), classifier.Predict(data));
    }

    [Fact]
    public void No_sequences_give_no_predictions()
    {
        using SequenceClassifier classifier = Waves.Fitted();
        var nothing = new SequenceDataset(1, [], []);
        Assert.Empty(classifier.Predict(nothing));
        Assert.Equal([0, 2], classifier.PredictProbabilities(nothing).Lengths);
    }

    [Fact]
    public void A_sequence_gets_the_same_bits_alone_and_among_others_in_any_order()
    {
        using SequenceClassifier classifier = Waves.Fitted();
        SequenceDataset data = Waves.Create(150, seed: 4, ragged: true); // more than go into one batch
        float[][] together = [.. classifier.PredictProbabilities(data).Chunk(2)];
        int[] order = [.. Enumerable.Range(0, data.Count)];
        new SeededRandom(1).Shuffle(order.AsSpan());
        float[][] shuffled = [.. classifier.PredictProbabilities(data.Subset(order)).Chunk(2)];
        for (int i = 0; i < data.Count; i++)
        {
            Assert.Equal(together[i], classifier.PredictProbabilities(data[i]));
            Assert.Equal(together[order[i]], shuffled[i]);
        }
    }

    [Fact]
    public void Long_sequences_are_no_different()
    {
        using SequenceClassifier classifier = Waves.Fitted();
        var random = new SeededRandom(2);
        Sequence Draw(int steps) => new(Enumerable.Range(0, steps).Select(_ => (float)random.NextNormal()).ToArray(), 1);
        var data = new SequenceDataset(1, [], [Draw(511), Draw(512), Draw(513), Draw(2000), Draw(1)]);
        float[] together = [.. classifier.PredictProbabilities(data)];
        Assert.Equal(data.SelectMany(classifier.PredictProbabilities), together);
    }

    [Fact]
    public void Several_threads_may_ask_at_once()
    {
        using SequenceClassifier classifier = Waves.Fitted(Waves.Quick with { Threads = 2 });
        SequenceDataset[] data = [.. Enumerable.Range(0, 6).Select(seed => Waves.Create(40, seed, ragged: true))];
        Tensor<float>[] expected = [.. data.Select(classifier.PredictProbabilities)];
        Parallel.For(0, 60, new ParallelOptions { MaxDegreeOfParallelism = 6 }, i =>
            Assert.Equal(expected[i % 6], classifier.PredictProbabilities(data[i % 6])));
    }

    [Fact]
    public void Labels_are_not_looked_at_when_it_predicts()
    {
        using SequenceClassifier classifier = Waves.Fitted();
        SequenceDataset data = Waves.Create(10, seed: 5);
        var others = new SequenceDataset(1, ["x", "y", "z"], data.Select(sequence => sequence.WithLabel(2)));
        Assert.Equal(classifier.Predict(data), classifier.Predict(others));
    }

    [Fact]
    public void Evaluation_matches_classes_by_name()
    {
        using SequenceClassifier classifier = Waves.Fitted();
        SequenceDataset data = Waves.Create(40, seed: 6);
        var turned = new SequenceDataset(
            1, ["sine", "absent", "noise"], data.Select(sequence => sequence.WithLabel(sequence.Label == 1 ? 0 : 2)));
        Evaluation expected = classifier.Evaluate(data), actual = classifier.Evaluate(turned);
        Assert.Equal(expected.Confusion, actual.Confusion);
        Assert.Equal((expected.Accuracy, expected.LogLoss), (actual.Accuracy, actual.LogLoss));
    }

    [Fact]
    public void Values_too_large_to_compute_with_are_refused_not_answered()
    {
        using SequenceClassifier classifier = Waves.Fitted(
            Waves.Quick with
            {
                Cell = new RnnOptions { Activation = Activation.Identity },
                Inputs = Waves.Quick.Inputs with { Standardize = false },
            }, channels: 2);
        float[] values = [.. Enumerable.Repeat(float.MaxValue, 40)];
        var data = new SequenceDataset(2, Waves.Classes, [.. Waves.Create(2, seed: 1, channels: 2), new(values, 2, 0)], "far.ts");
        foreach (Action call in (Action[])[() => classifier.Predict(data), () => classifier.PredictProbabilities(data),
            () => classifier.Evaluate(data)])
            Assert.Contains("Sequence 3 of 'far.ts'", Assert.Throws<ArgumentException>("data", call).Message, StringComparison.Ordinal);
    }
}
