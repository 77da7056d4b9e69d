using Elman.Fitted;
using Elman.Inference;
using Elman.Kernels;
using Elman.Learners;
using Elman.Models;
using Elman.Sequences;
using Elman.Training.Tasks;

namespace Elman.Tests.Inference;

/// <summary>Predictions are computed in parts, which does not change the results.</summary>
public sealed class EnsembleInferenceTests
{
    [Theory]
    [InlineData(true, 1)]
    [InlineData(true, 40)]
    [InlineData(true, 200)]
    [InlineData(false, 1)]
    [InlineData(false, 5)]
    [InlineData(false, 60)]
    public void Parts_of_any_size_have_the_bits_of_the_whole(bool byStep, long numbersOfAPart)
    {
        FittedModel fitted = Average(byStep ? ModelTask.Tag : ModelTask.Classify);
        SequenceDataset data = Waves.Create(30, seed: 4, ragged: true);
        using var workers = new Workers(2);
        using EnsembleInference whole = new(fitted), parts = new(fitted, numbersOfAPart);
        float[][] expected = whole.Answers(data, workers, "data");
        Assert.Equal(30, expected.Length);
        Assert.Equal(expected, parts.Answers(data, workers, "data"));
        Assert.Equal(expected.Take(7), parts.AnswersOneByOne(data, workers, "data").Take(7));
    }

    [Fact]
    public void Answers_that_no_array_can_hold_are_refused_before_anything_is_computed()
    {
        var data = new SequenceDataset(1, [], [new Sequence(new float[4], 1), new Sequence(new float[40_000], 1)], "long.csv");
        var set = new TrainingSet(SequenceTask.Forecast, data, null, SymbolTables.None, new SeededRandom(1));
        FittedModel fitted = set.Begin(new TrainingOptions
        {
            Cell = "rnn",
            Model = new() { Layers = [1] },
            Forecast = new() { Horizon = 60_000 },
        }, CancellationToken.None);
        using var workers = new Workers(1);
        using var inference = new EnsembleInference(fitted);
        string message = Assert.Throws<ArgumentException>("data", () => inference.Answers(data, workers, "data")).Message;
        Assert.Contains("Sequence 2 of 'long.csv' has 40000 steps", message, StringComparison.Ordinal);
        Assert.Contains("60000 outputs", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_sequence_that_overflows_is_called_with_its_position_in_the_data()
    {
        SequenceDataset data = Waves.Create(4, seed: 4);
        var far = new Sequence(Enumerable.Repeat(float.MaxValue, 8).ToArray(), 1);
        using var workers = new Workers(1);
        using var inference = new EnsembleInference(Average(ModelTask.Tag, Activation.Identity), numbersOfAPart: 1);
        var mixed = new SequenceDataset(1, data.ClassLabels, [.. data, far], "far.ts");
        Assert.Contains("Sequence 5 of 'far.ts'",
            Assert.Throws<ArgumentException>("data", () => inference.Answers(mixed, workers, "data")).Message, StringComparison.Ordinal);
    }

    /// <summary>Returns an average of two models with initial weights.</summary>
    private static FittedModel Average(ModelTask task, Activation? activation = null) => new(
        [.. Enumerable.Range(1, 2).Select(seed =>
        {
            var spec = new ModelSpec { InputSize = 1, Layers = [3], OutputSize = 2, Task = task };
            if (activation is not null)
                spec = spec with { Cell = new RnnOptions { Activation = activation } };
            var model = new SequenceModel<float>(spec);
            model.Initialize(WeightInitialization.Rotation, new SeededRandom(seed));
            model.Pack(forTraining: false);
            return new Member(model, new Preprocessing(MissingValues.Refuse, 1)) { Weight = 0.5 };
        })], Waves.Classes, null, null, []);
}
