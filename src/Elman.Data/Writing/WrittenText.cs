namespace Elman.Data;

/// <summary>Converts symbols to text for written files.</summary>
internal static class WrittenText
{
    /// <summary>Returns the text of a sequence with one channel; words are separated by one blank.</summary>
    public static string Of(Sequence sequence, Vocabulary symbols) => string.Join(
        symbols.Tokens == TextTokens.Words ? " " : "", sequence.Values.ToArray().Select(value => Of(value, symbols)));

    /// <summary>Returns a symbol; the replacement character for an unknown symbol.</summary>
    public static string Of(float value, Vocabulary symbols) =>
        value is >= 1 ? symbols.Symbols[(int)value - 1] : "\uFFFD";
}
