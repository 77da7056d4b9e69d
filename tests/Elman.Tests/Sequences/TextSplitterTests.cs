using Elman.Sequences;

namespace Elman.Tests.Sequences;

/// <summary>The symbols of a text.</summary>
public sealed class TextSplitterTests
{
    [Theory]
    [InlineData("", TextTokens.Characters, "")]
    [InlineData("a", TextTokens.Characters, "a")]
    [InlineData("Aa b", TextTokens.Characters, "A|a| |b")]
    [InlineData("n\u00E9", TextTokens.Characters, "n|\u00E9")]
    [InlineData("ne\u0301", TextTokens.Characters, "n|e|\u0301")]
    [InlineData("x\U0001F600y", TextTokens.Characters, "x|\U0001F600|y")]
    [InlineData("\U0001F469\u200D\U0001F680", TextTokens.Characters, "\U0001F469|\u200D|\U0001F680")]
    [InlineData("", TextTokens.Words, "")]
    [InlineData(" \t\u00A0\u3000", TextTokens.Words, "")]
    [InlineData("a", TextTokens.Words, "a")]
    [InlineData("The cat, the CAT.", TextTokens.Words, "The|cat|,|the|CAT|.")]
    [InlineData("don't 'tis o\u2019clock'", TextTokens.Words, "don't|'|tis|o\u2019clock|'")]
    [InlineData("snake_case2 3.14", TextTokens.Words, "snake_case2|3|.|14")]
    [InlineData("ne\u0301e \U0001F600\U0001F600", TextTokens.Words, "ne\u0301e|\U0001F600|\U0001F600")]
    [InlineData("\u4F60\u597D", TextTokens.Words, "\u4F60\u597D")]
    [InlineData("", TextTokens.Whole, "")]
    [InlineData("door open ", TextTokens.Whole, "door open ")]
    public void A_text_is_divided_into(string text, TextTokens tokens, string symbols) =>
        Assert.Equal(symbols, string.Join('|', TextSplitter.Split(text, tokens)));

    [Theory]
    [InlineData("ab c\u00E9e\u0301\U0001F600!", TextTokens.Characters)]
    [InlineData("a, b's (c_d) \u2019x", TextTokens.Words)]
    public void Nothing_but_white_space_is_lost(string text, TextTokens tokens)
    {
        string kept = tokens == TextTokens.Characters ? text : string.Concat(text.Where(c => !char.IsWhiteSpace(c)));
        Assert.Equal(kept, string.Concat(TextSplitter.Split(text, tokens)));
    }

    [Theory]
    [InlineData(new[] { 'a', '\uD83D' }, "position 2")] // as a string, an attribute could not hold them
    [InlineData(new[] { '\uDE00' }, "position 1")]
    [InlineData(new[] { '\uD83D', '\uD83D', '\uDE00' }, "position 1")]
    public void Half_of_a_surrogate_pair_is_refused(char[] characters, string place)
    {
        string text = new(characters);
        foreach (TextTokens tokens in Enum.GetValues<TextTokens>())
            Assert.Contains(place, Assert.Throws<ArgumentException>(() => TextSplitter.Split(text, tokens)).Message,
                StringComparison.Ordinal);
    }
}
