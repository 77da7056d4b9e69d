using System.Numerics.Tensors;
using Elman.Kernels;
using Elman.Layers;
using Elman.Losses;
using Elman.Optimizers;
using Elman.Sequences;

namespace Elman.Training;

/// <summary>Training that goes on whenever data come in: keeps what the optimizer remembers.</summary>
internal sealed class PartialTraining : IPartialTraining
{
    private readonly Learned _learned;
    private readonly TrainingOptions _options;
    private readonly Workers _workers;
    private readonly Parameters<float> _before;
    private Optimizer<float> _optimizer;
    private SeededRandom _order;
    private SeededRandom _noise;

    /// <summary>Prepares to go on with a model.</summary>
    public PartialTraining(Learned learned, TrainingOptions options)
    {
        _learned = learned;
        _options = options;
        _workers = new Workers(options.ResolvedThreads);
        _before = new Parameters<float>(learned.Model.Values.Layout);
        (_optimizer, _order, _noise) = Begin();
    }

    /// <summary>Once through the data, in random order; the mean loss.</summary>
    /// <exception cref="TrainingDivergedException">The loss or a weight stopped being finite; the weights are as they were.</exception>
    public double Run(SequenceDataset data, Objective<float> objective)
    {
        _before.CopyFrom(_learned.Model.Values);
        using var step = new TrainStep<float>(_learned.Model, _optimizer, _workers, _options.Clip, objective, _options.DropoutRates, _noise, _learned.Preprocessing.Missing.MostStepsOf(data), _options.Unrolling);
        using var batch = new SequenceBatch<float>();
        int[] order = [.. Enumerable.Range(0, data.Count)];
        _order.Shuffle(order.AsSpan());
        double loss = 0, weight = 0;
        foreach (int[] indices in order.Chunk(_options.Batch))
        {
            batch.Fill(data, indices, _learned.Preprocessing);
            objective.Prepare(batch, data, indices);
            LossResult result = step.Run(batch, _options.ResolvedLearningRate);
            loss += result.Loss * result.Weight;
            weight += result.Weight;
        }
        bool isFinite = double.IsFinite(loss) && TensorPrimitives.IsFiniteAll<float>(_learned.Model.Values.Buffer.Span);
        if (!isFinite)
        {
            _learned.Model.Values.CopyFrom(_before);
            _optimizer.Dispose(); // what it remembers is no number either
            (_optimizer, _order, _noise) = Begin();
        }
        _learned.Model.Pack(forTraining: false);
        return isFinite
            ? loss / weight
            : throw new TrainingDivergedException(FormattableString.Invariant(
                $"The loss or a weight became infinite or NaN on '{data.Name}': the numbers ran away. Try a smaller learning rate (it is {_options.ResolvedLearningRate})."));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _before.Dispose();
        _optimizer.Dispose();
        _workers.Dispose();
    }

    private (Optimizer<float> Optimizer, SeededRandom Order, SeededRandom Noise) Begin() =>
        (OptimizerFactory.Create<float>(_options, _learned.Model.Values.Layout), new SeededRandom(_options.Seed), new SeededRandom(~(long)_options.Seed));
}
