namespace Elman;

/// <summary>The kind of symbols into which a text is split.</summary>
public enum TextTokens
{
    /// <summary>
    /// Each Unicode scalar value is a symbol, including blanks: <c>né</c> has two symbols if é is U+00E9, and three if it is an e with a
    /// combining accent (U+0065 U+0301). Nothing is normalised, and case is kept.
    /// </summary>
    Characters,

    /// <summary>
    /// Each run of letters, digits, marks and connectors such as <c>_</c> is a symbol, including apostrophes between them; so is every
    /// other character that is not white space. White space separates symbols and is left out. Nothing is normalised, and case is kept.
    /// </summary>
    Words,

    /// <summary>The whole text is one symbol, such as the name of an event.</summary>
    Whole,
}
