using Elman.Losses;

namespace Elman.Tests.Losses;

public class LossResultTests
{
    [Fact]
    public void Together_the_mean_goes_over_what_both_count() =>
        Assert.Equal(new LossResult(2.5, 4, 8, 4), new LossResult(1, 1, 3, 1).And(new LossResult(3, 3, 5, 3)));

    [Fact]
    public void What_counts_nothing_leaves_the_mean_to_the_last_bit()
    {
        var result = new LossResult(0.1, 2, 3, 0.3);
        Assert.Equal(result, default(LossResult).And(result));
        Assert.Equal(result with { Count = 5 }, result.And(new LossResult(0, 0, 2, 0)));
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void What_is_not_finite_does_not_become_so(double loss)
    {
        Assert.False(double.IsFinite(new LossResult(loss, 0, 1, 1).And(new LossResult(1, 1, 1, 1)).Loss));
        Assert.False(double.IsFinite(new LossResult(1, 1, 1, 1).And(new LossResult(loss, 0, 1, 1)).Loss));
    }
}
