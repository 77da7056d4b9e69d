namespace Elman.Tests.Models;

public sealed class EmbeddingsTests
{
    [Theory]
    [InlineData("1:16", "1:16")]
    [InlineData(" 3:8 , 1:16", "3:8,1:16")]
    [InlineData("16", "16")]
    [InlineData("none", "none")]
    public void A_text_is_read_and_written(string text, string expected)
    {
        var embeddings = Embeddings.Parse(text);
        Assert.Equal(expected, embeddings.ToString());
        Assert.Equal(embeddings, Embeddings.Parse(expected));
        Assert.Equal(embeddings.GetHashCode(), Embeddings.Parse(expected).GetHashCode());
    }

    [Theory]
    [InlineData("")]
    [InlineData("1:")]
    [InlineData(":16")]
    [InlineData("1:2:3")]
    [InlineData("-1:16")]
    [InlineData("1:16,")]
    [InlineData("1:1.5")]
    [InlineData("1:99999999999")]
    public void What_is_not_a_list_is_refused(string text) => Assert.Contains(
        "is no list of embeddings", Assert.Throws<FormatException>(() => Embeddings.Parse(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void Lists_of_embeddings_are_equal_if_all_embeddings_are()
    {
        Embeddings two = [new(1, 16), new(3, 8)];
        Assert.Equal(two, Embeddings.Parse("1:16,3:8"));
        Assert.NotEqual(two, Embeddings.Parse("1:16"));
        Assert.NotEqual(two, Embeddings.Parse("3:8,1:16"));
        Assert.Equal(Embeddings.None, []);
        Assert.Equal(new TrainingOptions { Inputs = new() { Embed = two } }, new TrainingOptions { Inputs = new() { Embed = [.. two] } });
    }

    [Theory]
    [InlineData("0:16", "Embed names channel 0; channels are counted from 1 to at most 65536.")]
    [InlineData("65537:16", "Embed names channel 65537; channels are counted from 1 to at most 65536.")]
    [InlineData("1:0", "Embed has vectors of 0 numbers; it may be 1 to 65536.")]
    [InlineData("1:65537", "Embed has vectors of 65537 numbers; it may be 1 to 65536.")]
    [InlineData("1:8,1:4", "Embed names channel 1 more than once.")]
    [InlineData("8,2:4", "Embed is 8,2:4; only a size that is alone may do without its channel.")]
    [InlineData("1:65536,2:1", "Embed makes 65537 numbers of a step; there may be at most 65536.")]
    public void Invalid_embeddings_are_refused_in_one_sentence(string text, string problem) =>
        Assert.Equal([problem], new TrainingOptions { Inputs = new() { Embed = Embeddings.Parse(text) } }.FindProblems());

    [Theory]
    [InlineData(MissingValues.Mean)]
    [InlineData(MissingValues.Linear)]
    [InlineData(MissingValues.Indicate)]
    public void No_way_to_compute_a_missing_symbol_is_taken(MissingValues way) =>
        Assert.Equal([$"Missing is {way}, which computes with values, but those of Embed are symbols; choose Mask or Last."],
            new TrainingOptions { Inputs = new() { Embed = [new(2, 4)], Missing = way } }.FindProblems());

    [Fact]
    public void What_does_not_learn_or_judge_symbols_refuses_them()
    {
        Assert.Equal(
            ["Embed learns its vectors by gradients; esn learns its output layer alone, so leave it at its default."],
            new TrainingOptions { Cell = "esn", Inputs = new() { Embed = [new(1, 4)] } }.FindProblems());
        Assert.StartsWith(
            "Embed takes a channel as symbols, which a forecaster would have to forecast as numbers; leave it at its default.",
            Assert.Throws<ArgumentException>(
                () => new SequenceForecaster(new TrainingOptions { Inputs = new() { Embed = [new(1, 4)] } })).Message,
            StringComparison.Ordinal);
    }
}
