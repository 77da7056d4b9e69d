using System.Numerics;
using Elman.Kernels;
using Elman.Models;
using Elman.Packing;
using Elman.Sequences;
using Elman.Tests.Cells;
using Elman.Tests.Stack;

namespace Elman.Tests.Recurrent;

/// <summary>A small model of one cell with a ragged batch, for checking the contract of every cell.</summary>
internal sealed class ContractCase<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private ContractCase(SequenceModel<T> model, SequenceDataset data)
    {
        Model = model;
        Data = data;
        Batch = new SequenceBatch<T>();
        Batch.Fill(data, [.. Enumerable.Range(0, data.Count)], null);
    }

    public SequenceModel<T> Model { get; }

    public SequenceDataset Data { get; }

    public SequenceBatch<T> Batch { get; }

    /// <summary>The dropout rates of a pass that keeps its steps; the masks are always the same.</summary>
    public DropoutRates Rates { get; init; }

    /// <summary>Whether such a pass is a training pass, with all random parts of the model.</summary>
    public bool IsNoisy { get; init; }

    /// <summary>Creates a model of one layer with random weights and biases, and sequences of the given lengths.</summary>
    public static ContractCase<T> Create(
        string cell, int inputSize, int hiddenSize, int[] lengths, string kernels = "", Activation? activation = null,
        Func<CellOptions, CellOptions>? options = null)
    {
        CellOptions? uneven = UnevenCells.Find(cell);
        ModelSpec spec = StackVariants.Spec(uneven is null ? cell : "rnn") with { Layers = [hiddenSize] };
        CellOptions chosen = uneven ?? spec.Cell;
        chosen = options is null ? chosen : options(chosen);
        return Create(spec with { Cell = activation is null ? chosen : chosen.Set(nameof(RnnOptions.Activation), activation) }, inputSize,
            lengths, kernels);
    }

    /// <summary>
    /// Creates a model with a structure of <see cref="StackVariants"/>, with its layers as defined there or all of one size.
    /// </summary>
    public static ContractCase<T> Of(string variant, int inputSize, int[] lengths, string kernels = "", int layers = 0)
    {
        ModelSpec spec = StackVariants.Spec(variant);
        return Create(
            layers == 0 ? spec : spec with { Layers = [.. spec.Layers.Select(_ => layers)] }, inputSize, lengths, kernels, variant);
    }

    private static ContractCase<T> Create(
        ModelSpec spec, int inputSize, int[] lengths, string kernels, string variant = "")
    {
        const int Classes = 3;
        int hiddenSize = spec.Layers[0];
        var random = new SeededRandom(7);
        var model = new SequenceModel<T>(
            spec with { InputSize = inputSize, OutputSize = Classes }, KernelCatalog.Choose<T>(kernels));
        foreach (ParameterSlice slice in model.Values.Layout.Slices)
            foreach (ref T value in model.Values.Span(slice))
                value = T.CreateTruncating(
                    slice.MaxInteger is null ? random.NextNormal() / Math.Sqrt(hiddenSize + 2) : 1 + random.NextInt32(5));
        model.Pack(forTraining: true);
        IEnumerable<Sequence> sequences = lengths.Select((steps, i) =>
            new Sequence(Enumerable.Range(0, steps * inputSize).Select(_ => (float)random.NextNormal()).ToArray(), inputSize, i % Classes));
        return new ContractCase<T>(model, new SequenceDataset(inputSize, ["a", "b", "c"], sequences))
        {
            Rates = StackVariants.Rates(variant),
            IsNoisy = StackVariants.Noisy.Contains(variant),
        };
    }

    /// <summary>Returns the logits of every sequence, in the order of the data set.</summary>
    public T[] Logits(int threads = 1)
    {
        using ModelTape<T> tape = TrainingTape();
        using var workers = new Workers(threads);
        Model.Forward(Batch, tape, workers);
        return InOrder(Batch, tape);
    }

    /// <summary>Whether the model has a backward pass.</summary>
    public bool HasGradient => CellVariants.HasGradient(Model.Spec.Cell.Name);

    /// <summary>
    /// Returns the loss and the gradients, including gaps of the layout; no gradients if the model refuses the backward pass, which is
    /// checked.
    /// </summary>
    public (double Loss, T[] Gradients) Differentiate(int threads = 1)
    {
        using ModelTape<T> tape = TrainingTape();
        using var workers = new Workers(threads);
        using var gradients = new Parameters<T>(Model.Values.Layout);
        Model.Forward(Batch, tape, workers);
        tape.LogitsGradient.Resize(tape.Logits.Length);
        double loss = Elman.Losses.CrossEntropy.Evaluate(tape.Logits.Span, Batch.Labels, tape.LogitsGradient.Span).Loss;
        if (!HasGradient)
        {
            Assert.Throws<NotSupportedException>(() => Model.Backward(Batch, tape, gradients, workers));
            return (loss, []);
        }
        Model.Backward(Batch, tape, gradients, workers);
        return (loss, gradients.Buffer.Span.ToArray());
    }

    public T[] InOrder(SequenceBatch<T> batch, ModelTape<T> tape)
    {
        int classes = Model.Spec.OutputSize;
        var logits = new T[batch.Count * classes];
        for (int place = 0; place < batch.Count; place++)
            tape.Logits.Span.Slice(place * classes, classes).CopyTo(logits.AsSpan(batch.Order[place] * classes));
        return logits;
    }

    /// <summary>Returns a tape for training, with drawn masks.</summary>
    private ModelTape<T> TrainingTape()
    {
        var tape = new ModelTape<T>(keepsSteps: true);
        if (IsNoisy)
            Model.DrawNoise(Batch, tape, Rates, new SeededRandom(5));
        return tape;
    }

    public void Dispose()
    {
        Batch.Dispose();
        Model.Dispose();
    }
}
