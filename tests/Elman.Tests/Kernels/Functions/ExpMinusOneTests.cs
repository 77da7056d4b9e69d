using System.Numerics;
using F = Elman.Kernels.Functions;

namespace Elman.Tests.Kernels.Functions;

public readonly struct ExpMinusOneFunction : IFunction
{
    public static int Column => 3;

    public static ulong Bits => 10438896077581555009;

    public static TLane Apply<TLane, T>(TLane x)
        where TLane : unmanaged, Elman.Kernels.ILane<TLane, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => F.ExpMinusOne<TLane, T>(x);

    // eˣ − 1 = (eˣ + 1)·tanh(x/2), which does not cancel near zero.
    public static double Reference(double x) => Math.Abs(x) < 1 ? (Math.Exp(x) + 1) * Math.Tanh(x / 2) : Math.Exp(x) - 1;
}

public class ExpMinusOneTests() : FunctionContract<ExpMinusOneFunction>(1.6, 1.9, 0, float.NegativeInfinity, double.NegativeInfinity)
{
    [Theory]
    [InlineData(0f, 0f)]
    [InlineData(1e-30f, 1e-30f)]
    [InlineData(-1e-30f, -1e-30f)]
    [InlineData(float.PositiveInfinity, float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity, -1f)]
    [InlineData(float.MinValue, -1f)]
    [InlineData(float.MaxValue, float.PositiveInfinity)]
    public void Exp_minus_one_at_zero_and_at_the_ends_is_exact(float x, float expected)
    {
        SameBits.Assert<float>([expected], [InFloat(x)]);
        SameBits.Assert<double>([expected], [InDouble(x)]);
    }

    [Fact]
    public void Exp_minus_one_never_falls_below_minus_one()
    {
        Assert.All(Mapping.Run<ExpMinusOneFunction, float>(Neighbours(-17.3f)), static y => Assert.True(y >= -1));
        for (double x = -39; x < -30; x += 1e-3)
            Assert.True(InDouble(x) >= -1);
    }

    [Fact]
    public void Exp_minus_one_keeps_the_sign_of_zero()
    {
        SameBits.Assert<float>([-0f, 0f], [InFloat(-0f), InFloat(0f)]);
        SameBits.Assert<double>([-0.0, 0.0], [InDouble(-0.0), InDouble(0.0)]);
    }
}
