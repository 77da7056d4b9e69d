using Elman.Kernels;
using Elman.Models;
using Elman.Sequences;
using Elman.Tests.Fixtures;
using Elman.Tests.Oracles;

namespace Elman.Tests.Models;

/// <summary>Ragged batches through the whole stack, compared with the plain oracle that processes every sequence alone.</summary>
public sealed class SequenceModelTests : IDisposable
{
    private const int Inputs = 3, Hidden = 19, Classes = 4;

    private readonly SequenceModel<double> _model = new(new ModelSpec { InputSize = Inputs, Layers = [Hidden], OutputSize = Classes });
    private readonly SequenceBatch<double> _batch = new();
    private readonly ModelTape<double> _tape = new(keepsSteps: true);
    private readonly PlainSimpleRnn _plain;

    public SequenceModelTests()
    {
        _model.Initialize(WeightInitialization.Orthogonal, new SeededRandom(1));
        foreach (ref double bias in _model.Values.Span(_model.Layers[0].FromStart.Weights.Bias))
            bias = 0.1;
        _model.Pack(forTraining: true);
        double[][] arrays = [.. _model.Values.Layout.Slices.Select(slice => _model.Values.Span(slice).ToArray())];
        _plain = new PlainSimpleRnn(
            PlainActivation.All["tanh"], PlainWeights.From(new SimpleRnnArrays(arrays[0], arrays[1], arrays[2], arrays[3], arrays[4])));
    }

    public static TheoryData<int[], int> BatchesAndThreads => new MatrixTheoryData<int[], int>(
        [[1], [5, 5, 5], [1, 2, 3, 4, 5, 6, 7], [40, 1, 1, 40, 17], [900, 3, 600], [.. Enumerable.Range(1, 70)]], [1, 2, 3]);

    [Theory]
    [MemberData(nameof(BatchesAndThreads))]
    public void Gradients_of_ragged_batches_agree_with_one_sequence_at_a_time(int[] steps, int threads)
    {
        (SequenceDataset data, double[][][] plainBatch) = Fill(steps);
        using var workers = new Workers(threads);
        using var gradients = new Elman.Packing.Parameters<double>(_model.Values.Layout);
        _model.Forward(_batch, _tape, workers);
        _tape.LogitsGradient.Resize(_tape.Logits.Length);
        double loss = Elman.Losses.CrossEntropy.Evaluate<double>(_tape.Logits.Span, _batch.Labels, _tape.LogitsGradient.Span).Loss;
        _model.Backward(_batch, _tape, gradients, workers);

        int[] labels = [.. data.Select(sequence => sequence.Label)];
        Close.Assert("loss", [_plain.Loss(plainBatch, labels)], [loss], 1e-12, 0);
        foreach (var (slice, (name, expected)) in gradients.Layout.Slices.Zip(_plain.Gradients(plainBatch, labels).ToArrays().Named))
            Close.Assert(name, expected, gradients.Span(slice).ToArray(), 1e-10, 1e-12);
    }

    [Theory]
    [MemberData(nameof(BatchesAndThreads))]
    public void A_tape_that_keeps_no_steps_gives_the_logits_of_training_bit_for_bit(int[] steps, int threads)
    {
        Fill(steps);
        using var workers = new Workers(threads);
        _model.Forward(_batch, _tape, workers);
        double[] whole = _tape.Logits.Span.ToArray();
        using var tape = new ModelTape<double>(keepsSteps: false);
        _model.Forward(_batch, tape, workers);
        Assert.Equal(whole, tape.Logits.Span.ToArray());
    }

    [Fact]
    public void An_unknown_cell_is_refused() =>
        Assert.Contains("'no'", Assert.Throws<ArgumentException>(() => new SequenceModel<float>(_model.Spec with { Cell = "no" })).Message,
            StringComparison.Ordinal);

    public void Dispose()
    {
        _tape.Dispose();
        _batch.Dispose();
        _model.Dispose();
    }

    private (SequenceDataset Data, double[][][] Plain) Fill(int[] steps)
    {
        var numbers = new SplitMix64(2);
        var data = new SequenceDataset(Inputs, ["a", "b", "c", "d"], steps.Select((count, i) =>
            new Sequence(numbers.Even(2, count * Inputs).Select(x => (float)x).ToArray(), Inputs, i % Classes)));
        _batch.Fill(data, Enumerable.Range(0, data.Count).ToArray(), null);
        return (data, [.. data.Select(sequence => sequence.Values.ToArray().Select(x => (double)x).Chunk(Inputs).ToArray())]);
    }
}
