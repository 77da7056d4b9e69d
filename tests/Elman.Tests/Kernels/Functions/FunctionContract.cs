using System.Numerics;
using Elman.Kernels;

namespace Elman.Tests.Kernels.Functions;

/// <summary>The contract of every elementwise function. The bounds are given by one class per function.</summary>
/// <remarks>
/// The bounds are the maximum errors of a sweep over all floats, rounded up; here every <see cref="Stride"/>th float is tried, and all of
/// them near special points.
/// </remarks>
public abstract class FunctionContract<TFunction>(
    double singleUlp, double doubleUlp, double backwardUlp, float lowestSingle, double lowestDouble)
    where TFunction : IFunction
{
    private const uint Stride = 2003;
    private const int DenseHalf = 8_000;

    // Around zero, reduction boundaries, saturation, overflow, underflow and one.
    private static readonly float[] _centres =
    [
        0, 1e-3f, 0.17328679f, 0.34657359f, 0.519860f, 0.55f, 1,
        1.0397208f, 8.3f, 8.664f, 9.0109f, 16.635532f, 17.328680f, 87.33655f, 88.37626f, 88.722839f, 103.97208f,
    ];

    public static TheoryData<float> DenseRanges => [.. _centres, .. _centres.Select(static x => -x)];

    [Fact]
    public void Float_error_stays_within_its_bound_over_the_whole_range()
    {
        var x = new float[1 << 16];
        uint bits = 0;
        for (bool done = false; !done;)
        {
            for (int i = 0; i < x.Length; i++)
            {
                x[i] = BitConverter.UInt32BitsToSingle(bits);
                done |= bits + Stride < bits;
                bits += Stride;
            }

            AssertSingleErrors(x);
        }
    }

    [Theory]
    [MemberData(nameof(DenseRanges))]
    public void Float_error_stays_within_its_bound_at_every_float_near(float centre) => AssertSingleErrors(Neighbours(centre));

    [Theory]
    [MemberData(nameof(DenseRanges))]
    public void Float_results_step_back_no_further_than_stated_near(float centre) =>
        AssertOrder(Mapping.Run<TFunction, float>(Neighbours(centre)));

    [Theory]
    [MemberData(nameof(DenseRanges))]
    public void Double_results_step_back_no_further_than_stated_near(float centre) =>
        AssertOrder(Mapping.Run<TFunction, double>(Neighbours((double)centre)));

    [Fact]
    public void Float_error_stays_within_its_bound_against_exact_values()
    {
        foreach ((double x, (double High, double Low)[] values) in ExactValues.Rows)
        {
            if ((float)x == x && x >= lowestSingle)
                AssertWithin(singleUlp, Ulp.Error(Mapping.One<TFunction, float>((float)x), values[TFunction.Column].High), x);
        }
    }

    [Fact]
    public void Double_error_stays_within_its_bound_against_exact_values()
    {
        foreach ((double x, (double High, double Low)[] values) in ExactValues.Rows)
        {
            (double high, double low) = values[TFunction.Column];
            if (x >= lowestDouble)
                AssertWithin(doubleUlp, Ulp.Error(Mapping.One<TFunction, double>(x), high, low), x);
        }
    }

    [Fact]
    public void Every_width_gives_the_bits_of_the_scalar_form_in_float() => AssertWidthsAgree(TestNumbers.Singles(4001));

    [Fact]
    public void Every_width_gives_the_bits_of_the_scalar_form_in_double() => AssertWidthsAgree(TestNumbers.Doubles(4001));

    [Fact]
    public void The_bits_are_the_same_on_every_processor()
    {
        // The result that every processor and every way of running the lanes must have, except NaN.
        ulong hash = 14695981039346656037;
        foreach (float y in Mapping.Run<TFunction, float>(TestNumbers.Singles(4001)))
            hash = (hash ^ (float.IsNaN(y) ? 0 : BitConverter.SingleToUInt32Bits(y))) * 1099511628211;
        foreach (double y in Mapping.Run<TFunction, double>(TestNumbers.Doubles(4001)))
            hash = (hash ^ (double.IsNaN(y) ? 0 : BitConverter.DoubleToUInt64Bits(y))) * 1099511628211;
        Assert.Equal(TFunction.Bits, hash);
    }

    [Theory]
    [InlineData(0x7FC00000u)]
    [InlineData(0xFFC00000u)]
    [InlineData(0x7F800001u)]
    [InlineData(0xFFFFFFFFu)]
    public void A_NaN_stays_a_NaN(uint bits)
    {
        float nan = BitConverter.UInt32BitsToSingle(bits);
        Assert.All(Mapping.Run<TFunction, float>([.. Enumerable.Repeat(nan, 35)]), static y => Assert.True(float.IsNaN(y)));
        Assert.All(Mapping.Run<TFunction, double>([.. Enumerable.Repeat((double)nan, 35)]), static y => Assert.True(double.IsNaN(y)));
    }

    protected static float InFloat(float x) => Mapping.One<TFunction, float>(x);

    protected static double InDouble(double x) => Mapping.One<TFunction, double>(x);

    /// <summary>Returns every number near the centre, in ascending order.</summary>
    protected static T[] Neighbours<T>(T centre)
        where T : IBinaryFloatingPointIeee754<T>
    {
        T x = centre;
        for (int i = 0; i < DenseHalf; i++)
            x = T.BitDecrement(x);
        var all = new T[2 * DenseHalf];
        for (int i = 0; i < all.Length; i++, x = T.BitIncrement(x))
            all[i] = x;
        return all;
    }

    private static void AssertWidthsAgree<T>(T[] x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T[] expected = Mapping.Run<TFunction, ScalarLane<T>, T>(x);
        SameBits.Assert(expected, Mapping.Run<TFunction, Lane128<T>, T>(x));
        SameBits.Assert(expected, Mapping.Run<TFunction, Lane256<T>, T>(x));
        SameBits.Assert(expected, Mapping.Run<TFunction, Lane512<T>, T>(x));
    }

    private void AssertOrder<T>(T[] y)
        where T : IBinaryFloatingPointIeee754<T>
    {
        T highest = y[0];
        for (int i = 1; i < y.Length; i++)
        {
            if (y[i] < highest)
            {
                T step = (highest - y[i]) / (T.BitIncrement(T.Abs(highest)) - T.Abs(highest));
                Assert.True(step <= T.CreateChecked(backwardUlp), $"Result {i} is {y[i]:R}, {step} ULP below the earlier {highest:R}.");
            }

            highest = T.Max(highest, y[i]);
        }
    }

    private static void AssertWithin(double bound, double error, double x) =>
        Assert.True(error <= bound, $"The error at {x:R} is {error:F3} ULP, above {bound} ULP.");

    private void AssertSingleErrors(float[] x)
    {
        float[] y = Mapping.Run<TFunction, float>(x);
        for (int i = 0; i < x.Length; i++)
        {
            // The message is built only if needed. NaN is tested elsewhere.
            if (!float.IsNaN(x[i]) && x[i] >= lowestSingle)
            {
                double error = Ulp.Error(y[i], TFunction.Reference(x[i]));
                if (!(error <= singleUlp))
                    AssertWithin(singleUlp, error, x[i]);
            }
        }
    }
}
