using Elman.Evaluations;

namespace Elman.Tests.Training;

public sealed class ForecastCasesTests
{
    [Fact]
    public void The_output_that_is_known_in_the_fewest_cases_counts()
    {
        Assert.Equal(1, ForecastBands.FewestOf([[1, double.NaN, 3], [2, 5, double.PositiveInfinity], [1, double.NaN, 1]]));
        Assert.Equal(2, ForecastBands.FewestOf([[1], [2]]));
        Assert.Equal(0, ForecastBands.FewestOf([[1, double.NaN]]));
        Assert.Equal(0, ForecastBands.FewestOf([]));
    }
}
