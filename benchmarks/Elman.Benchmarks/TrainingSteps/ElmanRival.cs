using Elman.Kernels;
using Elman.Layers;
using Elman.Models;
using Elman.Optimizers;
using Elman.Sequences;
using Elman.Training;

namespace Elman.Benchmarks.TrainingSteps;

/// <summary>Elman: the step that its classifiers train with, on one thread.</summary>
internal sealed class ElmanRival : ITrainingRival
{
    private readonly double _learningRate;
    private readonly SequenceModel<float> _model;
    private readonly SequenceBatch<float> _batch = new();
    private readonly Sgd<float> _optimizer;
    private readonly Workers _workers = new(1);
    private readonly TrainStep<float> _step;

    /// <summary>Sets a problem up.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="learningRate">The learning rate of its steps.</param>
    public ElmanRival(TrainingProblem problem, double learningRate = TrainingProblem.LearningRate)
    {
        _learningRate = learningRate;
        TrainingShape shape = problem.Shape;
        KernelSet<float> kernels = KernelCatalog.Default<float>();
        _model = new SequenceModel<float>(
            new ModelSpec { InputSize = shape.Inputs, HiddenSize = shape.Hidden, ClassCount = TrainingShape.Classes }, kernels);
        foreach ((ParameterSlice slice, (_, float[] values)) in Slices.Zip(problem.Weights.Named))
            values.CopyTo(_model.Values.Span(slice));

        int length = shape.Steps * shape.Inputs;
        var data = new SequenceDataset(
            shape.Inputs,
            Enumerable.Range(0, TrainingShape.Classes).Select(c => $"class {c}"),
            problem.Labels.Select((label, i) => new Sequence(problem.Values.AsMemory(i * length, length), shape.Inputs, label)));
        _batch.Fill(data, [.. Enumerable.Range(0, shape.Batch)], standardization: null);
        _optimizer = new Sgd<float>(_model.Values.Layout, momentum: 0, nesterov: false, kernels);
        _step = new TrainStep<float>(_model, _optimizer, _workers);
    }

    // In the order of TrainingWeights.
    private IEnumerable<ParameterSlice> Slices =>
        [_model.Recurrent.InputWeights, _model.Recurrent.RecurrentWeights, _model.Recurrent.Bias, _model.Output.Weights, _model.Output.Bias];

    /// <inheritdoc/>
    public double TakeStep() => _step.Run(_batch, _learningRate).Loss;

    /// <inheritdoc/>
    public TrainingWeights Weights()
    {
        float[][] copies = [.. Slices.Select(slice => _model.Values.Span(slice).ToArray())];
        return new(copies[0], copies[1], copies[2], copies[3], copies[4]);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _step.Dispose();
        _optimizer.Dispose();
        _workers.Dispose();
        _batch.Dispose();
        _model.Dispose();
    }
}
