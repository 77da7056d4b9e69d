using System.Numerics.Tensors;

namespace Elman.Tests;

/// <summary>
/// Estimators that are trained window by window, and their predictions for sequences longer than one window of an inference.
/// </summary>
public class SequenceEstimatorWindowTests
{
    private static readonly TrainingOptions _options = Melodies.Quick with { Epochs = 3, Dropout = 0.1 };

    private static readonly SequenceDataset _data = Melodies.Tagged(60, seed: 1);

    [Fact]
    public void A_window_as_long_as_the_sequences_changes_nothing()
    {
        float[] whole = Learn(_options), pieces = LearnInPieces(_options);
        foreach (int window in (int[])[_data.MaxSteps, 1000])
        {
            Assert.Equal(whole, Learn(_options with { Truncate = window }));
            Assert.Equal(pieces, LearnInPieces(_options with { Truncate = window }));
        }
        Assert.NotEqual(whole, Learn(_options with { Truncate = _data.MaxSteps - 1 }));
        Assert.NotEqual(pieces, LearnInPieces(_options with { Truncate = _data.MaxSteps - 1 }));
    }

    [Fact]
    public void With_checkpoints_the_whole_gradient_is_trained_on()
    {
        float[] whole = Learn(_options), kept = Learn(_options with { GradientCheckpointing = true });
        // Adam converts rounding errors to small steps.
        Assert.All(whole.Zip(kept), pair => Assert.Equal(pair.First, pair.Second, tolerance: 1e-3));
        Assert.All(LearnInPieces(_options).Zip(LearnInPieces(_options with { GradientCheckpointing = true })),
            pair => Assert.Equal(pair.First, pair.Second, tolerance: 1e-3));
    }

    [Theory]
    [InlineData(2, false)]
    [InlineData(0, true)]
    public void A_tagger_learns_from_one_long_sequence(int truncate, bool checkpoint)
    {
        // Each step's label is the previous bit, which half of the steps know only from the state that was carried on.
        var random = new SeededRandom(3);
        int[] bits = [.. Enumerable.Range(0, 3000).Select(_ => random.NextInt32(2))];
        var data = new SequenceDataset(1, ["0", "1"], [new Sequence(bits.Select(bit => (float)bit).ToArray(), 1)
            .WithStepLabels(bits.Select((_, t) => t < 1 ? Sequence.NoLabel : bits[t - 1]).ToArray())]);
        using var tagger = new SequenceTagger(
            Melodies.Quick with { Epochs = checkpoint ? 150 : 4, Truncate = truncate, GradientCheckpointing = checkpoint });
        tagger.Fit(data);
        Assert.InRange(tagger.Evaluate(data).Steps.Accuracy, 0.99, 1);
    }

    [Fact]
    public void Answers_at_every_step_of_long_sequences_are_those_of_a_session()
    {
        using var tagger = new SequenceTagger(_options with { Epochs = 1, Model = _options.Model with { Layers = [7, 5] } });
        tagger.Fit(_data);
        var random = new SeededRandom(3);
        var data = new SequenceDataset(1, [], ((int[])[30_000, 1, 900, 20_000])
            .Select(steps => new Sequence(Enumerable.Range(0, steps).Select(_ => (float)random.NextNormal()).ToArray(), 1)));
        Tensor<float>[] together = tagger.PredictProbabilities(data);
        for (int i = 0; i < data.Count; i++)
        {
            using SequenceSession session = tagger.OpenSession();
            float[] rows = [.. together[i]];
            for (int t = 0; t < data[i].Steps; t++)
                Assert.True(
                    session.Step(data[i].Values.Span.Slice(t, 1)).SequenceEqual(rows.AsSpan(2 * t, 2)), $"step {t} of sequence {i}");
        }
    }

    [Fact]
    public void Sequences_too_long_to_go_together_get_the_answers_they_get_alone()
    {
        using var classifier = new SequenceClassifier(Waves.Quick with
        {
            Epochs = 1,
            Model = Waves.Quick.Model with { Layers = [2], Readout = Readout.Mean },
        });
        classifier.Fit(Waves.Create(32, seed: 1));
        Sequence[] sequences = [.. ((int[])[3, 600_000, 600_000, 5])
            .Select((steps, i) => new Sequence(Enumerable.Repeat(0.1f * i, steps).ToArray(), 1))];
        float[] together = [.. classifier.PredictProbabilities(new SequenceDataset(1, [], sequences))];
        Assert.Equal(sequences.SelectMany(classifier.PredictProbabilities), together);
    }

    private static float[] Learn(TrainingOptions options)
    {
        using var tagger = new SequenceTagger(options);
        tagger.Fit(_data, Melodies.Tagged(20, seed: 2));
        return Answers(tagger);
    }

    private static float[] LearnInPieces(TrainingOptions options)
    {
        using var tagger = new SequenceTagger(options);
        for (int i = 0; i < 3; i++)
            tagger.PartialFit(_data);
        return Answers(tagger);
    }

    private static float[] Answers(SequenceTagger tagger) =>
        [.. Melodies.Tagged(5, seed: 3).SelectMany(sequence => tagger.PredictProbabilities(sequence).ToArray())];
}
