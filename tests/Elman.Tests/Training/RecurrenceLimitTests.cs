using Elman.Fitted;
using Elman.Kernels;
using Elman.Learners;
using Elman.Models;
using Elman.Optimizers;
using Elman.Sequences;
using Elman.Training;
using Elman.Training.Tasks;

namespace Elman.Tests.Training;

/// <summary>The limit 2^(1/T) of the recurrent weights of an <c>indrnn</c>: T is the longest sequence of all batches.</summary>
public sealed class RecurrenceLimitTests
{
    [Theory]
    [InlineData("10", 0, 10)]
    [InlineData("10 2", 0, 10)]
    [InlineData("2 10", 0, 10)]
    [InlineData("4 10 2", 0, 10)]
    [InlineData("1", 0, 1)]
    [InlineData("4 2", 20, 20)] // known before
    [InlineData("4 30 2", 20, 30)]
    public void After_each_batch_it_is_that_of_the_longest_sequence_so_far(string lengths, int known, int longest)
    {
        using var model = new SequenceModel<double>(new ModelSpec { Cell = "indrnn", InputSize = 1, Layers = [3], OutputSize = 2 });
        Span<double> weights = model.Values.Span(model.RecurrentLayers.First().Weights.Diagonal!);
        using Optimizer<double> optimizer = OptimizerFactory.Create<double>(
            new TrainingOptions { Optimizer = OptimizerKind.Sgd, Momentum = 0 }, model.Values.Layout);
        using var workers = new Workers(1);
        using var step = new TrainStep<double>(model, optimizer, workers, longest: known);
        using var batch = new SequenceBatch<double>();
        foreach (int length in lengths.Split(' ').Select(int.Parse))
        {
            weights.Fill(5);
            weights[0] = -5;
            batch.Fill(new SequenceDataset(1, ["a", "b"], [new Sequence(new float[length], 1, 0)]), [0], null);
            step.Run(batch, learningRate: 1e-9);
        }
        double limit = Math.Pow(2, 1.0 / longest);
        Assert.Equal([-limit, limit, limit], weights.ToArray());
    }

    [Fact]
    public void The_longest_sequence_of_the_training_data_counts_from_the_first_batch_on()
    {
        const int Longest = 40;
        var options = new TrainingOptions
        {
            Cell = "indrnn",
            Model = new() { Layers = [4] },
            Batch = 1,
            Optimizer = OptimizerKind.Sgd,
            LearningRate = 1e-9,
            Inputs = new() { Standardize = false },
            Threads = 1,
        };
        using var source = new CancellationTokenSource();
        var sequences = new CountedReads([.. Enumerable.Range(0, 6).Select(i => new Sequence(new float[i == 0 ? Longest : 2], 1, i % 2))]);
        var set = new TrainingSet(new ClassifyTask(), SequenceDataset.Over(1, ["a", "b"], sequences), null, SymbolTables.None,
            new SeededRandom(1));
        FittedModel start = set.Begin(options, CancellationToken.None);
        Span<float> weights = start.Model.Values.Span(start.Model.RecurrentLayers.First().Weights.Diagonal!);
        weights.Fill(5);
        using (var run = new GradientRun(start, options, set, progress: null))
        {
            sequences.Reads.Clear();
            sequences.AfterRead = _ => source.Cancel();
            run.Run(source.Token);
        }
        Assert.NotEqual(0, sequences.Reads[0]); // a short one is the whole first batch
        Assert.All(weights.ToArray(), weight => Assert.Equal((float)Math.Pow(2, 1.0 / Longest), weight));
        start.Model.Dispose();
    }
}
