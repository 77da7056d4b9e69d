namespace Elman.Tests.Sequences;

public class ClassIndexTests
{
    [Fact]
    public void Labels_are_numbered_as_they_are_met()
    {
        var index = new ClassIndex();
        Assert.Equal([0, 1, 0, 2, 1], new[] { "b", "a", "b", "c", "a" }.Select(index.Add));
        Assert.Equal(["b", "a", "c"], index.Labels);
    }

    [Fact]
    public void Labels_are_compared_letter_by_letter()
    {
        string[] labels = ["a", "A", " a", "ä", "a\u0308", "", "ß", "ss", "1", "1.0"];
        Assert.Equal(Enumerable.Range(0, labels.Length), labels.Select(new ClassIndex().Add));
    }

    [Fact]
    public void A_class_index_starts_with_the_given_classes()
    {
        var index = new ClassIndex(["x", "y"]);
        Assert.Equal((1, 0, 2), (index.Find("y"), index.Add("x"), index.Add("z")));
    }

    [Fact]
    public void A_label_that_no_class_has_is_not_found_and_not_added()
    {
        var index = new ClassIndex(["x"]);
        Assert.Equal(Sequence.NoLabel, index.Find("y"));
        Assert.Equal(["x"], index.Labels);
    }
}
