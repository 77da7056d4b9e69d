using System.Runtime.InteropServices;
using Elman.Models;
using Elman.Models.Streaming;
using Elman.Recurrent;
using Elman.Tests.Persistence;

namespace Elman.Tests.Recurrent;

/// <summary>Special properties of a layer of delay lines: its state has the size of its delays, and files may claim other delays.</summary>
public sealed class DelayLayerTests
{
    [Theory]
    [InlineData(1, 1, 9)]
    [InlineData(1, 7, 57)]
    [InlineData(3, 4, 99)]
    public void A_state_is_as_many_inputs_as_the_longest_delay_reaches_back(int inputs, int dilation, int numbers)
    {
        using SequenceModel<float> model = Create(inputs, [1, dilation, 1]);
        Assert.Equal(numbers, model.Layers[0].FromStart.Shape.StateSize);
    }

    [Fact]
    public void A_unit_hears_the_steps_of_its_taps_alone()
    {
        using SequenceModel<float> model = Create(1, [3]);
        var layer = (DelayLayer<float>)model.Layers[0].FromStart;
        Enumerable.Range(1, 9).Select(tap => (float)tap).ToArray().CopyTo(model.Values.Span(layer.Taps));
        model.Values.Span(layer.Weights.Input)[0] = 2;
        model.Values.Span(layer.Weights.Bias)[0] = 0.5f;
        model.Pack(forTraining: false);
        using var stream = new ModelStream<float>(model);
        for (int t = 0; t < 40; t++)
        {
            stream.Step([t == 0 ? 1 : 0]);
            Assert.Equal(0.5f + (t % 3 == 0 && t <= 24 ? 2 * ((t / 3) + 1) : 0), stream.Output[0]);
        }
    }

    [Fact]
    public void A_channel_that_no_unit_reads_is_not_looked_at()
    {
        using SequenceModel<float> model = Create(2, [1, 2]);
        float[] wx = [1, 0, 0, 0];
        wx.CopyTo(model.Values.Span(model.Layers[0].FromStart.Weights.Input));
        model.Pack(forTraining: false);
        using var stream = new ModelStream<float>(model);
        stream.Step([1, float.NaN]);
        Assert.All(stream.Output.ToArray(), y => Assert.True(float.IsFinite(y)));
    }

    [Theory]
    [InlineData(1, 131072)]
    [InlineData(16, 131072)]
    [InlineData(17, 123361)]
    [InlineData(65536, 32)]
    public void The_greatest_dilation_leaves_a_state_of_at_most_16_million_numbers(int inputs, int most) =>
        Assert.Equal(most, DelayLayer<float>.MostDilation(inputs));

    [Theory]
    [InlineData(0, "0")]
    [InlineData(-1, "-1")]
    [InlineData(1.5, "1.5")]
    [InlineData(131073, "131073")]
    [InlineData(float.NaN, "NaN")]
    [InlineData(float.PositiveInfinity, "Infinity")]
    public void A_file_with_another_dilation_is_refused(float dilation, string written)
    {
        using var file = new ModelFileEditing(new() { Cell = "delays" });
        byte[] bytes = MemoryMarshal.AsBytes<float>([1, dilation, 2]).ToArray();
        file.WithTensors(tensor => [tensor.Name == "rnn.0.dilations" ? tensor with { Bytes = bytes } : tensor]);
        file.AssertRefused($"Tensor 'rnn.0.dilations' has the value {written}; "
            + $"{(float.IsFinite(dilation) ? "it must have whole numbers from 1 to 131072." : "weights must be finite.")}");
    }

    [Fact]
    public void A_file_with_the_greatest_dilation_is_believed()
    {
        using var file = new ModelFileEditing(new() { Cell = "delays" });
        byte[] bytes = MemoryMarshal.AsBytes<float>([1, 131072, 2]).ToArray();
        file.WithTensors(tensor => [tensor.Name == "rnn.0.dilations" ? tensor with { Bytes = bytes } : tensor]);
        using var loaded = SequenceClassifier.Load(file.Path);
        Assert.Equal(1, loaded.PredictProbabilities(new Sequence(new float[6], 2)).ToArray().Sum(), 1e-5f);
    }

    private static SequenceModel<float> Create(int inputs, float[] dilations)
    {
        var model = new SequenceModel<float>(
            new ModelSpec { Cell = "delays", InputSize = inputs, Layers = [dilations.Length], OutputSize = 1 });
        dilations.CopyTo(model.Values.Span(((DelayLayer<float>)model.Layers[0].FromStart).Dilations));
        model.Pack(forTraining: false);
        return model;
    }
}
