using Elman.Training.Ridge;

namespace Elman.Tests.Training.Ridge;

public class PenaltySearchTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(10)]
    [InlineData(11)]
    [InlineData(12)]
    public void Where_there_is_one_valley_the_walk_finds_its_bottom(int bottom)
    {
        foreach (double slope in (double[])[0.1, 1, 10])
        {
            int looks = 0;
            double[] errors = PenaltySearch.Walk(13, i =>
            {
                looks++;
                return i < bottom ? bottom - i : slope * (i - bottom);
            })!;
            Assert.Equal(bottom, PenaltySearch.Best(errors));
            Assert.InRange(looks, 4, 8);
            Assert.Equal(looks, errors.Count(e => !double.IsNaN(e)));
        }
    }

    [Fact]
    public void Of_equal_errors_the_greatest_penalty_is_taken() => Assert.Equal(2, PenaltySearch.Best([3, 1, 1, double.NaN, 2]));

    [Fact]
    public void One_that_cannot_be_found_out_ends_it()
    {
        Assert.Null(PenaltySearch.All(13, i => i == 4 ? null : i));
        Assert.Null(PenaltySearch.Walk(13, i => i == 6 ? null : i));
    }
}
