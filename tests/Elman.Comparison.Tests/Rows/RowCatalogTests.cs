using Elman.Comparison.Problems;
using Elman.Comparison.Rows;

namespace Elman.Comparison.Tests.Rows;

public class RowCatalogTests
{
    [Fact]
    public void Names_are_unique() => Assert.Equal(RowCatalog.All.Count, RowCatalog.All.DistinctBy(row => row.Name).Count());

    [Fact]
    public void Elman_is_first_and_not_alone() =>
        Assert.All(RowCatalog.All, row => Assert.True(row.Rivals[0] is Rival.Elman or Rival.ElmanDouble && row.Rivals.Count > 1));

    [Fact]
    public void Every_row_has_a_length_for_each_sequence_the_longest_first() => Assert.All(RowCatalog.All, row =>
    {
        Assert.Equal(row.Shape.Batch, row.Lengths.Count);
        Assert.Equal(row.Shape.Steps, row.Lengths[0]);
        Assert.Equal(row.Lengths.OrderDescending(), row.Lengths);
    });

    [Theory]
    [InlineData("train/rnn/3,5,4,6/1t", 3 * 2.0 * 6 * 4 * 5 * (3 + 5))]
    [InlineData("train/gru/3,5,4,6/2t", 3 * 2.0 * 6 * 4 * 15 * (3 + 5))]
    [InlineData("infer/lstm/3,5,4,6/1t", 2.0 * 6 * 4 * 20 * (3 + 5))]
    [InlineData("stream/lstm/28,128,1,64/1t", 2.0 * 512 * (28 + 128))]
    [InlineData("minimal/mingru/28,64,16,1000/1t", 2 * 2.0 * 1000 * 16 * 128 * 28)]
    [InlineData("minimal/lru/28,64,16,1000,mean/1t", 2 * 2.0 * 1000 * 16 * 128 * 28)]
    public void Operations_are_counted_by_the_formula(string name, double expected) => Assert.Equal(expected, Find(name).Flops);

    [Fact]
    public void Padding_is_not_counted()
    {
        Row row = RowCatalog.All.First(row => row.Group == Group.RaggedInference && row.Cell == Cell.Rnn);
        Assert.Equal(2.0 * row.Lengths.Sum() * 128 * (28 + 128), row.Flops);
        Assert.True(row.Lengths.Sum() < row.Shape.Batch * row.Shape.Steps / 2);
    }

    private static Row Find(string name) => RowCatalog.All.Single(row => row.Name == name);
}
