using Elman.Comparison.Measuring;

namespace Elman.Comparison.Tests.Measuring;

public class StatisticsTests
{
    [Theory]
    [InlineData(3, 3.0)]
    [InlineData(2, 1.0, 3.0)]
    [InlineData(2, 9.0, 2.0, 1.0)]
    [InlineData(2.5, 4.0, 1.0, 100.0, 1.0)]
    public void The_median_is_the_middle_one_or_the_mean_of_two(double expected, params double[] values) =>
        Assert.Equal(expected, Statistics.Median(values));

    [Theory]
    [InlineData(4, 2.0, 8.0)]
    [InlineData(1, 0.1, 10.0)]
    [InlineData(5, 5.0)]
    public void The_geometric_mean_is_the_root_of_the_product(double expected, params double[] values) =>
        Assert.Equal(expected, Statistics.GeometricMean(values), 1e-12);

    [Theory]
    [InlineData]
    [InlineData(1.0, 0.0)]
    [InlineData(1.0, -1.0)]
    [InlineData(1.0, double.NaN)]
    public void There_is_no_geometric_mean_of_nothing_or_of_what_is_not_above_zero(params double[] values) =>
        Assert.Throws<ArgumentException>(() => Statistics.GeometricMean(values));

    [Fact]
    public void There_is_no_median_of_nothing() => Assert.Throws<ArgumentException>(() => Statistics.Median([]));
}
