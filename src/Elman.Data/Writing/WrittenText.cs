namespace Elman.Data;

/// <summary>Texts as they are written.</summary>
internal static class WrittenText
{
    /// <summary>The text of a sequence of one channel; words are divided by blanks, whatever divided them before.</summary>
    public static string Of(Sequence sequence, Vocabulary symbols) => string.Join(
        symbols.Tokens == TextTokens.Words ? " " : "", sequence.Values.ToArray().Select(value => Of(value, symbols)));

    /// <summary>A symbol; the replacement character for one that is not known.</summary>
    public static string Of(float value, Vocabulary symbols) =>
        value is >= 1 ? symbols.Symbols[(int)value - 1] : "\uFFFD";
}
