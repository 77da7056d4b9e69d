using System.Numerics;
using F = Elman.Kernels.Functions;

namespace Elman.Tests.Kernels.Functions;

public readonly struct SigmoidFunction : IFunction
{
    public static int Column => 2;

    public static ulong Bits => 17180492275506908875;

    public static TLane Apply<TLane, T>(TLane x)
        where TLane : unmanaged, Elman.Kernels.ILane<TLane, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => F.Sigmoid<TLane, T>(x);

    public static double Reference(double x) => 1 / (1 + Math.Exp(-x));
}

public class SigmoidTests() : FunctionContract<SigmoidFunction>(5.5, 2.2, 0, -87.33f, -708.39)
{
    [Theory]
    [InlineData(0f, 0.5f)]
    [InlineData(float.Epsilon, 0.5f)]
    [InlineData(float.PositiveInfinity, 1f)]
    [InlineData(float.NegativeInfinity, 0f)]
    [InlineData(float.MaxValue, 1f)]
    [InlineData(float.MinValue, 0f)]
    public void Sigmoid_of_the_ends_and_the_middle_is_exact(float x, float expected)
    {
        SameBits.Assert<float>([expected], [InFloat(x)]);
        SameBits.Assert<double>([expected], [InDouble(x)]);
    }

    [Fact]
    public void Sigmoid_stays_between_zero_and_one()
    {
        Assert.All(Mapping.Run<SigmoidFunction, float>([.. TestNumbers.Singles(20_000).Where(static x => !float.IsNaN(x))]),
            static y => Assert.InRange(y, 0, 1));
        Assert.All(Mapping.Run<SigmoidFunction, double>([.. TestNumbers.Doubles(20_000).Where(static x => !double.IsNaN(x))]),
            static y => Assert.InRange(y, 0, 1));
    }

    [Fact]
    public void Sigmoid_below_the_normal_numbers_is_off_by_less_than_a_normal_number()
    {
        Assert.All(Mapping.Run<SigmoidFunction, float>(Neighbours(-88.37626f)), static y => Assert.InRange(y, 0, 1.2e-38f));
        Assert.InRange(InDouble(-709.5), 0, 2.3e-308);
        Assert.Equal(0.0, InDouble(-709.8));
    }

    [Fact]
    public void Sigmoid_is_right_to_3_3_ULP_where_it_is_not_tiny()
    {
        for (float x = -30; x < 20; x += 1.0007e-4f)
            Assert.InRange(Ulp.Error(InFloat(x), SigmoidFunction.Reference(x)), 0, 3.3);
    }

    [Fact]
    public void Sigmoid_of_negative_zero_is_a_half()
    {
        Assert.Equal(0.5f, InFloat(-0f));
        Assert.Equal(0.5f, (float)InDouble(-0.0));
    }
}
