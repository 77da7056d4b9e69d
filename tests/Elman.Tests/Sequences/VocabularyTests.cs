namespace Elman.Tests.Sequences;

public sealed class VocabularyTests
{
    [Fact]
    public void Symbols_are_numbered_from_1_and_all_others_are_0()
    {
        var vocabulary = new Vocabulary(TextTokens.Characters, ["b", "a", "\U0001F600"], [3, 2, 1]);
        Assert.Equal([1, 2, 3, 0, 0], vocabulary.Encode("ba\U0001F600B?"));
        Assert.Equal((2, Vocabulary.Unknown), (vocabulary.NumberOf("a"), vocabulary.NumberOf("")));
        Assert.Equal(["b", "B"], vocabulary.Split("bB"));
    }

    [Theory]
    [InlineData(TextTokens.Characters, "a,a", "'a' is in the vocabulary twice")]
    [InlineData(TextTokens.Characters, "a,bc", "'bc' can't be in a vocabulary of characters")]
    [InlineData(TextTokens.Characters, "a,", "'' can't be in a vocabulary of characters")]
    [InlineData(TextTokens.Words, "a,b c", "'b c' can't be in a vocabulary of words")]
    [InlineData(TextTokens.Whole, "a,", "'' can't be in a vocabulary of whole")]
    public void What_is_not_a_symbol_or_twice_is_refused(TextTokens tokens, string symbols, string says) => Assert.Contains(says,
        Assert.Throws<ArgumentException>(() => new Vocabulary(tokens, symbols.Split(','), [1, 1])).Message, StringComparison.Ordinal);

    [Fact]
    public void Counts_that_do_not_fit_and_symbols_that_are_too_long_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new Vocabulary(TextTokens.Whole, ["a"], []));
        Assert.Throws<ArgumentException>(() => new Vocabulary(TextTokens.Whole, ["a"], [-1]));
        Assert.Throws<ArgumentException>(() => new Vocabulary(TextTokens.Whole, ["a\uD83D"], [1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Vocabulary((TextTokens)7, ["a"], [1]));
        _ = new Vocabulary(TextTokens.Whole, [new string('a', Vocabulary.MaxLength)], [1]);
        Assert.Throws<ArgumentException>(() => new Vocabulary(TextTokens.Whole, [new string('a', Vocabulary.MaxLength + 1)], [1]));
        Assert.Throws<ArgumentException>(
            () => new VocabularyBuilder(TextTokens.Words).Add(new string('a', Vocabulary.MaxLength + 1), new List<float>()));
    }

    [Fact]
    public void The_order_does_not_depend_on_that_of_the_rows()
    {
        string[] names = ["Rossi", "\u00C9mile", "Garcia", "\U0001F600", "Zoe"];
        SequenceDataset one = Of(names), other = Of([.. names.Reverse()]);
        Assert.Equal(one.Vocabularies[0]!.Symbols, other.Vocabularies[0]!.Symbols);
        Assert.Equal(one.Vocabularies[0]!.Counts, other.Vocabularies[0]!.Counts);
        Assert.Equal(one.Vocabularies[0]!.Symbols.Order(StringComparer.Ordinal), one.Vocabularies[0]!.Symbols);
        for (int i = 0; i < names.Length; i++)
        {
            Assert.Equal(one[i].Values.ToArray(), other[names.Length - 1 - i].Values.ToArray());
            Assert.Equal(names[i], string.Concat(one[i].Values.ToArray().Select(value => one.Vocabularies[0]!.Symbols[(int)value - 1])));
        }
    }

    [Fact]
    public void Events_stand_beside_numbers()
    {
        SequenceDataset data = new SequenceDatasetBuilder<(string? Event, float Value)>()
            .Text("event", step => step.Event).Channel("value", step => step.Value)
            .Add([("open", 1), (null, 2), ("close", 3)], label: "a").Add([("open", 4)], label: "b").Build();
        Assert.Equal(["close", "open"], data.Vocabularies[0]!.Symbols);
        Assert.Equal([1, 2], data.Vocabularies[0]!.Counts);
        Assert.Null(data.Vocabularies[1]);
        Assert.Equal([2, 1, float.NaN, 2, 1, 3], data[0].Values.ToArray());
        Assert.Equal([2, 4], data[1].Values.ToArray());
    }

    [Fact]
    public void A_builder_of_texts_takes_texts_alone_and_a_text_needs_a_symbol()
    {
        var texts = SequenceDatasetBuilder.ForText(TextTokens.Words);
        Assert.Contains("no symbols", Assert.Throws<ArgumentException>(() => texts.Add(" \n")).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => texts.Add([1f]));
        Assert.Throws<ArgumentException>(() => texts.Add(new Sequence(new float[1], 1)));
        Assert.Throws<InvalidOperationException>(() => new SequenceDatasetBuilder(1).Add("a"));
    }

    [Theory]
    [InlineData(-1f)]
    [InlineData(4f)]
    [InlineData(0.5f)]
    [InlineData(float.PositiveInfinity)]
    public void A_value_that_numbers_no_symbol_is_refused(float value) => Assert.Contains("it holds text", Assert.Throws<ArgumentException>(
        () => new SequenceDataset(1, [], [new Sequence(new[] { 1, value }, 1)])
        {
            Vocabularies = [new Vocabulary(TextTokens.Characters, ["a", "b", "c"], [1, 1, 1])],
        }).Message, StringComparison.Ordinal);

    private static SequenceDataset Of(string[] texts) =>
        texts.Aggregate(SequenceDatasetBuilder.ForText(), (builder, text) => builder.Add(text)).Build();
}
