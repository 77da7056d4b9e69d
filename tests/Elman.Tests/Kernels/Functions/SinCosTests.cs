namespace Elman.Tests.Kernels.Functions;

public sealed class SinCosTests
{
    [Fact]
    public void Both_agree_with_the_platform_over_some_turns()
    {
        for (double angle = -20; angle <= 20; angle += 0.000977)
        {
            (double sin, double cos) = Elman.Kernels.Functions.SinCos(angle);
            Assert.Equal(Math.Sin(angle), sin, 4e-16);
            Assert.Equal(Math.Cos(angle), cos, 4e-16);
        }
    }

    [Theory]
    [InlineData(0, 0, 1)]
    [InlineData(Math.PI / 2, 1, 6.123233995736766e-17)]
    [InlineData(Math.PI, 1.2246467991473532e-16, -1)]
    [InlineData(-Math.PI / 2, -1, 6.123233995736766e-17)]
    public void Quarter_turns_are_as_exact_as_the_angle(double angle, double sin, double cos)
    {
        (double s, double c) = Elman.Kernels.Functions.SinCos(angle);
        Assert.Equal(sin, s, 1e-31);
        Assert.Equal(cos, c, 1e-31);
    }

    [Theory]
    [InlineData(1e-300)]
    [InlineData(3.0)]
    [InlineData(5000.25)]
    public void A_negative_angle_has_the_negative_sine_and_the_same_cosine(double angle)
    {
        (double sin, double cos) = Elman.Kernels.Functions.SinCos(angle);
        Assert.Equal((-sin, cos), Elman.Kernels.Functions.SinCos(-angle));
    }
}
