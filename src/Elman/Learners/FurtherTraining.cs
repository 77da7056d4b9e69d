using System.Numerics.Tensors;
using Elman.Fitted;
using Elman.Kernels;
using Elman.Models;
using Elman.Optimizers;
using Elman.Packing;
using Elman.Sequences;
using Elman.Training;
using Elman.Training.Objectives;

namespace Elman.Learners;

/// <summary>Incremental training by gradients: keeps the optimizer's moments between calls.</summary>
internal sealed class FurtherTraining : IDisposable
{
    private readonly FittedModel _known;
    private readonly TrainingOptions _options;
    private readonly Workers _workers;
    private readonly Parameters<float> _before;
    private Optimizer<float> _optimizer;
    private SeededRandom _order;
    private SeededRandom _noise;

    /// <summary>Prepares to continue training of a model.</summary>
    public FurtherTraining(FittedModel known, TrainingOptions options)
    {
        _known = known;
        _options = options;
        _workers = new Workers(options.ResolvedThreads);
        _before = new Parameters<float>(known.Model.Values.Layout);
        (_optimizer, _order, _noise) = Begin();
    }

    private SequenceModel<float> Model => _known.Model;

    /// <summary>Makes one pass over the data, in random order, and returns the mean loss.</summary>
    /// <exception cref="TrainingDivergedException">The loss or a weight is not finite; the weights are unchanged.</exception>
    public double Run(SequenceDataset data)
    {
        _before.CopyFrom(Model.Values);
        double loss = LearnFrom(data);
        bool isFinite = double.IsFinite(loss) && TensorPrimitives.IsFiniteAll<float>(Model.Values.Buffer.Span);
        if (!isFinite)
        {
            Model.Values.CopyFrom(_before);
            _optimizer.Dispose(); // its moments are not finite either
            (_optimizer, _order, _noise) = Begin();
        }
        Model.Pack(forTraining: false);
        return isFinite
            ? loss
            : throw new TrainingDivergedException(
                FormattableString.Invariant($"The loss or a weight became infinite or NaN on '{data.Name}': training diverged. ")
                    + FormattableString.Invariant($"Try a smaller learning rate (it is {_options.ResolvedLearningRate})."));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _before.Dispose();
        _optimizer.Dispose();
        _workers.Dispose();
    }

    private double LearnFrom(SequenceDataset data)
    {
        using Objective<float> objective = _known.Task.CreateObjective(_known.MeaningOf(_known.Members[0]), data, _options);
        using var step = new TrainStep<float>(Model, _optimizer, _workers, _options.Clip, objective, _options.DropoutRates, _noise,
            _known.Preprocessing.MostStepsOf(data), _options.Bptt);
        using var batch = new SequenceBatch<float>();
        var dropout = SymbolDropout.Of(data);
        int[] order = [.. Enumerable.Range(0, data.Count)];
        _order.Shuffle(order.AsSpan());
        EpochSums sums = default;
        foreach (int[] indices in order.Chunk(_options.Batch))
        {
            batch.Fill(data, indices, _known.Preprocessing, dropout, dropout is null ? 0 : _noise.NextUInt64());
            objective.Prepare(batch, data, indices);
            sums.Add(step.Run(batch, _options.ResolvedLearningRate));
        }
        return sums.Loss;
    }

    private (Optimizer<float> Optimizer, SeededRandom Order, SeededRandom Noise) Begin() =>
        (OptimizerFactory.Create<float>(_options, Model.Values.Layout), new SeededRandom(_options.Seed), TrainingState.NoiseOf(_options));
}
