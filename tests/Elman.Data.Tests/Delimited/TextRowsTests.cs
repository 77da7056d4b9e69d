namespace Elman.Data.Tests.Delimited;

/// <summary>Columns of text, in long and in wide form.</summary>
public class TextRowsTests
{
    private const string Names = "label,original,ascii\nItalian,Rossì,Rossi\nSpanish,Gómez,Gomez\n";

    [Fact]
    public void A_row_is_a_text_whose_characters_are_the_steps()
    {
        SequenceDataset data = Text.Read(Names, ".csv", new() { Text = "ascii" });
        Assert.Equal(["Rossi", "Gomez"], Texts(data));
        Assert.Equal(["Italian", "Spanish"], data.Select((_, i) => Text.LabelOf(data, i)));
        Assert.Equal(["ascii"], data.Columns!.Texts);
        Assert.False(data.Columns.IsLong);
        Assert.Empty(data.ChannelNames);
        Assert.Equal("Column 'original' is ignored, because each row is a text.", Assert.Single(data.Warnings));
        Assert.Equal(["Rossì", "Gómez"], Texts(Text.Read(Names, ".csv", new() { Text = "2", HasHeader = true })));
    }

    [Fact]
    public void The_vocabulary_is_sorted_and_has_counts()
    {
        Vocabulary vocabulary = Text.Read("label,t\na,b😀b\nb,é\n", ".csv", new() { Text = "t" }).Vocabularies[0]!;
        Assert.Equal(["b", "é", "😀"], vocabulary.Symbols);
        Assert.Equal([2, 1, 1], vocabulary.Counts);
        Assert.Equal(TextTokens.Characters, vocabulary.Tokens);
    }

    [Fact]
    public void Words_are_steps_where_that_is_asked()
    {
        SequenceDataset data = Text.Read(
            "id,text,label\n1,\"Well, it's  fine\",a\n2,NA,b\n", ".csv", new() { Text = "text", Tokens = TextTokens.Words });
        Assert.Equal(["Well", ",", "it's", "fine"], Symbols(data, 0));
        Assert.Equal(["NA"], Symbols(data, 1));
        Assert.Equal(["1", "2"], data.Select(sequence => sequence.Id));
    }

    [Theory]
    [InlineData(199, 200, null)] // 199 on average, rounded down
    [InlineData(200, 200, "The texts have 200 characters on average, and each is a step; give --tokens words to use words as steps.")]
    [InlineData(100, 500, "The texts have 300 characters on average")]
    public void Texts_that_are_long_on_average_make_it_wonder_whether_words_are_meant(int first, int second, string? told)
    {
        string text = $"t,label\n{new string('a', first)},u\n{new string('b', second)},v\n";
        IReadOnlyList<string> warnings = Text.Read(text, ".csv", new() { Text = "t" }).Warnings;
        if (told is null)
            Assert.Empty(warnings);
        else
            Assert.StartsWith(told, Assert.Single(warnings), StringComparison.Ordinal);
        Assert.Empty(Text.Read(text, ".csv", new() { Text = "t", Tokens = TextTokens.Words }).Warnings);
    }

    [Fact]
    public void A_row_may_end_before_the_column_of_its_group()
    {
        SequenceDataset data = Text.Read("label,t,g\nu,ab,1\nv,cd\n", ".csv", new() { Text = "t", GroupColumn = "g" });
        Assert.Equal(["1", null], data.Select(sequence => sequence.Group));
    }

    [Fact]
    public void Other_data_are_read_as_those_of_the_training_data()
    {
        SequenceDataset first = Text.Read(Names, ".csv", new() { Text = "ascii" });
        SequenceDataset other = Text.Read("ascii\nRossi\n", ".csv", new() { Known = first.Columns, Labels = LabelKind.Any });
        Assert.Equal(["Rossi"], Texts(other));
        Assert.Contains("there is no column 'ascii', which held the text", Text.Refuse("name\nRossi\n", ".csv",
            new() { Known = first.Columns, Labels = LabelKind.Any, HasHeader = true }).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void In_long_form_a_row_is_a_symbol_beside_numbers()
    {
        SequenceDataset data = Text.Read(
            "id,time,event,value,label\na,1,open,1.5,x\na,0,shut,2,x\nb,0,,3,y\n", ".csv", new() { Text = "event" });
        Assert.Equal(["event", "value"], data.ChannelNames);
        Assert.Equal(["open", "shut"], data.Vocabularies[0]!.Symbols);
        Assert.Null(data.Vocabularies[1]);
        Assert.Equal([2, 2, 1, 1.5f], Text.Values(data[0]));
        Assert.Equal([float.NaN, 3], Text.Values(data[1]));
        Assert.True(data.Columns!.IsLong);
        Assert.Equal(["event"], data.Columns.Texts);
    }

    [Theory]
    [InlineData("label,t\na,\n", "t", null, 2L, 2, "the text is empty")]
    [InlineData("label,t\na,\"  \"\n", "t", TextTokens.Words, 2L, 2, "the text is empty")]
    [InlineData("id,t,label\n1,a,x\n1,b,x\n", "t", null, 3L, 1, "the id '1' is also on line 2, so rows may be steps; declare the form: "
        + "--format long if each row is a step")]
    [InlineData("label,t\na,b\n", "u", null, 1L, null, "there is no column 'u', given as the text column")]
    [InlineData("label,t\na,b\n", "t,label", null, 1L, null, "several text columns are given;")]
    [InlineData("label,t\na,b\n", "t,t", null, 1L, null, "names a text column twice")]
    [InlineData("label,t\na,b\n", "label", null, 1L, null, "must be different columns;")]
    [InlineData("x\ty\na\tb\n", "1", null, 1L, null, "of text is a header; declare it (--header yes or no).")]
    public void Invalid_texts_are_refused_with_their_position(
        string text, string column, TextTokens? tokens, long line, int? field, string says) => Text.AssertPlace(
        Text.Refuse(text, text.Contains('\t', StringComparison.Ordinal) ? ".tsv" : ".csv", new() { Text = column, Tokens = tokens }),
        line, field, says);

    [Theory]
    [InlineData("label,name\na,Rossi\n", "--text name")]
    [InlineData("id,time,name,label\n1,0,Rossi,a\n", "--text name")]
    public void Text_without_its_option_names_the_option(string text, string says) =>
        Assert.Contains(says, Text.Refuse(text, ".csv").Message, StringComparison.Ordinal);

    [Fact]
    public void Accents_that_are_characters_of_their_own_and_long_texts_are_reported()
    {
        Assert.Contains("U+0301", Assert.Single(Text.Read("label,t\na,e\u0301\n", ".csv", new() { Text = "t" }).Warnings),
            StringComparison.Ordinal);
        Assert.Contains("--tokens words", Assert.Single(
            Text.Read($"label,t\na,{new string('b', 400)}\n", ".csv", new() { Text = "t" }).Warnings), StringComparison.Ordinal);
    }

    private static IEnumerable<string> Texts(SequenceDataset data) =>
        Enumerable.Range(0, data.Count).Select(i => string.Concat(Symbols(data, i)));

    private static IEnumerable<string> Symbols(SequenceDataset data, int sequence) =>
        data[sequence].Values.ToArray().Select(value => data.Vocabularies[0]!.Symbols[(int)value - 1]);
}
