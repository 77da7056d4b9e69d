using Elman.Comparison.Measuring;
using Elman.Comparison.Reports;
using Elman.Comparison.Rows;

namespace Elman.Comparison.Tests.Reports;

public class SummaryTests
{
    private static readonly Row _row = RowCatalog.All[0];
    private static readonly Row _other = RowCatalog.All[1];

    [Fact]
    public void A_line_has_the_geometric_mean_and_the_least_of_the_median_ratios() => Assert.Equal(
        [new SummaryLine("Training step, 1 thread", "libtorch", 2, 4, 2, _other.Name)],
        SummaryLine.Of([Result(_row, ("libtorch", 8)), Result(_other, ("libtorch", 2))])
            .Select(line => line with { Mean = Math.Round(line.Mean, 9) }));

    [Fact]
    public void Rivals_and_threads_are_kept_apart() => Assert.Equal(
        [("Training step, 1 thread", "a"), ("Training step, 1 thread", "b"), ("Training step, 2 threads", "a")],
        SummaryLine.Of([Result(_row, ("a", 1), ("b", 1)), Result(_row with { Threads = 2 }, ("a", 1))])
            .Select(line => (line.Group, line.Rival)));

    [Fact]
    public void A_disturbed_row_does_not_count() =>
        Assert.Empty(SummaryLine.Of([Result(_row with { Threads = 2 }, ("a", 1)) with { OthersShare = 0.5 }]));

    [Fact]
    public void Where_libraries_are_ranked_the_faster_one_of_each_row_has_a_line()
    {
        Row[] rows = [.. RowCatalog.All.Where(row => row.Group == Group.Inference).Take(2)];
        SummaryLine line = SummaryLine.Of([Result(rows[0], ("a", 8), ("b", 2)), Result(rows[1], ("a", 8), ("b", 16))])[^1];
        Assert.Equal(("the faster of them", 2, 2.0, rows[0].Name), (line.Rival, line.Rows, line.Least, line.LeastRow));
        Assert.Equal(4, line.Mean, 9);
    }

    private static RowResult Result(Row row, params (string Name, double Seconds)[] rivals) =>
        new(row, new RivalTimes("Elman", [1]), 0, [.. rivals.Select(rival => new RivalTimes(rival.Name, [rival.Seconds]))], null);
}
