using System.Numerics;
using F = Elman.Kernels.Functions;

namespace Elman.Tests.Kernels.Functions;

public readonly struct TanhFunction : IFunction
{
    public static int Column => 0;

    public static ulong Bits => 11197817817719897912;

    public static TLane Apply<TLane, T>(TLane x)
        where TLane : unmanaged, Elman.Kernels.ILane<TLane, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => F.Tanh<TLane, T>(x);

    public static double Reference(double x) => Math.Tanh(x);
}

public class TanhTests() : FunctionContract<TanhFunction>(2.6, 2.6, 0, float.NegativeInfinity, double.NegativeInfinity)
{
    [Fact]
    public void Tanh_is_odd_to_the_bit()
    {
        foreach (float x in TestNumbers.Singles(5000))
            SameBits.Assert<float>([-InFloat(x)], [InFloat(-x)]);
        foreach (double x in TestNumbers.Doubles(5000))
            SameBits.Assert<double>([-InDouble(x)], [InDouble(-x)]);
    }

    [Theory]
    [InlineData(0f)]
    [InlineData(float.Epsilon)]
    [InlineData(-1e-40f)]
    [InlineData(1.1754944e-38f)]
    [InlineData(1e-20f)]
    public void Tanh_of_a_tiny_number_is_the_number(float x)
    {
        SameBits.Assert<float>([x], [InFloat(x)]);
        SameBits.Assert<double>([x], [InDouble(x)]);
    }

    [Theory]
    [InlineData(8.6641f)]
    [InlineData(9.0109f)]
    [InlineData(10f)]
    [InlineData(11f)]
    [InlineData(1e30f)]
    [InlineData(float.MaxValue)]
    [InlineData(float.PositiveInfinity)]
    public void Tanh_saturates_at_exactly_one_in_float(float x)
    {
        Assert.Equal(1f, InFloat(x));
        Assert.Equal(-1f, InFloat(-x));
    }

    [Theory]
    [InlineData(18.715)]
    [InlineData(20)]
    [InlineData(21)]
    [InlineData(1e300)]
    [InlineData(double.PositiveInfinity)]
    public void Tanh_saturates_at_exactly_one_in_double(double x)
    {
        Assert.Equal(1.0, InDouble(x));
        Assert.Equal(-1.0, InDouble(-x));
    }

    [Fact]
    public void Tanh_never_leaves_the_unit_interval()
    {
        Assert.All(Mapping.Run<TanhFunction, float>(Neighbours(8.65f)), static y => Assert.InRange(y, -1, 1));
        double x = 18;
        for (int i = 0; i < 20_000; i++, x += 5e-5)
            Assert.InRange(InDouble(x), -1, 1);
    }

    [Fact]
    public void Tanh_keeps_the_sign_of_zero()
    {
        SameBits.Assert<float>([-0f, 0f], [InFloat(-0f), InFloat(0f)]);
        SameBits.Assert<double>([-0.0, 0.0], [InDouble(-0.0), InDouble(0.0)]);
    }
}
