using Elman.Cli.Reports;

namespace Elman.Cli.Tests.Reports;

public sealed class ManyClassesTests
{
    [Fact]
    public void A_list_of_very_many_names_says_how_many_more_there_are()
    {
        Assert.Equal("a, b", ManyClasses.List(["a", "b"]));
        Assert.Equal("0, 1, 2, 3, 4, 5, 6, 7, 8, 9 and 19,990 more",
            ManyClasses.List([.. Enumerable.Range(0, 20_000).Select(i => $"{i}")]));
    }

    [Fact]
    public void A_table_has_the_classes_with_the_lowest_F1_the_most_frequent_of_equal_ones_first()
    {
        ClassScore[] scores = [.. Enumerable.Range(0, 500).Select(c =>
            new ClassScore($"c{c}", c < 400 ? c + 1 : 0, 0, 0, 0, c < 300 ? 0.5 : 0.25, double.NaN))];
        string text = Written(terminal => ClassTable.Write(terminal, scores, hasRocAuc: false, cases: 80_200));
        Assert.Contains("The 20 classes with the lowest F1 of the 400 that occur or were predicted; the other 100 do not occur.", text,
            StringComparison.Ordinal);
        string[] shown =
            [.. text.Split('\n').Select(line => line.Trim().Split(' ')[0]).Where(word => word.StartsWith('c') && word != "class")];
        Assert.Equal(Enumerable.Range(0, 20).Select(i => $"c{399 - i}"), shown);
        Assert.Contains("AUC is omitted: 80,200 cases of 500 classes", text, StringComparison.Ordinal);
        Assert.Contains("–", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_areas_were_computed_nothing_is_said() => Assert.DoesNotContain("omitted:", Written(terminal =>
        ClassTable.Write(terminal, [new ClassScore("a", 1, 1, 1, 1, 1, 0.5)], hasRocAuc: true, cases: 1)), StringComparison.Ordinal);

    [Fact]
    public void Of_data_the_most_frequent_classes_are_shown()
    {
        string[] labels = [.. Enumerable.Range(0, 101).Select(c => $"c{c}")];
        var data = new SequenceDataset(1, labels, Enumerable.Range(0, 101).SelectMany(
            c => Enumerable.Range(0, c).Select(_ => new Sequence(new float[] { 1 }, 1, c))));
        string text = Written(terminal => DataReport.Write(terminal, new DataStatistics(data)));
        Assert.Contains("The 20 most frequent of 101 classes", text, StringComparison.Ordinal);
        Assert.Contains(" c100 ", text, StringComparison.Ordinal);
        Assert.DoesNotContain(" c80 ", text, StringComparison.Ordinal);
    }

    private static string Written(Action<Terminal> write)
    {
        using StringWriter output = new() { NewLine = "\n" };
        write(new Terminal(output, TextWriter.Null, () => 80));
        return output.ToString();
    }
}
