using System.Numerics;
using Elman.Kernels;
using Elman.Losses;
using Elman.Models;
using Elman.Optimizers;
using Elman.Packing;
using Elman.Sequences;
using Elman.Tests.Fixtures;
using Elman.Training;

namespace Elman.Tests.Models;

/// <summary>A model with the initial weights of a fixture, and the fixture's batch.</summary>
internal sealed class CellFixtureRun<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly SequenceModel<T> _model;
    private readonly SequenceBatch<T> _batch = new();
    private readonly ModelTape<T> _tape = new(keepsSteps: true);
    private readonly Workers _workers = new(1);

    public CellFixtureRun(string name)
    {
        Fixture = CellFixture.Get(name);
        _model = new SequenceModel<T>(Fixture.Spec);
        foreach (ParameterSlice slice in _model.Values.Layout.Slices)
            Fixture.Initial[slice.Name].Select(T.CreateChecked).ToArray().CopyTo(_model.Values.Span(slice));
        _model.Pack(forTraining: true);

        int features = Fixture.Spec.InputSize;
        var data = new SequenceDataset(
            features,
            Enumerable.Range(0, Fixture.Spec.OutputSize).Select(c => $"{c}"),
            Fixture.Sequences.Zip(Fixture.Labels, (x, label) => new Sequence(x.Select(value => (float)value).ToArray(), features, label)));
        _batch.Fill(data, [.. Enumerable.Range(0, data.Count)], null);
    }

    public CellFixture Fixture { get; }

    /// <summary>The weights, by name.</summary>
    public Dictionary<string, double[]> Weights => Named(_model.Values);

    /// <summary>Returns the logits, the last h and, for an LSTM, the last c, in the order of the fixture.</summary>
    public (double[] Logits, double[] State, double[] Memory) Forward()
    {
        _model.Forward(_batch, _tape, _workers);
        int nodes = Fixture.Spec.Layers[0];
        return (
            InOrder(Fixture.Spec.OutputSize, place => _tape.Logits.Span[(place * Fixture.Spec.OutputSize)..]),
            InOrder(nodes, LastState),
            Fixture.HasMemory ? InOrder(nodes, place => LastState(place)[_model.Layers[0].FromStart.Shape.UnitStride..]) : []);
    }

    /// <summary>Returns the loss and the gradients of every tensor, by name.</summary>
    public (double Loss, Dictionary<string, double[]> Gradients) Differentiate()
    {
        using var gradients = new Parameters<T>(_model.Values.Layout);
        _model.Forward(_batch, _tape, _workers);
        _tape.LogitsGradient.Resize(_tape.Logits.Length);
        double loss = CrossEntropy.Evaluate(_tape.Logits.Span, _batch.Labels, _tape.LogitsGradient.Span).Loss;
        _model.Backward(_batch, _tape, gradients, _workers);
        return (loss, Named(gradients));
    }

    /// <summary>Runs all updates, and returns the loss before each.</summary>
    public double[] Train()
    {
        using var sgd = new Sgd<T>(_model.Values.Layout, momentum: 0, nesterov: false, KernelCatalog.Default<T>());
        using var step = new TrainStep<T>(_model, sgd, _workers);
        return [.. Enumerable.Range(0, CellFixture.Updates).Select(_ => step.Run(_batch, CellFixture.LearningRate).Loss)];
    }

    public void Dispose()
    {
        _workers.Dispose();
        _tape.Dispose();
        _batch.Dispose();
        _model.Dispose();
    }

    /// <summary>Returns the state row after the last step of the sequence at a position in the batch.</summary>
    private ReadOnlySpan<T> LastState(int place)
    {
        int size = _model.Layers[0].FromStart.Shape.StateSize;
        return _tape.Layer(0).FromStart.Final.Span.Slice(place * size, size);
    }

    private double[] InOrder(int width, Func<int, ReadOnlySpan<T>> row)
    {
        var all = new double[_batch.Count * width];
        for (int place = 0; place < _batch.Count; place++)
            for (int i = 0; i < width; i++)
                all[(_batch.Order[place] * width) + i] = double.CreateChecked(row(place)[i]);
        return all;
    }

    private static Dictionary<string, double[]> Named(Parameters<T> parameters) =>
        parameters.Layout.Slices.ToDictionary(
            slice => slice.Name, slice => parameters.Span(slice).ToArray().Select(double.CreateChecked).ToArray());
}
