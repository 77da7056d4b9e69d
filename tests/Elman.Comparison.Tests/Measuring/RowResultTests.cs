using Elman.Comparison.Measuring;
using Elman.Comparison.Rows;

namespace Elman.Comparison.Tests.Measuring;

public class RowResultTests
{
    [Fact]
    public void Ratios_are_those_of_turns_that_followed_each_other()
    {
        // The machine slowed down between the second and the third round; the ratio of medians would be 3/2.
        var elman = new RivalTimes("Elman", [1, 2, 10]);
        var rival = new RivalTimes("rival", [2, 3, 40]);
        Assert.Equal(new Ratio(Median: 2, Least: 1.5, Most: 4), Ratio.Of(rival, elman));
    }

    [Fact]
    public void Operations_a_second_come_from_the_median()
    {
        Row row = RowCatalog.All[0];
        var times = new RivalTimes("Elman", [1, 2, 300]);
        Assert.Equal(row.Flops / 2e9, Result(row, null).GigaFlops(times), 1e-12);
    }

    [Theory]
    [InlineData(1, 0.9, false)]
    [InlineData(2, 0.9, true)]
    [InlineData(2, 0.11, true)]
    [InlineData(2, 0.09, false)]
    [InlineData(2, null, false)]
    public void Other_programs_disturb_rows_of_several_threads(int threads, double? others, bool disturbed) =>
        Assert.Equal(disturbed, Result(RowCatalog.All[0] with { Threads = threads }, others).IsDisturbed);

    private static RowResult Result(Row row, double? others) => new(row, new RivalTimes("Elman", [1]), 0, [], others);
}
