using System.Numerics;
using Elman.Kernels;
using Elman.Models;
using Elman.Packing;
using Elman.Recurrent;
using Elman.Sequences;

namespace Elman.Tests.Cells;

/// <summary>
/// Gradients of states that are halved at every step backward: below the normal numbers they are zero, since arithmetic with subnormal
/// numbers is many times slower on some processors.
/// </summary>
public sealed class VanishingGradientTests
{
    public static TheoryData<string> Cells => ["rnn", "indrnn", "gru", "lstm", "mingru", "minlstm"];

    [Theory]
    [MemberData(nameof(Cells))]
    public void A_state_gradient_below_the_normal_floats_becomes_zero(string cell)
    {
        // The gradient of the first state is 2^(1 − steps), or for the lstm 2^−steps; the smallest normal float is 2^−126.
        Assert.Contains(FirstStepGradients<float>(cell, steps: 120), gradient => gradient != 0);
        Assert.Contains(FirstStepGradients<double>(cell, steps: 130), gradient => gradient != 0);
        Assert.All(FirstStepGradients<float>(cell, steps: 130), gradient => Assert.Equal(0, gradient));
    }

    /// <summary>
    /// Returns the gradients of the input weights of one unit. The loss is its last output, only the first step has an input, and the
    /// gradient of a state is half of that of the next state: gates without weights are at σ(0) = ½, and recurrent weights are ½ if there
    /// are no gates.
    /// </summary>
    private static double[] FirstStepGradients<T>(string cell, int steps)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using var model = new SequenceModel<T>(new ModelSpec { Cell = cell, InputSize = 1, Layers = [1], OutputSize = 1 });
        RecurrentLayer<T> layer = model.Layers[0].FromStart;
        T half = T.CreateChecked(0.5);
        if (cell == "rnn")
            model.Values.Span(layer.Weights.Recurrent!).Fill(half);
        if (cell == "indrnn")
            model.Values.Span(layer.Weights.Diagonal!).Fill(half);
        model.Values.Span(model.Output.Weights).Fill(T.One);
        model.Pack(forTraining: true);

        float[] values = new float[steps];
        values[0] = 1;
        using var batch = new SequenceBatch<T>();
        batch.Fill(new SequenceDataset(1, ["a"], [new Sequence(values, 1, 0)]), [0], null);
        using var tape = new ModelTape<T>(keepsSteps: true);
        using var gradients = new Parameters<T>(model.Values.Layout);
        using var workers = new Workers(1);
        model.Forward(batch, tape, workers);
        tape.LogitsGradient.Resize(tape.Logits.Length);
        tape.LogitsGradient.Span.Fill(T.One);
        model.Backward(batch, tape, gradients, workers);
        return [.. gradients.Span(layer.Weights.Input).ToArray().Select(double.CreateChecked)];
    }
}
