using Elman.Comparison.Problems;

namespace Elman.Comparison.Tests.Problems;

public class LengthsTests
{
    [Fact]
    public void Drawn_lengths_are_the_same_every_time() => Assert.Equal(Lengths.LogUniform(64, 10, 1000), Lengths.LogUniform(64, 10, 1000));

    [Fact]
    public void Drawn_lengths_fall_and_stay_in_range()
    {
        int[] lengths = Lengths.LogUniform(1000, 10, 1000);
        Assert.Equal(lengths.OrderDescending(), lengths);
        Assert.InRange(lengths[0], 900, 1000);
        Assert.InRange(lengths[^1], 10, 11);
    }

    [Fact]
    public void Half_of_the_drawn_lengths_are_below_the_geometric_middle() =>
        Assert.InRange(Lengths.LogUniform(1000, 10, 1000).Count(n => n < 100), 450, 550);

    [Theory]
    [InlineData(new[] { 7 }, new[] { 7 })]
    [InlineData(new[] { 9, 1 }, new[] { 5, 5 })]
    [InlineData(new[] { 9, 1, 1 }, new[] { 4, 4, 3 })]
    public void Levelling_keeps_the_number_of_steps(int[] lengths, int[] expected) => Assert.Equal(expected, Lengths.Levelled(lengths));
}
