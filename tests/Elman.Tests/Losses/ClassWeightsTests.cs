namespace Elman.Tests.Losses;

public class ClassWeightsTests
{
    private static readonly string[] _classes = ["a", "b", "c"];

    [Fact]
    public void Without_weights_there_are_none() => Assert.Empty(ClassWeights.None.For(_classes, [1, 2, 3]));

    [Fact]
    public void Balanced_weights_make_every_class_that_occurs_count_the_same()
    {
        double[] weights = ClassWeights.Balanced.For(_classes, [10, 0, 30]);
        Assert.Equal([2, 1, 2.0 / 3], weights);
        Assert.Equal(40, (10 * weights[0]) + (30 * weights[2]), 1e-12);
    }

    [Fact]
    public void Classes_that_are_not_named_count_one() =>
        Assert.Equal([1, 5, 0.5], ClassWeights.Parse("c=0.5, b=5").For(_classes, [1, 1, 1]));

    [Fact]
    public void A_class_that_does_not_occur_in_the_data_is_refused()
    {
        var e = Assert.Throws<ArgumentException>(() => ClassWeights.Parse("d=2").For(_classes, [1, 1, 1]));
        Assert.Contains("'d'", e.Message, StringComparison.Ordinal);
        Assert.Contains("a, b, c", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("none")]
    [InlineData("balanced")]
    [InlineData("a=0.5,b=2")]
    public void The_text_form_reads_back(string text)
    {
        Assert.Equal(text, ClassWeights.Parse(text).ToString());
        Assert.Equal(ClassWeights.Parse(text), ClassWeights.Parse(text));
        Assert.Equal(ClassWeights.Parse(text).GetHashCode(), ClassWeights.Parse(text).GetHashCode());
    }

    [Theory]
    [InlineData("")]
    [InlineData("even")]
    [InlineData("a")]
    [InlineData("a=")]
    [InlineData("a=0")]
    [InlineData("a=-1")]
    [InlineData("a=NaN")]
    [InlineData("a=1,a=2")]
    public void What_is_no_text_form_is_refused(string text) => Assert.Throws<FormatException>(() => ClassWeights.Parse(text));
}
