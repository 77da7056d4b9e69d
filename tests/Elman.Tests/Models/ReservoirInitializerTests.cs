using Elman.Cells;
using Elman.Models;
using Elman.Packing;

namespace Elman.Tests.Models;

public class ReservoirInitializerTests
{
    [Theory]
    [InlineData(1, 0.1, 1)]
    [InlineData(3, 0.1, 3)]
    [InlineData(8, 0.1, 4)]
    [InlineData(45, 0.1, 5)]
    [InlineData(60, 0.25, 15)]
    [InlineData(60, 1.0, 60)]
    public void Every_unit_listens_to_as_many(int units, double density, int expected)
    {
        using SequenceModel<double> model = Create(units, ReservoirShape.Default with { Density = density });
        double[] wh = Values(model, model.Layers[0].FromStart.Weights.Recurrent!);
        for (int to = 0; to < units; to++)
            Assert.Equal(expected, Enumerable.Range(0, units).Count(from => wh[(from * units) + to] != 0));
    }

    [Theory]
    [InlineData(1, 0.9)]
    [InlineData(2, 0.5)]
    [InlineData(30, 1.2)]
    [InlineData(100, 0.9)]
    public void A_reservoir_has_the_requested_spectral_radius(int units, double radius)
    {
        // A state that depends only on Wh grows on average by the spectral radius per step.
        using SequenceModel<double> model = Create(units, ReservoirShape.Default with { SpectralRadius = radius });
        double[] wh = Values(model, model.Layers[0].FromStart.Weights.Recurrent!), h = [.. Enumerable.Repeat(1.0, units)];
        const int Steps = 20_000, Early = 2_000;
        double growth = 0;
        for (int t = 0; t < Steps; t++)
        {
            double[] next = new double[units];
            for (int i = 0; i < units; i++)
                for (int j = 0; j < units; j++)
                    next[j] += h[i] * wh[(i * units) + j];
            double length = Math.Sqrt(next.Sum(x => x * x));
            growth += t < Early ? 0 : Math.Log(length);
            h = [.. next.Select(x => x / length)];
        }
        Assert.Equal(radius, Math.Exp(growth / (Steps - Early)), radius * 1e-3);
    }

    [Fact]
    public void A_spectral_radius_of_0_leaves_units_that_see_the_input_alone()
    {
        using SequenceModel<double> model = Create(5, ReservoirShape.Default with { SpectralRadius = 0 });
        Assert.All(Values(model, model.Layers[0].FromStart.Weights.Recurrent!), w => Assert.Equal(0, w));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(40)]
    public void Inputs_of_deviation_one_drive_the_units_as_strongly_as_asked_however_many_there_are(int inputs)
    {
        using SequenceModel<double> model = Create(2000, ReservoirShape.Default with { InputScale = 0.7, SpectralRadius = 0 }, inputs);
        double[] wx = Values(model, model.Layers[0].FromStart.Weights.Input);
        Assert.Equal(0.7 * 0.7, wx.Sum(w => w * w) / 2000, 0.03); // the variance of x·Wx, the mean over the units
        Assert.InRange(wx.Max(Math.Abs), 0, 0.7 * Math.Sqrt(3.0 / inputs));
        double[] bias = Values(model, model.Layers[0].FromStart.Weights.Bias);
        Assert.InRange(bias.Max(), 0.18, ReservoirInitializer.BiasLimit);
        Assert.InRange(bias.Min(), -ReservoirInitializer.BiasLimit, -0.18);
    }

    [Fact]
    public void A_seed_fixes_every_number_and_every_layer_has_its_own()
    {
        using SequenceModel<double> one = Create(12, ReservoirShape.Default, layers: 2),
            two = Create(12, ReservoirShape.Default, layers: 2);
        Assert.True(one.Values.Buffer.Span.SequenceEqual(two.Values.Buffer.Span));
        Assert.NotEqual(Values(one, one.Layers[0].FromStart.Weights.Recurrent!), Values(one, one.Layers[1].FromStart.Weights.Recurrent!));
    }

    private static SequenceModel<double> Create(int units, ReservoirShape shape, int inputs = 3, int layers = 1)
    {
        var model = new SequenceModel<double>(
            new ModelSpec { Cell = "esn", InputSize = inputs, Layers = [.. Enumerable.Repeat(units, layers)], OutputSize = 1 });
        model.Initialize(WeightInitialization.Rotation, new SeededRandom(7), reservoir: shape);
        return model;
    }

    private static double[] Values(SequenceModel<double> model, ParameterSlice slice) => model.Values.Span(slice).ToArray();
}
