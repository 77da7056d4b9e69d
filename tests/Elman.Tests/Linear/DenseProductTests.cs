using Elman.Kernels;
using Elman.Models;
using Elman.Sequences;
using Elman.Tests.Kernels;

namespace Elman.Tests.Linear;

/// <summary>The product with which the output layer of a model computes its outputs.</summary>
public sealed unsafe class DenseProductTests
{
    public static TheoryData<string, string> Readouts
    {
        get
        {
            var all = new TheoryData<string, string>();
            foreach (string set in KernelCatalog.All<float>().Select(set => set.Name))
                foreach (Readout readout in (Readout[])[Readout.Last, Readout.Mean, Readout.Counts,
                    Readout.CountsHalves, Readout.CountsFull])
                    all.Add(set, readout.ToString());
            return all;
        }
    }

    [Theory]
    [MemberData(nameof(Readouts))]
    public void Models_that_count_sum_in_many_chains_and_all_others_in_one(string set, string readout)
    {
        Readout kind = Readout.Parse(readout);
        bool counts = kind.Layout is not null;
        using SequenceModel<float> model = Model(kind, KernelCatalog.Choose<float>(set));
        using var tape = new ModelTape<float>(keepsSteps: false);
        using SequenceBatch<float> batch = Batch();
        using var workers = new Workers(1);
        model.Forward(batch, tape, workers);

        NativeBuffer<float> features = model.Features(batch, tape);
        int inputs = model.Output.InputSize, outputs = model.Output.OutputSize;
        float* w = model.Values[model.Output.Weights], bias = model.Values[model.Output.Bias];
        using NativeBuffer<float> expected = new(batch.Count * outputs);
        if (counts)
            PlainProduct<float>.MultiplyWide(
                features.Start, inputs, inputs, w, outputs, bias, expected.Start, outputs, batch.Count, outputs);
        else
            PlainProduct<float>.Multiply(
                RowOperand<float>.Of(features.Start, inputs, inputs), w, outputs, bias, 0, expected.Start, outputs, batch.Count, outputs);
        SameBits.Assert<float>(expected.Span, tape.Logits.Span);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void Threads_share_the_rows_and_change_no_bit(int threads)
    {
        using SequenceModel<float> model = Model(Readout.Counts, KernelCatalog.Default<float>(), units: 2_000);
        using NativeBuffer<float> features = Kernels.Products.Numbers.Native<float>(40 * model.Output.InputSize, 5),
            alone = new(40 * model.Output.OutputSize), shared = new(alone.Length);
        using Workers one = new(1), many = new(threads);
        Assert.True(many.PartsFor(40L * model.Output.Weights.Count) > 1);
        model.Output.Forward(features.Start, alone.Start, 40, one);
        model.Output.Forward(features.Start, shared.Start, 40, many);
        SameBits.Assert<float>(alone.Span, shared.Span);
    }

    private static SequenceModel<float> Model(Readout readout, KernelSet<float> kernels, int units = 37)
    {
        var model = new SequenceModel<float>(
            new ModelSpec { Cell = "oscillator", InputSize = 2, Layers = [units], OutputSize = 3, Readout = readout }, kernels);
        model.Initialize(WeightInitialization.Rotation, new SeededRandom(3));
        model.Pack(forTraining: false);
        return model;
    }

    private static SequenceBatch<float> Batch()
    {
        var random = new SeededRandom(4);
        var batch = new SequenceBatch<float>();
        batch.Fill([.. Enumerable.Range(0, 7 * 9 * 2).Select(_ => (float)random.NextNormal())], 7, 9, 2);
        return batch;
    }
}
