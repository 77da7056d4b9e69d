using System.Numerics;
using Elman.Kernels;
using F = Elman.Kernels.Functions;

namespace Elman.Tests.Kernels.Functions;

public unsafe class FlushTinyTests
{
    private const float SmallestNormal = 1.17549435E-38f;

    public static TheoryData<float, float> Floats => new()
    {
        { 0, 0 },
        { float.Epsilon, 0 },
        { -float.Epsilon, 0 },
        { MathF.BitDecrement(SmallestNormal), 0 },
        { -MathF.BitDecrement(SmallestNormal), 0 },
        { SmallestNormal, SmallestNormal },
        { -SmallestNormal, -SmallestNormal },
        { 1, 1 },
        { float.NaN, float.NaN },
        { float.NegativeInfinity, float.NegativeInfinity },
    };

    [Theory]
    [MemberData(nameof(Floats))]
    public void Subnormal_floats_become_zero_and_all_others_stay(float x, float expected)
    {
        SameBits.Assert<float>([expected], [FirstOf<ScalarLane<float>, float>(x)]);
        SameBits.Assert<float>([expected], [FirstOf<Lane128<float>, float>(x)]);
        SameBits.Assert<float>([expected], [FirstOf<Lane256<float>, float>(x)]);
        SameBits.Assert<float>([expected], [FirstOf<Lane512<float>, float>(x)]);
    }

    [Theory]
    [InlineData(double.Epsilon, 0)]
    [InlineData(-2.2250738585072009E-308, 0)]
    [InlineData(2.2250738585072014E-308, 2.2250738585072014E-308)]
    [InlineData(-1.5, -1.5)]
    public void Subnormal_doubles_become_zero_and_all_others_stay(double x, double expected) =>
        SameBits.Assert<double>([expected], [FirstOf<Lane256<double>, double>(x)]);

    private static T FirstOf<TLane, T>(T x)
        where TLane : unmanaged, ILane<TLane, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T* y = stackalloc T[TLane.Width];
        F.FlushTiny<TLane, T>(TLane.Create(x)).Store(y);
        return *y;
    }
}
