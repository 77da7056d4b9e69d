namespace Elman.Data.Tests.Reading;

public sealed class SimilarLabelsTests
{
    [Theory]
    [InlineData(".csv", "1,2,Yes\n3,4,yes\n5,6,no\n",
        "The labels 'Yes' and 'yes' differ only in case or spaces and are read as two classes")]
    [InlineData(".csv", "1,2,left turn\n3,4,leftturn\n5,6,no\n", "The labels 'left turn' and 'leftturn' differ only")]
    [InlineData(".csv", "1,2,a\n3,4,A\n5,6,b\n7,8,B\n", "The labels 'A' and 'a' differ only", "The labels 'B' and 'b' differ only")]
    [InlineData(
        ".jsonl", "{\"label\":\"walk\",\"x\":[1]}\n{\"label\":\"walk \",\"x\":[1]}\n", "The labels 'walk' and 'walk ' differ only")]
    [InlineData(".ts", "@classLabel true Up up\n@data\n1,2:Up\n3,4:up\n", "The labels 'Up' and 'up' differ only")]
    [InlineData(
        ".csv", "1,2,YES\n3,4,Yes\n5,6,yes\n",
            "The labels 'YES' and 'Yes' and 'yes' differ only in case or spaces and are read as 3 classes")]
    [InlineData(".csv", "1,2,walk\n3,4,\"walk \"\n5,6,run\n")] // blanks around a field are none of it
    public void Classes_that_differ_only_in_case_or_blanks_are_reported(string format, string text, params string[] says)
    {
        SequenceDataset data = Text.Read(text, format);
        Assert.Equal(says.Length, data.Warnings.Count);
        Assert.All(says.Zip(data.Warnings), pair => Assert.StartsWith(pair.First, pair.Second, StringComparison.Ordinal));
    }

    [Fact]
    public void Only_the_first_similar_labels_are_reported()
    {
        string text = string.Concat(Enumerable.Range(0, 5).Select(i => $"1,2,c{i}\n3,4,C{i}\n"));
        IReadOnlyList<string> warnings = Text.Read(text, ".csv").Warnings;
        Assert.Equal(4, warnings.Count);
        Assert.StartsWith("2 more warnings of this", warnings[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void Where_labels_are_not_looked_at_nothing_is_reported() =>
        Assert.Empty(Text.Read("1,2,Yes\n3,4,yes\n", ".csv", new() { Labels = LabelKind.Any }).Warnings);
}
