namespace Elman.Tests.Auto;

public sealed class EnsembleWeightsTests
{
    [Theory]
    [InlineData("gru", "gru:1")]
    [InlineData("counts:3,gru:1", "counts:3,gru:1")]
    [InlineData(" counts : 3 , gru ", "counts:3,gru:1")]
    public void The_text_form_is_names_with_counts(string text, string expected) =>
        Assert.Equal(expected, EnsembleWeights.Parse(text).ToString());

    [Theory]
    [InlineData("", "empty")]
    [InlineData("gru:0", "'gru:0' is not a model with its count")]
    [InlineData("gru:-1", "not a model with its count,")]
    [InlineData("gru:x", "not a model with its count,")]
    [InlineData("gru:1:2", "not a model with its count,")]
    [InlineData("gru,gru", "'gru' is listed twice")]
    [InlineData("gru,,rnn", "empty")]
    public void Anything_else_is_refused(string text, string says) =>
        Assert.Contains(says, Assert.Throws<FormatException>(() => EnsembleWeights.Parse(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void Equal_ones_are_equal()
    {
        Assert.Equal(EnsembleWeights.Parse("a:2,b"), EnsembleWeights.Create(new("a", 2), new("b", 1)));
        Assert.NotEqual(EnsembleWeights.Parse("a:2"), EnsembleWeights.Parse("a:3"));
        Assert.Equal(EnsembleWeights.None, EnsembleWeights.Create());
        Assert.Equal("none", EnsembleWeights.None.ToString());
    }
}
