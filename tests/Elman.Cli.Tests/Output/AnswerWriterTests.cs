using System.Text.Json;
using Elman.Cli.Output;

namespace Elman.Cli.Tests.Output;

public class AnswerWriterTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("", "")]
    [InlineData("a b", "a b")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("say \"a\"", "\"say \"\"a\"\"\"")]
    [InlineData("two\nlines", "\"two\nlines\"")]
    [InlineData("cr\r", "\"cr\r\"")]
    public void A_field_is_quoted_where_it_must_be(string field, string expected) =>
        Assert.Equal(expected, Elman.Data.CsvWriter.Quote(field));

    [Fact]
    public void Numbers_are_as_short_as_can_be()
    {
        using var output = new StringWriter();
        var writer = new AnswerWriter(output, PredictionFormat.Csv);
        writer.Write([("index", 0)], "a", "probabilities", ["a", "b"], [0.5f, 0.5f]);
        writer.Write([("index", 1)], "b", "probabilities", ["a", "b"], [0.1f, 0.9f]);
        Assert.Equal("index,predicted,p_a,p_b\n0,a,0.5,0.5\n1,b,0.1,0.9\n", output.ToString());
    }

    [Fact]
    public void Json_lines_are_the_same_in_another_form()
    {
        using var output = new StringWriter();
        new AnswerWriter(output, PredictionFormat.Jsonl).Write([("index", 0)], "b", "probabilities", ["ä\"", "b"], [0.1f, 0.9f]);
        Assert.Equal("{\"index\":0,\"predicted\":\"b\",\"probabilities\":{\"ä\\\"\":0.1,\"b\":0.9}}\n", output.ToString());
    }

    [Theory]
    [InlineData(1.5f, 1700000001.5)]
    [InlineData(3e38f, (double)3e38f)]
    public void Json_has_numbers_of_any_size_with_their_offset(float value, double expected)
    {
        using var output = new StringWriter();
        new AnswerWriter(output, PredictionFormat.Jsonl).Write([("index", 0)], null, "targets", ["t"], [value], [1_700_000_000.0]);
        using JsonDocument json = JsonDocument.Parse(output.ToString());
        Assert.Equal(expected, json.RootElement.GetProperty("targets").GetProperty("t").GetDouble());
    }

    [Fact]
    public void Answers_that_are_numbers_have_no_word_and_may_be_for_steps()
    {
        using var output = new StringWriter();
        new AnswerWriter(output, PredictionFormat.Csv).Write([("index", 3), ("step", 0)], null, "targets", ["size, mm"], [-1.5f]);
        Assert.Equal("index,step,\"size, mm\"\n3,0,-1.5\n", output.ToString());
    }
}
