using Elman.Optimizers;
using Elman.Packing;

namespace Elman.Tests.Optimizers;

public class GradientClippingTests
{
    [Theory]
    [InlineData(5.0, 3, 4)]
    [InlineData(7.0, 3, 4)]
    [InlineData(double.PositiveInfinity, 3, 4)]
    public void A_gradient_within_the_limit_passes_bit_for_bit(double limit, double a, double b)
    {
        using Parameters<double> gradients = Create(a, b);
        Assert.Equal(5, GradientClipping.ByNorm(gradients, limit));
        Assert.Equal([a, b], Read(gradients));
    }

    [Theory]
    [InlineData(2.5, 1.5, 2)]
    [InlineData(1, 0.6, 0.8)]
    [InlineData(1e-6, 6e-7, 8e-7)]
    public void A_longer_one_keeps_its_direction_and_gets_the_length_of_the_limit(double limit, double a, double b)
    {
        using Parameters<double> gradients = Create(3, 4);
        Assert.Equal(5, GradientClipping.ByNorm(gradients, limit));
        Assert.Equal(a, Read(gradients)[0], 1e-15);
        Assert.Equal(b, Read(gradients)[1], 1e-15);
    }

    [Fact]
    public void The_norm_is_over_all_parameters_and_in_double()
    {
        var layout = new ParameterLayout();
        ParameterSlice[] slices = [layout.Add("a", 17), layout.Add("b", 3, 5), layout.Add("c", 1)];
        using var gradients = new Parameters<float>(layout);
        foreach (ParameterSlice slice in slices)
            gradients.Span(slice).Fill(1e30f);
        double value = 1e30f;
        Assert.Equal(value * Math.Sqrt(33), GradientClipping.ByNorm(gradients, 1), 1e15);
        Assert.All(slices, slice => Assert.All(gradients.Span(slice).ToArray(), g => Assert.Equal(1 / Math.Sqrt(33), g, 1e-7)));
    }

    [Fact]
    public void A_gradient_of_zero_stays_zero()
    {
        using Parameters<double> gradients = Create(0, 0);
        Assert.Equal(0, GradientClipping.ByNorm(gradients, 1));
        Assert.Equal([0, 0], Read(gradients));
    }

    private static Parameters<double> Create(double a, double b)
    {
        var layout = new ParameterLayout();
        layout.Add("a", 1);
        layout.Add("b", 1);
        var gradients = new Parameters<double>(layout);
        gradients.Span(layout.Slices[0])[0] = a;
        gradients.Span(layout.Slices[1])[0] = b;
        return gradients;
    }

    private static double[] Read(Parameters<double> gradients) => [.. gradients.Layout.Slices.Select(slice => gradients.Span(slice)[0])];
}
