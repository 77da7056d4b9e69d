using System.Numerics;
using F = Elman.Kernels.Functions;

namespace Elman.Tests.Kernels.Functions;

public readonly struct SoftplusFunction : IFunction
{
    public static int Column => 4;

    public static ulong Bits => 16443591641441541622;

    public static TLane Apply<TLane, T>(TLane x)
        where TLane : unmanaged, Elman.Kernels.ILane<TLane, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => F.Softplus<TLane, T>(x);

    public static double Reference(double x)
    {
        // ln(1 + u) with the correction of W. Kahan for what 1 + u rounds away.
        double u = Math.Exp(-Math.Abs(x)), sum = 1 + u;
        return Math.Max(x, 0) + (sum == 1 ? u : Math.Log(sum) * (u / (sum - 1)));
    }
}

public class SoftplusTests() : FunctionContract<SoftplusFunction>(1.83, 1.8, 2, float.NegativeInfinity, double.NegativeInfinity)
{
    [Theory]
    [InlineData(0f, 0.6931472f)]
    [InlineData(float.PositiveInfinity, float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity, 0f)]
    [InlineData(float.MinValue, 0f)]
    [InlineData(float.MaxValue, float.MaxValue)]
    [InlineData(100f, 100f)]
    public void Softplus_at_zero_and_far_out_is_exact(float x, float expected)
    {
        SameBits.Assert<float>([expected], [InFloat(x)]);
        SameBits.Assert<float>([expected], [(float)InDouble(x)]);
    }

    [Fact]
    public void Softplus_is_never_below_its_argument_or_zero()
    {
        foreach (float x in Neighbours(17.3f))
            Assert.True(InFloat(x) >= x);
        Assert.All(Mapping.Run<SoftplusFunction, float>(Neighbours(-103.97f)), static y => Assert.True(y >= 0));
    }

    [Fact]
    public void Softplus_of_negative_zero_is_that_of_zero()
    {
        Assert.Equal(0.6931472f, InFloat(-0f));
        Assert.Equal(0.6931472f, (float)InDouble(-0.0));
    }
}
