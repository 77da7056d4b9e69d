using System.Globalization;
using System.Text;
using CsCheck;

namespace Elman.Data.Tests.Reading;

public class NumberTextTests
{
    // The general parser of .NET is the oracle.
    private static void AssertAsParsed(string text)
    {
        float expected = float.Parse(text, CultureInfo.InvariantCulture);
        Assert.True(NumberText.TryParse(Encoding.UTF8.GetBytes(text), out float value, out double exact), text);
        Assert.True(BitConverter.DoubleToUInt64Bits(double.Parse(text, CultureInfo.InvariantCulture))
            == BitConverter.DoubleToUInt64Bits(exact), $"{text}: {exact:R}");
        Assert.True(
            BitConverter.SingleToUInt32Bits(expected) == BitConverter.SingleToUInt32Bits(value), $"{text}: {value:R} for {expected:R}");
    }

    [Fact]
    public void Random_decimals_read_as_the_nearest_float() =>
        Gen.Select(Gen.ULong, Gen.Int[0, 63], Gen.Int[0, 20], Gen.Bool).Sample((bits, shift, decimals, negative) =>
        {
            string digits = (bits >> shift).ToString(CultureInfo.InvariantCulture).PadLeft(decimals + 1, '0');
            AssertAsParsed((negative ? "-" : "") + digits[..^decimals] + "." + digits[^decimals..]);
            AssertAsParsed((negative ? "-" : "+") + digits);
        }, iter: 20_000);

    [Fact]
    public void Decimals_next_to_the_middle_of_two_floats_read_as_the_nearest() =>
        Gen.Select(Gen.Float[1, 1000], Gen.Int[0, 12], Gen.Int[-2, 2]).Sample((x, decimals, nudge) =>
        {
            decimal middle = ((decimal)(double)x + (decimal)(double)MathF.BitIncrement(x)) / 2;
            decimal scale = (decimal)Math.Pow(10, decimals);
            AssertAsParsed(middle.ToString(CultureInfo.InvariantCulture));
            AssertAsParsed((Math.Round((middle * scale) + nudge) / scale).ToString(CultureInfo.InvariantCulture));
        }, iter: 20_000);

    [Fact]
    public void Any_float_or_double_reads_as_the_nearest_in_every_way_to_write_it() =>
        Gen.Select(Gen.UInt, Gen.ULong, Gen.Int[0, 60]).Sample((single, bits, digits) =>
        {
            float x = BitConverter.UInt32BitsToSingle(single);
            double y = BitConverter.UInt64BitsToDouble(bits);
            if (float.IsFinite(x) && float.IsFinite(MathF.BitIncrement(x)))
            {
                AssertAsParsed(x.ToString("R", CultureInfo.InvariantCulture));
                AssertAsParsed(x.ToString("E" + digits, CultureInfo.InvariantCulture));
                // The midpoint of two floats, with all of its digits, followed by further digits.
                string middle = (((double)x + MathF.BitIncrement(x)) / 2).ToString("E120", CultureInfo.InvariantCulture);
                AssertAsParsed(middle);
                AssertAsParsed(middle.Replace("E", "1E", StringComparison.Ordinal));
            }
            if (float.IsFinite((float)y))
                AssertAsParsed(y.ToString("E" + digits, CultureInfo.InvariantCulture));
        }, iter: 20_000);

    [Theory]
    // 2²⁴ + 1 is the midpoint of two floats; digits far behind the point decide, and are lost in a double.
    [InlineData("16777217")]
    [InlineData("16777217.0")]
    [InlineData("16777217.0000000001")]
    [InlineData("16777216.9999999999")]
    [InlineData("1.000000059604644775")]
    [InlineData("1.0000000596046448")]
    [InlineData("9007199254740993")]
    [InlineData("9007199254740992")]
    [InlineData("9999999999999999999")]
    [InlineData("99999999999999999999")]
    [InlineData("0.0000000000000000001")]
    [InlineData("0.00000000000000000000000000000000000001")]
    [InlineData("-0")]
    [InlineData("-0.0")]
    [InlineData("1e-45")]
    [InlineData("3.40282356e38")]
    [InlineData("3.4028235677973366e38")]
    [InlineData("1.17549428e-38")]
    [InlineData("1.1754943508222875e-38")]
    [InlineData("7.006492321624085e-46")] // half of the least float
    [InlineData("7.006492321624086e-46")]
    [InlineData("1e-400")]
    [InlineData("5.")]
    [InlineData(".5")]
    [InlineData("5.e1")]
    [InlineData("+5E+01")]
    [InlineData("000000000000000000000000000001.5")]
    public void Hard_numbers_read_as_the_nearest_float(string text) => AssertAsParsed(text);

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("-")]
    [InlineData("+.")]
    [InlineData("1.2.3")]
    [InlineData("1..")]
    [InlineData("+-1")]
    [InlineData("1e5e5")]
    [InlineData("1 000")]
    [InlineData("１")]
    [InlineData("NaN")]
    [InlineData("inf")]
    [InlineData("-Infinity")]
    [InlineData("3.5e38")]
    [InlineData("3.4028235677973367e38")] // rounds to infinity
    [InlineData("1e400")]
    [InlineData("1e")]
    [InlineData("1e+")]
    [InlineData("e5")]
    [InlineData(".e5")]
    [InlineData("1f")]
    [InlineData("1,5")]
    [InlineData("1,000")]
    [InlineData("0x10")]
    [InlineData("\n1")]
    [InlineData("1\n")]
    [InlineData("\u00A01")]
    [InlineData("- 1")]
    [InlineData("(1)")]
    public void Other_texts_are_no_numbers(string text) => Assert.False(NumberText.TryParse(Encoding.UTF8.GetBytes(text), out _));

    [Theory]
    [InlineData("x\ty", "'x\\u0009y'")]
    [InlineData("ä€😀", "'ä€😀'")]
    [InlineData("", "''")]
    public void A_text_is_shown_with_its_control_characters(string text, string shown) =>
        Assert.Equal(shown, NumberText.Quote(Encoding.UTF8.GetBytes(text)));

    [Theory]
    [InlineData(40, false)]
    [InlineData(41, true)]
    [InlineData(100_000, true)]
    public void A_long_text_is_cut_between_characters(int length, bool cut)
    {
        string shown = NumberText.Quote(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("😀", length))));
        Assert.Equal($"'{string.Concat(Enumerable.Repeat("😀", 40))}{(cut ? "…" : "")}'", shown);
    }
}
