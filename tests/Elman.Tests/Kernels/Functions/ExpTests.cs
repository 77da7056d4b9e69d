using System.Numerics;
using F = Elman.Kernels.Functions;

namespace Elman.Tests.Kernels.Functions;

public readonly struct ExpFunction : IFunction
{
    public static int Column => 1;

    public static ulong Bits => 10771116086452853463;

    public static TLane Apply<TLane, T>(TLane x)
        where TLane : unmanaged, Elman.Kernels.ILane<TLane, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => F.Exp<TLane, T>(x);

    public static double Reference(double x) => Math.Exp(x);
}

public class ExpTests() : FunctionContract<ExpFunction>(1.05, 1.0, 0, float.NegativeInfinity, double.NegativeInfinity)
{
    [Theory]
    [InlineData(0f, 1f)]
    [InlineData(float.Epsilon, 1f)]
    [InlineData(float.PositiveInfinity, float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity, 0f)]
    [InlineData(float.MaxValue, float.PositiveInfinity)]
    [InlineData(float.MinValue, 0f)]
    public void Exp_of_the_ends_and_the_middle_is_exact(float x, float expected)
    {
        SameBits.Assert<float>([expected], [InFloat(x)]);
        SameBits.Assert<double>([expected], [InDouble(x)]);
    }

    [Fact]
    public void Exp_in_float_is_finite_up_to_the_logarithm_of_the_greatest_float()
    {
        Assert.True(float.IsFinite(InFloat(88.72283f)));
        Assert.Equal(float.PositiveInfinity, InFloat(88.7229f));
    }

    [Fact]
    public void Exp_in_double_is_finite_up_to_the_logarithm_of_the_greatest_double()
    {
        Assert.True(double.IsFinite(InDouble(709.782712893384)));
        Assert.Equal(double.PositiveInfinity, InDouble(709.7827128933841));
    }

    [Fact]
    public void Exp_underflows_gradually()
    {
        Assert.Equal(float.Epsilon, InFloat(-103.5f));
        Assert.Equal(0f, InFloat(-103.98f));
        Assert.Equal(double.Epsilon, InDouble(-744.9));
        Assert.Equal(0.0, InDouble(-745.14));
    }

    [Fact]
    public void Exp_of_negative_zero_is_one()
    {
        Assert.Equal(1, InFloat(-0f));
        Assert.Equal(1, (float)InDouble(-0.0));
    }
}
