using Xunit.Sdk;

namespace Elman.Tests.Oracles;

public class CloseTests
{
    [Theory]
    [InlineData(1000, 1001)]
    [InlineData(-1000, -999)]
    [InlineData(0, 0.1)]
    public void A_difference_within_the_tolerance_passes(double expected, double actual) =>
        Close.Assert("x", [expected, 1000], [actual, 1000], relative: 1e-3, floor: 1e-4);

    [Theory]
    [InlineData(1000, 1001.2)]
    [InlineData(1, -1)]
    [InlineData(0, 0.11)]
    [InlineData(1, double.NaN)]
    [InlineData(double.NaN, 1)]
    [InlineData(1, double.PositiveInfinity)]
    public void A_difference_beyond_it_fails(double expected, double actual) =>
        Assert.Throws<FailException>(() => Close.Assert("x", [expected, 1000], [actual, 1000], relative: 1e-3, floor: 1e-4));

    [Fact]
    public void An_array_of_another_length_fails() =>
        Assert.Throws<FailException>(() => Close.Assert("x", [1], [1, 1], relative: 1, floor: 1));
}
