using Elman.Kernels;
using Elman.Models;
using Elman.Tests.Oracles;
using Elman.Tests.Recurrent;

namespace Elman.Tests.Readouts;

/// <summary>The features of readouts, compared with plain loops, also for more steps than a mean sums at a time.</summary>
public sealed class ReadoutTests
{
    private const int Width = 6;

    [Theory]
    [InlineData("mean")]
    [InlineData("max")]
    [InlineData("attention")]
    public void Features_are_those_of_a_plain_loop_over_a_sequences_own_steps(string readout)
    {
        using var c = ContractCase<double>.Of($"gru: {readout}", inputSize: 2, [600, 1, 255, 256, 257, 3, 512, 513]);
        using var tape = new ModelTape<double>(keepsSteps: true);
        using var workers = new Workers(1);
        c.Model.Forward(c.Batch, tape, workers);
        double[] outputs = tape.Layer(0).Outputs.Span.ToArray();
        for (int place = 0; place < c.Batch.Count; place++)
        {
            double[][] steps = [.. Enumerable.Range(0, c.Batch.Lengths[place])
                .Select(t => outputs[((c.Batch.RowOf(t) + place) * Width)..][..Width])];
            double[] weights = readout == "attention" ? Attention(c.Model, steps) : [.. steps.Select(_ => 1.0 / steps.Length)];
            double[] expected = [.. Enumerable.Range(0, Width)
                .Select(j => readout == "max" ? steps.Max(y => y[j]) : steps.Zip(weights, (y, w) => w * y[j]).Sum())];
            Close.Assert($"features of {steps.Length} steps", expected, tape.Readout.Features.Span.Slice(place * Width, Width).ToArray(),
                relative: 1e-12, floor: 1e-13);
        }
    }

    private static double[] Attention(SequenceModel<double> model, double[][] steps)
    {
        double[] w = Of("attention.w"), b = Of("attention.b"), v = Of("attention.v");
        double[] e = [.. steps.Select(y => Math.Exp(
            Enumerable.Range(0, Width).Sum(k => v[k] * Math.Tanh(b[k] + Enumerable.Range(0, Width).Sum(j => y[j] * w[(j * Width) + k])))))];
        return [.. e.Select(value => value / e.Sum())];

        double[] Of(string name) => model.Values.Span(model.Values.Layout.Slices.Single(slice => slice.Name == name)).ToArray();
    }
}
