using Elman.Evaluations;

namespace Elman.Tests.Evaluations;

public sealed class ForecastBandsTests
{
    [Theory]
    [InlineData(9, 0.1, 1)]
    [InlineData(9, 0.9, 9)] // the next error is below the greatest of nine with a probability of 0.9
    [InlineData(9, 0.5, 5)]
    [InlineData(9, 0.55, 5.5)]
    [InlineData(9, 0.01, 1)]
    [InlineData(9, 0.999, 9)]
    [InlineData(1, 0.3, 1)]
    public void A_quantile_of_n_errors_is_that_of_one_more(int errors, double level, double expected)
    {
        double[][] target = [.. Enumerable.Range(1, errors).Reverse().Select(error => (double[])[10 + error])];
        double[][] answers = [.. target.Select(_ => (double[])[10])];
        ForecastBands bands = ForecastBands.Of([level], [(target, answers)], 1);
        float[] around = new float[1];
        bands.Around([100], around);
        Assert.Equal(100 + expected, around[0], 1e-4);
    }

    [Fact]
    public void An_output_that_is_known_nowhere_leaves_no_bands_and_unknown_cases_do_not_count()
    {
        double nan = double.NaN;
        Assert.Same(ForecastBands.None, ForecastBands.Of([0.5], [([[1, nan], [2, nan]], [[0, 0], [0, 0]])], 2));
        Assert.Same(ForecastBands.None, ForecastBands.Of([0.5], [], 1));
        Assert.Same(ForecastBands.None, ForecastBands.Of([], [([[1]], [[0]])], 1));
        ForecastBands bands = ForecastBands.Of([0.5], [([[1, nan], [3, 7]], [[0, 0], [0, 0]]), ([[2, nan]], [[0, 0]])], 2);
        Assert.Equal([2, 7], bands.Errors[0]);
    }

    [Fact]
    public void Steps_ahead_with_too_few_errors_take_those_of_the_nearest_of_the_same_channel()
    {
        // For 1 to 4 steps ahead, the errors are 11 … 14, 21 … 23, 31 and 32, 41; for the second channel they are 100 times larger.
        double nan = double.NaN;
        double[][] target = [.. Enumerable.Range(1, 4).Select(k => (double[])[.. Enumerable.Range(1, 4).SelectMany(ahead =>
            (double[])(k + ahead <= 5 ? [(10 * ahead) + k, 100 * ((10 * ahead) + k)] : [nan, nan]))])];
        double[][] answers = [.. target.Select(_ => new double[8])];
        ForecastBands bands = ForecastBands.Of([0.25, 0.75], [(target, answers)], 2); // which need three errors
        Assert.Equal(1, bands.Cases);
        Assert.Equal([11.25f, 1125, 21, 2100, 21.75f, 2175, 31, 3100], bands.Errors[0]);
        Assert.Equal([13.75f, 1375, 23, 2300, 34.25f, 3425, 41, 4100], bands.Errors[1]);
    }

    [Theory]
    [InlineData("0.1,0.5,0.9", 9)]
    [InlineData("0.05,0.9", 19)]
    [InlineData("0.9", 9)]
    [InlineData("0.5", 1)]
    [InlineData("0.25,0.8", 4)]
    [InlineData("none", 0)]
    public void The_next_error_is_outside_of_so_many_as_often_as_the_level_says(string levels, int least) =>
        Assert.Equal(least, QuantileLevels.Parse(levels).LeastCases);

    [Fact]
    public void Coverage_is_the_share_of_values_between_the_quantiles_that_lie_around_the_middle()
    {
        (double, float[])[] cases = [(1, [0, 1, 2]), (3, [0, 1, 2]), (2, [0, 1, 2]), (-1, [0, 1, 4])];
        BandScore band = Assert.Single(BandScore.From([0.1, 0.5, 0.9], cases));
        Assert.Equal((0.1, 0.9, 4, 0.5, 2.5), (band.Lower, band.Upper, band.Cases, band.Coverage, band.Width));
        Assert.Empty(BandScore.From([0.1, 0.8], [(1, [0, 1])]));
    }
}
