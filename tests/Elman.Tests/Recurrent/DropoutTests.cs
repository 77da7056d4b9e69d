using Elman.Kernels;
using Elman.Models;
using Elman.Models.Streaming;
using Elman.Recurrent;
using Elman.Tests.Oracles;
using Elman.Tests.Stack;

namespace Elman.Tests.Recurrent;

/// <summary>The effects of dropout and zoneout with known masks.</summary>
public sealed class DropoutTests
{
    public static TheoryData<string> Cells => ["rnn", "gru", "gru GruReset", "lstm", "lstm Peepholes CoupledGates"];

    /// <summary>Rates that are multiples of 2⁻¹⁶, and others.</summary>
    public static TheoryData<string, double> CellsAndRates =>
        new(from cell in Cells from rate in (double[])[0.25, 0.1, 0.00001, 0.99999] select (cell.Data, rate));

    [Theory]
    [MemberData(nameof(Cells))]
    public void Recurrent_dropout_of_one_sequence_scales_the_rows_of_Wh(string cell)
    {
        using var c = ContractCase<double>.Create(cell, inputSize: 3, hiddenSize: 9, [12]);
        using var dropping = new ModelTape<double>(keepsSteps: true);
        using var workers = new Workers(1);
        c.Model.DrawNoise(c.Batch, dropping, new DropoutRates(0, 0.5), new SeededRandom(8));
        c.Model.Forward(c.Batch, dropping, workers);

        RecurrentLayer<double> layer = c.Model.Layers[0].FromStart;
        double[] mask = dropping.Layer(0).FromStart.RecurrentMask.Values.Span[..9].ToArray();
        Assert.Contains(0.0, mask);
        Assert.Contains(2.0, mask);
        Span<double> wh = c.Model.Values.Span(layer.Weights.Recurrent!);
        for (int i = 0; i < wh.Length; i++)
            wh[i] *= mask[i / layer.Weights.Recurrent!.Shape[1]];
        c.Model.Pack(forTraining: true);
        Close.Assert("logits", c.Logits(), dropping.Logits.Span.ToArray(), relative: 1e-12, floor: 1e-13);
    }

    [Fact]
    public void Dropout_between_layers_multiplies_what_the_upper_one_reads()
    {
        using var c = ContractCase<double>.Of("gru: two layers", inputSize: 3, [5, 2, 4]);
        using var plain = new ModelTape<double>(keepsSteps: true);
        using var dropping = new ModelTape<double>(keepsSteps: true);
        using var workers = new Workers(1);
        c.Model.Forward(c.Batch, plain, workers);
        c.Model.DrawNoise(c.Batch, dropping, new DropoutRates(0.25, 0), new SeededRandom(8));
        c.Model.Forward(c.Batch, dropping, workers);

        double[] mask = dropping.Layer(1).InputMask.Values.Span.ToArray();
        Assert.Equal([0.0, 4.0 / 3], mask.Distinct().Order());
        Assert.Equal(plain.Layer(0).Outputs.Span.ToArray(), dropping.Layer(0).Outputs.Span.ToArray());
        Assert.Equal(plain.Layer(0).Outputs.Span.ToArray().Zip(mask, (y, m) => y * m), dropping.Layer(1).Dropped.Span.ToArray());
        Assert.Equal(0, dropping.Layer(0).InputMask.Values.Length); // the data themselves are not dropped
    }

    [Fact]
    public void Before_the_output_layer_the_features_are_dropped()
    {
        using var c = ContractCase<double>.Of("rnn: mean", inputSize: 3, [5, 2, 4]);
        using var tape = new ModelTape<double>(keepsSteps: true);
        using var workers = new Workers(1);
        c.Model.DrawNoise(c.Batch, tape, new DropoutRates(0.5, 0), new SeededRandom(8));
        c.Model.Forward(c.Batch, tape, workers);
        double[] mask = tape.FeatureMask.Values.Span.ToArray();
        Assert.Equal([0.0, 2.0], mask.Distinct().Order());
        Assert.Equal(tape.Readout.Features.Span.ToArray().Zip(mask, (y, m) => y * m), tape.Dropped.Span.ToArray());
    }

    [Fact]
    public void On_average_a_mask_changes_nothing()
    {
        using var mask = new DropoutMask<double>();
        double sum = 0;
        for (ulong key = 0; key < 400; key++)
        {
            mask.Choose(0.3, key);
            mask.Draw(0, rows: 10, columns: 25, stride: 25);
            sum += mask.Values.Span.ToArray().Sum();
        }
        Assert.Equal(1, sum / 100_000, tolerance: 0.011); // five standard deviations
    }

    [Fact]
    public void The_padding_of_a_row_has_no_part_in_what_is_drawn()
    {
        using var tight = new DropoutMask<float>();
        using var padded = new DropoutMask<float>();
        tight.Choose(0.5, key: 3);
        tight.Draw(0, rows: 7, columns: 5, stride: 5);
        padded.Choose(0.5, key: 3);
        padded.Draw(0, rows: 7, columns: 5, stride: 16);
        for (int row = 0; row < 7; row++)
            Assert.Equal(tight.Values.Span.Slice(row * 5, 5).ToArray(), padded.Values.Span.Slice(row * 16, 5).ToArray());
    }

    [Fact]
    public void A_mask_drawn_in_pieces_is_the_mask_drawn_at_once()
    {
        using var whole = new DropoutMask<float>();
        using var piece = new DropoutMask<float>();
        whole.Choose(0.5, key: 3);
        whole.Draw(0, rows: 9, columns: 5, stride: 5);
        piece.Choose(0.5, key: 3);
        foreach ((int first, int rows) in ((int, int)[])[(4, 5), (0, 1), (1, 3)])
        {
            piece.Draw(first, rows, columns: 5, stride: 5);
            Assert.Equal(whole.Values.Span.Slice(first * 5, rows * 5).ToArray(), piece.Values.Span.ToArray());
        }
    }

    [Theory]
    [MemberData(nameof(CellsAndRates))]
    public void The_mean_of_zoneout_over_one_step_is_what_inference_does(string cell, double rate)
    {
        // h after one step from a known state: with zoneout p, (1 − p)·h̃ + p·h_{t−1}, exactly in inference and on average in training.
        ModelSpec spec = StackVariants.Spec(cell) with { InputSize = 2, Layers = [8], OutputSize = 2, Zoneout = rate };
        using var with = new SequenceModel<double>(spec);
        using var without = new SequenceModel<double>(spec with { Zoneout = 0 });
        with.Initialize(WeightInitialization.Glorot, new SeededRandom(3));
        without.Values.CopyFrom(with.Values);
        with.Pack(forTraining: false);
        without.Pack(forTraining: false);
        using var kept = new ModelStream<double>(with);
        using var fresh = new ModelStream<double>(without);
        kept.Step([1, -1]);
        fresh.Step([1, -1]);
        // From h_0 = 0.
        Close.Assert("h", [.. fresh.Output.ToArray().Select(h => (1 - rate) * h)], kept.Output.ToArray(), relative: 1e-14, floor: 1e-15);
    }

    [Fact]
    public void Zoneout_in_training_keeps_some_units_as_they_were_and_takes_the_others()
    {
        ModelSpec spec = StackVariants.Spec("rnn") with { InputSize = 1, Layers = [64], OutputSize = 2, Zoneout = 0.5 };
        using var model = new SequenceModel<double>(spec);
        model.Initialize(WeightInitialization.Glorot, new SeededRandom(3));
        model.Pack(forTraining: true);
        using var batch = new Elman.Sequences.SequenceBatch<double>();
        batch.Fill([1.0], count: 1, steps: 1, channels: 1);
        using var tape = new ModelTape<double>(keepsSteps: true);
        using var workers = new Workers(1);
        model.DrawNoise(batch, tape, default, new SeededRandom(1));
        model.Forward(batch, tape, workers);

        double[] wx = model.Values.Span(model.Layers[0].FromStart.Weights.Input).ToArray(), h = tape.Readout.Features.Span.ToArray();
        int keptUnits = h.Count(value => value == 0);
        Assert.InRange(keptUnits, 12, 52); // 32 ± five standard deviations
        Assert.All(h.Zip(wx), pair => Assert.True(pair.First == 0 || Math.Abs(pair.First - Math.Tanh(pair.Second)) < 1e-15));
    }
}
