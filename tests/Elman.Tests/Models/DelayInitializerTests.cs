using Elman.Cells;
using Elman.Models;
using Elman.Recurrent;

namespace Elman.Tests.Models;

public sealed class DelayInitializerTests
{
    private const int Units = 2000;

    [Fact]
    public void Three_taps_are_2_and_six_are_minus_1_at_any_place()
    {
        using SequenceModel<double> model = Create(steps: 100);
        double[] taps = model.Values.Span(Layer(model).Taps).ToArray();
        string[] kernels = [.. Enumerable.Range(0, Units)
            .Select(unit => string.Concat(Enumerable.Range(0, 9).Select(j => taps[(j * Units) + unit] == 2 ? '2' : '-')))];
        Assert.All(taps, tap => Assert.Contains(tap, (double[])[2, -1]));
        Assert.All(kernels, kernel => Assert.Equal(3, kernel.Count(tap => tap == '2')));
        Assert.Equal(84, kernels.Distinct().Count());
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(9, 1)]
    [InlineData(16, 1)]
    [InlineData(17.5, 2)]
    [InlineData(801, 100)]
    public void Dilations_reach_from_one_to_an_eighth_of_a_sequence_evenly_in_their_logarithms(double steps, int most)
    {
        using SequenceModel<double> model = Create(steps);
        double[] dilations = [.. model.Values.Span(Layer(model).Dilations).ToArray().Order()];
        Assert.All(dilations, dilation => Assert.Equal(Math.Round(dilation), dilation));
        Assert.Equal(1, dilations[0]);
        Assert.InRange(dilations[^1], most == 1 ? 1 : 0.95 * most - 1, most);
        if (most >= 100)
            Assert.InRange(dilations[Units / 2], 8, 11);
    }

    [Fact]
    public void A_kernel_reaches_no_further_than_a_state_may_be_large()
    {
        using SequenceModel<double> model = Create(steps: 1e9, inputs: 100);
        Assert.InRange(model.Values.Span(Layer(model).Dilations).ToArray().Max(), 10_000, DelayLayer<double>.MostDilation(100));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(40, 9)]
    public void A_unit_reads_a_few_of_the_inputs_and_has_no_bias(int inputs, int most)
    {
        using SequenceModel<double> model = Create(100, inputs);
        double[] wx = model.Values.Span(Layer(model).Weights.Input).ToArray();
        Assert.Equal(Enumerable.Range(1, most), Enumerable.Range(0, Units)
            .Select(unit => Enumerable.Range(0, inputs).Count(i => wx[(i * Units) + unit] != 0)).Distinct().Order());
        Assert.All(model.Values.Span(Layer(model).Weights.Bias).ToArray(), b => Assert.Equal(0, b));
    }

    private static DelayLayer<double> Layer(SequenceModel<double> model) => (DelayLayer<double>)model.Layers[0].FromStart;

    private static SequenceModel<double> Create(double steps, int inputs = 3)
    {
        var model = new SequenceModel<double>(new ModelSpec { Cell = "delays", InputSize = inputs, Layers = [Units], OutputSize = 1 });
        model.Initialize(
            WeightInitialization.Rotation, new SeededRandom(7), reservoir: ReservoirShape.Default with { MedianSteps = steps });
        return model;
    }
}
