using Elman.Persistence;

namespace Elman.Tests.Persistence;

public sealed class MetadataMembersTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void As_many_members_are_read_as_there_may_be(int count)
    {
        IReadOnlyList<(string Name, double Weight)> members = MetadataJson.ReadMembers(Text(count), most: 3);
        Assert.Equal(Enumerable.Range(1, count).Select(i => ($"m{i}", 1.0 / count)), members);
    }

    [Theory]
    [InlineData(0, "lists none; there may be 1 to 3")]
    [InlineData(4, "lists too many; there may be 1 to 3")]
    [InlineData(5, "lists too many; there may be 1 to 3")]
    public void None_or_more_are_refused(int count, string why) => Assert.Contains(
        why, Assert.Throws<FormatException>(() => MetadataJson.ReadMembers(Text(count), most: 3)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(0.5, 0.49)]
    [InlineData(0.5, 0.51)]
    [InlineData(1.5, -0.5)]
    [InlineData(1, 0)]
    public void Weights_that_are_no_parts_of_a_whole_are_refused(double first, double second) => Assert.Contains(
        "must be above 0 and add up to 1", Assert.Throws<FormatException>(() => MetadataJson.ReadMembers(
            FormattableString.Invariant($$"""[{"weight":{{first}}},{"weight":{{second}}}]"""), most: 3)).Message, StringComparison.Ordinal);

    private static string Text(int count) => "[" + string.Join(',', Enumerable.Range(1, count).Select(
        i => FormattableString.Invariant($$"""{"name":"m{{i}}","weight":{{1.0 / count:R}}}"""))) + "]";
}
