using System.Numerics;
using Elman.Kernels;

namespace Elman.Tests.Kernels.Lanes;

/// <summary>The contract of a lane, at every width: each operation equals the scalar operation on each element, bit for bit.</summary>
public abstract unsafe class LaneContract<TLane, T>
    where TLane : unmanaged, ILane<TLane, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private static readonly T[] _numbers = typeof(T) == typeof(float)
        ? (T[])(object)TestNumbers.Singles(160)
        : (T[])(object)TestNumbers.Doubles(160);

    // Signs and magnitudes for which the rounding of a·b + c shows whether there is only one rounding.
    private static readonly T _third = T.One / (T.One + T.One + T.One);

    private delegate TLane UnaryLane(TLane a);

    private delegate TLane BinaryLane(TLane a, TLane b);

    [Fact]
    public void Sum_equals_that_of_plain_numbers() => Check(static (a, b) => a + b, static (a, b) => a + b);

    [Fact]
    public void Difference_equals_that_of_plain_numbers() => Check(static (a, b) => a - b, static (a, b) => a - b);

    [Fact]
    public void Product_equals_that_of_plain_numbers() => Check(static (a, b) => a * b, static (a, b) => a * b);

    [Fact]
    public void Quotient_equals_that_of_plain_numbers() => Check(static (a, b) => a / b, static (a, b) => a / b);

    [Fact]
    public void Negation_flips_the_sign_of_zero_too() => Check(static a => -a, static a => -a);

    [Fact]
    public void Magnitude_equals_that_of_plain_numbers() => Check(TLane.Abs, T.Abs);

    [Fact]
    public void Square_root_equals_that_of_plain_numbers() => Check(TLane.Sqrt, T.Sqrt);

    [Fact]
    public void Rounding_takes_ties_to_even() => Check(TLane.Round, static a => T.Round(a, MidpointRounding.ToEven));

    [Fact]
    public void Copying_a_sign_equals_that_of_plain_numbers() => Check(TLane.CopySign, T.CopySign);

    [Fact]
    public void Multiply_add_rounds_once()
    {
        Check((a, b) => TLane.FusedMultiplyAdd(a, b, a), static (a, b) => T.FusedMultiplyAdd(a, b, a));
        Check((a, b) => TLane.FusedMultiplyAdd(a, b, -(a * b)), static (a, b) => T.FusedMultiplyAdd(a, b, -(a * b)));
        Check((a, b) => TLane.FusedMultiplyAdd(a, TLane.Create(_third), b), static (a, b) => T.FusedMultiplyAdd(a, _third, b));
    }

    [Fact]
    public void Multiply_add_of_an_inexact_square_leaves_its_error()
    {
        // (1 + ε)² = 1 + 2ε + ε²: the last term is lost if the product is rounded.
        T epsilon = T.BitIncrement(T.One) - T.One, x = T.One + epsilon;
        T[] y = Map(a => TLane.FusedMultiplyAdd(a, a, -(a * a)), Repeated(x));
        Assert.All(y, error => Assert.Equal(epsilon * epsilon, error));
    }

    [Fact]
    public void A_limit_holds_from_above_and_lets_a_NaN_pass() => Check(
        static a => TLane.AtMost(a, TLane.Constant(0.75)),
        static a => a > T.CreateChecked(0.75) ? T.CreateChecked(0.75) : a);

    [Fact]
    public void A_limit_holds_from_below_and_lets_a_NaN_pass() => Check(
        static a => TLane.AtLeast(a, TLane.Constant(-0.75)),
        static a => a < T.CreateChecked(-0.75) ? T.CreateChecked(-0.75) : a);

    [Fact]
    public void Shifted_exponents_become_powers_of_two()
    {
        (int lowest, int highest, double shift) =
            typeof(T) == typeof(float) ? (-126, 128, 12582912.0 + 127) : (-1022, 1024, 6755399441055744.0 + 1023);
        T[] n = [.. Enumerable.Range(lowest, highest - lowest + 1).Select(T.CreateChecked)];
        n = [.. n, .. Enumerable.Repeat(T.Zero, (TLane.Width - (n.Length % TLane.Width)) % TLane.Width)];
        SameBits.Assert<T>(
            [.. n.Select(e => T.ScaleB(T.One, int.CreateChecked(e)))], Map(e => TLane.PowerOfTwo(e + TLane.Constant(shift)), n));
    }

    [Fact]
    public void Comparison_is_clear_for_NaN_and_decides_a_blend() => Check(
        static (a, b) => TLane.Blend(TLane.LessThan(a, b), a, b),
        static (a, b) => a < b ? a : b);

    [Fact]
    public void Counting_adds_one_where_a_number_is_less_and_nothing_for_NaN() => Check(
        static (a, b) => TLane.CountLess(TLane.Constant(41), a, b),
        static (a, b) => T.CreateChecked(a < b ? 42 : 41));

    [Fact]
    public void Blend_takes_any_numbers_where_the_mask_says() => Check(
        static (a, b) => TLane.Blend(TLane.LessThan(b, a), TLane.Constant(-0.0), TLane.Constant(double.NaN)),
        static (a, b) => b < a ? T.NegativeZero : T.NaN);

    [Fact]
    public void Scaling_by_a_power_of_two_equals_a_product_with_it()
    {
        (int lowest, int highest) = typeof(T) == typeof(float) ? (-126, 128) : (-1022, 1024);
        for (int n = lowest; n <= highest; n++)
        {
            T power = T.ScaleB(T.One, n), exponent = T.CreateChecked(n);
            T[] x = _numbers[..(4 * TLane.Width)];
            SameBits.Assert<T>([.. x.Select(a => a * power)], Map(a => TLane.ScaleByPowerOfTwo(a, TLane.Create(exponent)), x));
        }
    }

    [Fact]
    public void Scaling_takes_an_exponent_for_each_element()
    {
        T[] n = [.. Enumerable.Range(0, 64).Select(static i => T.CreateChecked(i - 31))];
        SameBits.Assert<T>([.. n.Select(static e => T.ScaleB(_third, int.CreateChecked(e)))],
            Map(static e => TLane.ScaleByPowerOfTwo(TLane.Create(_third), e), n));
    }

    [Fact]
    public void Scaling_keeps_a_NaN() => Assert.All(
        Map(static a => TLane.ScaleByPowerOfTwo(a, a), Repeated(T.NaN)),
        static y => Assert.True(T.IsNaN(y)));

    [Theory]
    [InlineData(0.1)]
    [InlineData(-1e-40)]
    [InlineData(16777217)]
    [InlineData(double.PositiveInfinity)]
    public void A_constant_is_rounded_to_the_number_type_in_every_element(double value) =>
        SameBits.Assert<T>(Repeated(T.CreateTruncating(value)), Map(_ => TLane.Constant(value), Repeated(T.Zero)));

    [Fact]
    public void A_created_lane_holds_the_number_in_every_element() =>
        SameBits.Assert<T>(Repeated(_third), Map(static _ => TLane.Create(_third), Repeated(T.Zero)));

    [Fact]
    public void A_load_and_a_store_up_to_an_inaccessible_page_touch_the_width_alone() => CheckEdges(GuardedEdge.End);

    [Fact]
    public void A_load_and_a_store_from_an_inaccessible_page_on_touch_the_width_alone() => CheckEdges(GuardedEdge.Start);

    [Theory]
    [InlineData(GuardedEdge.End)]
    [InlineData(GuardedEdge.Start)]
    public void A_broadcast_reads_one_number(GuardedEdge edge)
    {
        Assert.SkipUnless(GuardedMemory<T>.IsSupported, "Guard pages are set up through Linux system calls.");
        using var source = new GuardedMemory<T>(1, edge);
        *source.Start = _third;
        SameBits.Assert<T>(Repeated(_third), Map(_ => TLane.Broadcast(source.Start), Repeated(T.Zero)));
    }

    private static void CheckEdges(GuardedEdge edge)
    {
        Assert.SkipUnless(GuardedMemory<T>.IsSupported, "Guard pages are set up through Linux system calls.");
        using var source = new GuardedMemory<T>(TLane.Width, edge);
        using var destination = new GuardedMemory<T>(TLane.Width, edge);
        _numbers.AsSpan(0, TLane.Width).CopyTo(source.Span);
        TLane.Load(source.Start).Store(destination.Start);
        SameBits.Assert<T>(source.Span, destination.Span);
        Assert.True(source.SlackIsUntouched && destination.SlackIsUntouched);
    }

    private static T[] Repeated(T value) => [.. Enumerable.Repeat(value, TLane.Width)];

    private static T[] Map(UnaryLane lane, T[] x)
    {
        Assert.Equal(0, x.Length % TLane.Width);
        var y = new T[x.Length];
        fixed (T* source = x, destination = y)
        {
            for (int i = 0; i < x.Length; i += TLane.Width)
                lane(TLane.Load(source + i)).Store(destination + i);
        }

        return y;
    }

    private static void Check(UnaryLane lane, Func<T, T> plain) => SameBits.Assert<T>([.. _numbers.Select(plain)], Map(lane, _numbers));

    // Every number combined with every other.
    private static void Check(BinaryLane lane, Func<T, T, T> plain)
    {
        for (int shift = 0; shift < _numbers.Length; shift++)
        {
            T[] other = [.. _numbers[shift..], .. _numbers[..shift]];
            T[] expected = [.. _numbers.Zip(other, plain)];
            var actual = new T[_numbers.Length];
            fixed (T* a = _numbers, b = other, y = actual)
            {
                for (int i = 0; i < actual.Length; i += TLane.Width)
                    lane(TLane.Load(a + i), TLane.Load(b + i)).Store(y + i);
            }

            SameBits.Assert<T>(expected, actual);
        }
    }
}
