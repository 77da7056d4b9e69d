namespace Elman.Data;

/// <summary>Texts in written form.</summary>
internal static class WrittenText
{
    /// <summary>The text of a sequence with one channel; words are separated by one blank.</summary>
    public static string Of(Sequence sequence, Vocabulary symbols) => string.Join(
        symbols.Tokens == TextTokens.Words ? " " : "", sequence.Values.ToArray().Select(value => Of(value, symbols)));

    /// <summary>A symbol; the replacement character for one that is not known.</summary>
    public static string Of(float value, Vocabulary symbols) =>
        value is >= 1 ? symbols.Symbols[(int)value - 1] : "\uFFFD";
}
