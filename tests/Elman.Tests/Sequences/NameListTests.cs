using Elman.Sequences;

namespace Elman.Tests.Sequences;

public sealed class NameListTests
{
    [Theory]
    [InlineData(1, "0")]
    [InlineData(3, "0, 1, 2")]
    [InlineData(101, "0, 1, 2, 3, 4, 5, 6, 7, 8, 9 and 91 more")]
    [InlineData(20_000, "0, 1, 2, 3, 4, 5, 6, 7, 8, 9 and 19,990 more")]
    public void Of_very_many_names_the_first_are_listed(int count, string expected) =>
        Assert.Equal(expected, NameList.Of([.. Enumerable.Range(0, count).Select(i => $"{i}")]));

    [Fact]
    public void A_hundred_names_are_listed_in_full() =>
        Assert.EndsWith("98, 99", NameList.Of([.. Enumerable.Range(0, 100).Select(i => $"{i}")]), StringComparison.Ordinal);
}
