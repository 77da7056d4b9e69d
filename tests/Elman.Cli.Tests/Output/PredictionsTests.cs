using Elman.Cli.Output;

namespace Elman.Cli.Tests.Output;

public class PredictionsTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("", "")]
    [InlineData("a b", "a b")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("say \"a\"", "\"say \"\"a\"\"\"")]
    [InlineData("two\nlines", "\"two\nlines\"")]
    [InlineData("cr\r", "\"cr\r\"")]
    public void A_field_is_quoted_where_it_must_be(string field, string expected) => Assert.Equal(expected, Predictions.Quote(field));

    [Fact]
    public void Of_equal_probabilities_the_first_class_is_predicted_and_numbers_are_as_short_as_can_be()
    {
        using var output = new StringWriter();
        Predictions.Write(output, PredictionFormat.Csv, ["a", "b"], [0.5f, 0.5f, 0.1f, 0.9f]);
        Assert.Equal("index,predicted,p_a,p_b\n0,a,0.5,0.5\n1,b,0.1,0.9\n", output.ToString());
    }

    [Fact]
    public void Json_lines_are_the_same_in_another_form()
    {
        using var output = new StringWriter();
        Predictions.Write(output, PredictionFormat.Jsonl, ["ä\"", "b"], [0.1f, 0.9f]);
        Assert.Equal("{\"index\":0,\"predicted\":\"b\",\"probabilities\":{\"ä\\\"\":0.1,\"b\":0.9}}\n", output.ToString());
    }

    [Fact]
    public void No_sequence_gives_the_header_alone()
    {
        using var output = new StringWriter();
        Predictions.Write(output, PredictionFormat.Csv, ["a"], []);
        Assert.Equal("index,predicted,p_a\n", output.ToString());
    }
}
