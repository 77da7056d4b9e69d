using Elman.Kernels;
using Elman.Linear;
using Elman.Models;
using Elman.Packing;
using Elman.Recurrent;

namespace Elman.Tests.Recurrent;

/// <summary>The formula of docs/performance.md for the memory of a training step, number by number.</summary>
public sealed class TapeMemoryTests
{
    [Theory]
    [InlineData("rnn", 24, 1, 1, 0)]
    [InlineData("gru", 24, 4, 1, 0)]
    [InlineData("gru GruReset", 24, 3, 1, 1)]
    [InlineData("lstm", 24, 4, 2, 0)]
    [InlineData("lstm", 1, 4, 2, 0)]
    [InlineData("lstm", 33, 4, 2, 0)]
    [InlineData("lstm Peepholes", 24, 4, 2, 0)]
    [InlineData("lstm CoupledGates", 24, 3, 2, 0)]
    [InlineData("lstm Peepholes CoupledGates GateClip", 21, 3, 2, 0)]
    public void A_training_step_keeps_what_the_formula_says(string cell, int units, int gates, int states, int inner)
    {
        const int Inputs = 4, Classes = 3;
        using var c = ContractCase<float>.Create(cell, Inputs, units, [5, 9, 2, 9, 1]);
        using var tape = new ModelTape<float>(keepsSteps: true);
        using var workers = new Workers(1);
        using var gradients = new Parameters<float>(c.Model.Values.Layout);
        c.Model.Forward(c.Batch, tape, workers);
        tape.LogitsGradient.Resize(tape.Logits.Length);
        c.Model.Backward(c.Batch, tape, gradients, workers);

        const int Rows = 5 + 9 + 2 + 9 + 1, Batch = 5;
        RecurrentTape<float> kept = tape.Layer(0).FromStart;
        int padded = Padded(units);
        Assert.Equal(Rows * (gates + states + inner) * padded, kept.Gates.Length + kept.States.Length + kept.Inner.Length);
        Assert.Equal(
            Batch * ((((3 * states) + inner) * padded) + (2 * units) + (2 * Classes)),
            kept.Final.Length + kept.Carry.Length + kept.StateGradient.Length + kept.InnerGradient.Length + tape.Readout.Features.Length
                + tape.Readout.FeatureGradient.Length + tape.Logits.Length + tape.LogitsGradient.Length);
        Assert.Equal(KernelCatalog.Default<float>().GradientScratchSize(Inputs, units), kept.Scratch.Length);
    }

    [Fact]
    public void A_projection_adds_the_cells_outputs_and_three_rows_of_its_own()
    {
        const int Units = 24, Projected = 3; // as in the variant
        (RecurrentTape<float> kept, int rows) = Kept("lstm Projection", Units);
        Assert.Equal(rows * ((2 * Padded(Units)) + Padded(Projected)), kept.States.Length);
        Assert.Equal(rows * (Units + Projected), kept.Projected.Outputs.Length + kept.Projected.Gradient.Length);
    }

    [Fact]
    public void Layer_normalisation_adds_two_rows_of_gates_and_a_number_for_each()
    {
        const int Units = 24, Gates = 4;
        (RecurrentTape<float> kept, int rows) = Kept("gru LayerNorm", Units);
        Assert.Equal(rows * Gates * ((2 * Padded(Units)) + 1),
            kept.Normalization.Normalized.Length + kept.Normalization.Gradient.Length + kept.Normalization.Inverses.Length);
    }

    [Theory]
    [InlineData("lru", 5)] // for the steps that are read last
    [InlineData("lru: mean", 26)]
    public void What_follows_a_linear_recurrence_is_kept_for_the_steps_whose_outputs_are_read(string variant, int read)
    {
        const int Units = 24;
        (RecurrentTape<float> kept, int rows) = Kept(variant, Units);
        GatedTape<float>[] tapes = [kept.Gated, kept.GatedLast];
        Assert.Equal(26, rows);
        Assert.Equal(read * ((8 * Units) + 1), tapes.Sum(tape => tape.States.Values.Length + tape.States.Gradient.Length
            + tape.Values.Length + tape.Gates.Length + tape.Normalized.Length + tape.Inverses.Length + tape.Skipped.Length));
    }

    [Fact]
    public void Inference_keeps_one_step_of_gates_and_two_of_states_however_long_the_sequences()
    {
        const int Units = 24;
        using var c = ContractCase<float>.Create("lstm", 4, Units, [50, 900, 7]);
        using var tape = new ModelTape<float>(keepsSteps: false);
        using var workers = new Workers(1);
        c.Model.Forward(c.Batch, tape, workers);
        Assert.Equal(3 * 4 * Padded(Units), tape.Layer(0).FromStart.Gates.Length);
        Assert.Equal(2 * 3 * 2 * Padded(Units), tape.Layer(0).FromStart.States.Length);
    }

    /// <summary>Returns the number of units including those that fill the last lane, for the lane width of this processor.</summary>
    private static int Padded(int units)
    {
        int lane = KernelCatalog.Default<float>().LaneWidth;
        return (units + lane - 1) / lane * lane;
    }

    /// <summary>Returns the first layer's tape after a training step on 26 rows of five sequences.</summary>
    private static (RecurrentTape<float> Kept, int Rows) Kept(string variant, int units)
    {
        using var c = ContractCase<float>.Of(variant, 4, [5, 9, 2, 9, 1], layers: units);
        var tape = new ModelTape<float>(keepsSteps: true);
        using var workers = new Workers(1);
        using var gradients = new Parameters<float>(c.Model.Values.Layout);
        c.Model.Forward(c.Batch, tape, workers);
        tape.LogitsGradient.Resize(tape.Logits.Length);
        c.Model.Backward(c.Batch, tape, gradients, workers);
        return (tape.Layer(0).FromStart, c.Batch.Rows);
    }
}
