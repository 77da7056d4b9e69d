using Elman.Comparison.Reports;

namespace Elman.Comparison.Tests.Reports;

public class FiguresTests
{
    [Theory]
    [InlineData(12.3, "12.3 s")]
    [InlineData(1, "1.00 s")]
    [InlineData(0.0123, "12.3 ms")]
    [InlineData(0.000123, "123 µs")]
    [InlineData(1.23e-6, "1.23 µs")]
    [InlineData(4.5e-9, "4.50 ns")]
    [InlineData(4.5e-11, "0.04 ns")]
    public void Times_have_the_unit_that_suits_them(double seconds, string expected) => Assert.Equal(expected, Figures.Time(seconds));

    [Theory]
    [InlineData(0, "0.00")]
    [InlineData(0.987, "0.99")]
    [InlineData(9.87, "9.87")]
    [InlineData(98.7, "98.7")]
    [InlineData(987.1, "987")]
    public void Numbers_have_about_three_digits(double value, string expected) => Assert.Equal(expected, Figures.Number(value));

    [Fact]
    public void A_share_is_a_percentage() => Assert.Equal("63 %", Figures.Percent(0.634));
}
