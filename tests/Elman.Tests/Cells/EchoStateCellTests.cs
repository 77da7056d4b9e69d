using Elman.Cells;
using Elman.Models;
using Elman.Models.Streaming;
using Elman.Tests.Kernels;

namespace Elman.Tests.Cells;

public sealed class EchoStateCellTests
{
    [Theory]
    [InlineData("tanh")]
    [InlineData("relu")]
    public void Without_leak_it_is_the_simple_recurrent_network_to_the_bit(string activation)
    {
        using SequenceModel<float> esn = Create("esn", Activation.Parse(activation), leak: 1),
            rnn = Create("rnn", Activation.Parse(activation), leak: 0.3);
        Assert.True(rnn.Values.Buffer.Span.SequenceEqual(esn.Values.Buffer.Span));
        using ModelStream<float> first = new(esn), second = new(rnn);
        var random = new SeededRandom(4);
        for (int t = 0; t < 200; t++)
        {
            float[] x = [(float)random.NextNormal(), (float)random.NextNormal()];
            first.Step(x);
            second.Step(x);
            SameBits.Assert<float>(second.Output, first.Output);
        }
    }

    [Theory]
    [InlineData(0.05)]
    [InlineData(0.5)]
    public void The_old_state_is_kept_with_one_minus_the_leak_rate(double leak)
    {
        using SequenceModel<double> model = new(Spec("esn", Activation.Identity, leak) with { InputSize = 1, Layers = [1] });
        model.Values.Span(model.Layers[0].FromStart.Weights.Input)[0] = 2;
        model.Pack(forTraining: false);
        using var stream = new ModelStream<double>(model);
        stream.Step([3]);
        Assert.Equal(leak * 6, stream.Output[0], 1e-15);
        stream.Step([0]);
        Assert.Equal((1 - leak) * leak * 6, stream.Output[0], 1e-15);
    }

    [Theory]
    [InlineData("tanh", 0.9, 0.5, true)]
    [InlineData("tanh", 0.9, 1, true)]
    [InlineData("identity", 0.9, 1, true)]
    [InlineData("identity", 1.05, 1, false)]
    public void Below_a_spectral_radius_of_one_it_forgets_how_it_started(string activation, double radius, double leak, bool forgets)
    {
        using var model = new SequenceModel<double>(Spec("esn", Activation.Parse(activation), leak) with { Layers = [50] });
        model.Initialize(
            WeightInitialization.Rotation, new SeededRandom(3), reservoir: ReservoirShape.Default with { SpectralRadius = radius });
        model.Pack(forTraining: false);
        using ModelStream<double> one = new(model), other = new(model);
        var random = new SeededRandom(5);
        for (int t = 0; t < 5; t++)
            other.Step([10 * random.NextNormal(), 10 * random.NextNormal()]);
        for (int t = 0; t < 600; t++)
        {
            double[] x = [0.1 * random.NextNormal(), 0.1 * random.NextNormal()];
            one.Step(x);
            other.Step(x);
        }
        double apart = Enumerable.Range(0, 50).Max(i => Math.Abs(one.Output[i] - other.Output[i]));
        Assert.Equal(forgets, apart < 1e-9);
    }

    private static SequenceModel<float> Create(string cell, Activation activation, double leak)
    {
        var model = new SequenceModel<float>(Spec(cell, activation, leak));
        var random = new SeededRandom(1);
        foreach (ref float weight in model.Values.Buffer.Span)
            weight = (float)(0.3 * random.NextNormal());
        model.Pack(forTraining: false);
        return model;
    }

    private static ModelSpec Spec(string cell, Activation activation, double leak) => new()
    {
        Cell = cell == "esn" ? new EsnOptions { Activation = activation, LeakRate = leak } : new RnnOptions { Activation = activation },
        InputSize = 2,
        Layers = [17],
        OutputSize = 2,
    };
}
