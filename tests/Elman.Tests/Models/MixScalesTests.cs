using Elman.Cells;
using Elman.Kernels;
using Elman.Models;
using Elman.Packing;
using Elman.Recurrent;
using Elman.Sequences;
using Elman.Tests.Kernels;
using Elman.Tests.Oracles;

namespace Elman.Tests.Models;

public sealed class MixScalesTests
{
    [Theory]
    [InlineData(false, "counts")]
    [InlineData(true, "counts-full")]
    [InlineData(false, "last")]
    public void Weights_of_a_unit_are_divided_by_the_deviation_of_its_output(bool bidirectional, string readout)
    {
        using SequenceModel<float> model = Create(bidirectional, Readout.Parse(readout), 37),
            plain = Create(bidirectional, Readout.Counts, 37, mix: false);
        SequenceDataset data = Data(7, 90); // fewer than are drawn, so all of them
        var layers = model.Layers[0].FromEnd is { } fromEnd ? [model.Layers[0].FromStart, fromEnd] : new[] { model.Layers[0].FromStart };
        float[][] drawn = [.. layers.Select(layer => Weights(model, layer))];
        using var workers = new Workers(2);
        MixScales.Set(model, data, Values, new SeededRandom(1), workers, default);

        foreach (ParameterSlice slice in plain.Values.Layout.Slices.Where(slice => slice.Name.StartsWith("rnn", StringComparison.Ordinal)))
            model.Values.Span(model.Values.Layout.Slices.Single(other => other.Name == slice.Name)).CopyTo(plain.Values.Span(slice));
        plain.Pack(forTraining: false);
        for (int direction = 0; direction < layers.Length; direction++)
        {
            double[] deviations = [.. Enumerable.Range(0, 37).Select(unit => Deviation(Outputs(plain, data, (direction * 37) + unit)))];
            double[] expected = [.. drawn[direction].Select((weight, i) => Partner(i) < 37 ? weight / deviations[Partner(i)] : weight)];
            Close.Assert("weights", expected, [.. Weights(model, layers[direction]).Select(weight => (double)weight)], 1e-4, 1e-4);
        }

        static int Partner(int i) => (i % 37 / 16 * 16) + (i / 37);
    }

    [Fact]
    public void An_output_that_never_moves_keeps_its_weights()
    {
        using SequenceModel<float> model = Create(bidirectional: false, Readout.CountsFull, 5);
        float[] drawn = Weights(model, model.Layers[0].FromStart);
        using var workers = new Workers(1);
        MixScales.Set(model, new SequenceDataset(1, [], [new Sequence(new float[9], 1)]), Values, new SeededRandom(1), workers, default);
        Assert.Equal(drawn, Weights(model, model.Layers[0].FromStart));
    }

    [Fact]
    public void Threads_change_no_bit_twenty_sequences_are_drawn_and_a_model_that_mixes_nothing_draws_none()
    {
        SequenceDataset data = Data(50, 60);
        float[][] weights = [.. Enumerable.Range(1, 4).Select(threads => Scaled(data, threads))];
        Assert.All(weights, other => SameBits.Assert<float>(weights[0], other));
        Assert.NotEqual(weights[0], Scaled(data.Subset([.. Enumerable.Range(0, 20)]), 1));

        var random = new SeededRandom(4);
        using SequenceModel<float> plain = Create(false, Readout.Counts, 5, mix: false);
        using var workers = new Workers(1);
        MixScales.Set(plain, data, Values, random, workers, default);
        Assert.Equal(new SeededRandom(4).NextUInt64(), random.NextUInt64());

        static float[] Scaled(SequenceDataset data, int threads)
        {
            using SequenceModel<float> model = Create(bidirectional: false, Readout.CountsFull, 20, 17);
            using var workers = new Workers(threads);
            MixScales.Set(model, data, Values, new SeededRandom(1), workers, default);
            return [.. Weights(model, model.Layers[0].FromStart), .. Weights(model, model.Layers[1].FromStart)];
        }
    }

    private static Preprocessing Values => new(MissingValues.Refuse, 1);

    private static float[] Weights(SequenceModel<float> model, RecurrentLayer<float> layer) =>
        model.Values.Span(((MixedOscillatorLayer<float>)layer).Mix.Weights).ToArray();

    private static double Deviation(double[] values) => Math.Sqrt(values.Average(value => Math.Pow(value - values.Average(), 2)));

    private static double[] Outputs(SequenceModel<float> model, SequenceDataset data, int unit)
    {
        using var batch = new SequenceBatch<float>();
        using var tape = new ModelTape<float>(keepsSteps: true);
        using var workers = new Workers(1);
        batch.Fill(data, [.. Enumerable.Range(0, data.Count)], null);
        model.Forward(batch, tape, workers);
        int width = model.Layers[0].OutputSize;
        float[] outputs = tape.Layer(0).Outputs.Span.ToArray();
        return [.. Enumerable.Range(0, outputs.Length / width).Select(row => (double)outputs[(row * width) + unit])];
    }

    private static SequenceModel<float> Create(bool bidirectional, Readout readout, params int[] units) =>
        Create(bidirectional, readout, LayerSizes.Create(units), true);

    private static SequenceModel<float> Create(bool bidirectional, Readout readout, int units, bool mix) =>
        Create(bidirectional, readout, [units], mix);

    private static SequenceModel<float> Create(bool bidirectional, Readout readout, LayerSizes layers, bool mix)
    {
        var model = new SequenceModel<float>(new ModelSpec
        {
            Cell = new OscillatorOptions { Mix = mix },
            InputSize = 1,
            Layers = layers,
            OutputSize = 2,
            Bidirectional = bidirectional,
            Readout = readout,
        });
        model.Initialize(WeightInitialization.Rotation, new SeededRandom(7), reservoir: ReservoirShape.Default with { MedianSteps = 60 });
        model.Pack(forTraining: false);
        return model;
    }

    private static SequenceDataset Data(int count, int steps)
    {
        var random = new SeededRandom(5);
        return new SequenceDataset(1, [], Enumerable.Range(0, count)
            .Select(i => new Sequence(Enumerable.Range(0, steps - i).Select(_ => (float)random.NextNormal()).ToArray(), 1)));
    }
}
