namespace Elman.Data.Tests.JsonLines;

/// <summary>Texts and symbols in JSON Lines.</summary>
public class JsonTextsTests
{
    [Theory]
    [InlineData("text")]
    [InlineData("x")]
    public void A_string_is_a_text(string member)
    {
        SequenceDataset data = Text.Read($"{{\"{member}\":\"b😀a\",\"label\":\"u\"}}\n{{\"{member}\":\"a\",\"label\":\"v\"}}\n", ".jsonl");
        Assert.Equal(["a", "b", "😀"], data.Vocabularies[0]!.Symbols);
        Assert.Equal([2, 3, 1], Text.Values(data[0]));
        Assert.Equal([1], Text.Values(data[1]));
    }

    [Fact]
    public void Strings_in_lists_are_symbols_as_they_are()
    {
        SequenceDataset data = Text.Read(
            "{\"channels\":{\"event\":[\"shut it\",null],\"v\":[1,2]}}\n{\"channels\":{\"v\":[3],\"event\":[\"open\"]}}\n", ".jsonl",
            new() { Labels = LabelKind.Any });
        Assert.Equal(["open", "shut it"], data.Vocabularies[0]!.Symbols);
        Assert.Null(data.Vocabularies[1]);
        Assert.Equal([2, 1, float.NaN, 2], Text.Values(data[0]));
        Assert.Equal(["b", "a"], Text.Read("{\"x\":[\"b\",\"a\"]}\n", ".jsonl", new() { Labels = LabelKind.Any })[0].Values.ToArray()
            .Select(value => value == 2 ? "b" : "a"));
    }

    [Theory]
    [InlineData("{\"text\":\"\"}\n", 1, "the text is empty")]
    [InlineData("{\"text\":5}\n", 1, "'text' must be a string,")]
    [InlineData("{\"text\":\"a\",\"x\":[1]}\n", 1, "two of 'x', 'channels' and 'text'")]
    [InlineData("{\"text\":\"a\"}\n{\"x\":[1]}\n", 2, "write all values in the same way.")]
    [InlineData("{\"x\":[1]}\n{\"text\":\"a\"}\n", 2, "write all values in the same way.")]
    [InlineData("{\"x\":[\"a\",1]}\n", 1, "write all values in the same way.")]
    [InlineData("{\"x\":[\"a\"]}\n{\"text\":\"a\"}\n", 2, "write all values in the same way.")]
    public void Invalid_texts_are_refused_with_their_line(string text, long line, string says)
    {
        DataFileException e = Text.Refuse(text, ".jsonl", new() { Labels = LabelKind.Any });
        Assert.Equal(line, e.Line);
        Assert.Contains(says, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_written_is_read_again()
    {
        (SequenceDataset words, _) = BuiltInData.Load("pseudo-words", 1, 20, 1);
        using var writer = new StringWriter();
        JsonLinesWriter.Write(writer, words);
        SequenceDataset read = Text.Read(writer.ToString(), ".jsonl");
        Assert.Equal(words.Select(Letters(words)), read.Select(Letters(read)));
        Assert.Throws<ArgumentException>(() => DataFile.Write(Path.Combine(Path.GetTempPath(), "x.csv"), words));

        static Func<Sequence, string> Letters(SequenceDataset data) => sequence =>
            string.Concat(sequence.Values.ToArray().Select(value => data.Vocabularies[0]!.Symbols[(int)value - 1]));
    }
}
