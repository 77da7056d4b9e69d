namespace Elman;

/// <summary>Into what symbols a text is divided.</summary>
public enum TextTokens
{
    /// <summary>
    /// Each Unicode scalar value is a symbol, blanks included: <c>né</c> is two of them where é is one (U+00E9), three where it is an e
    /// with a combining accent (U+0065 U+0301). Nothing is normalised, and case is kept.
    /// </summary>
    Characters,

    /// <summary>
    /// Each run of letters, digits, marks and connectors such as <c>_</c> is a symbol, apostrophes between them included; so is every
    /// other character that is no white space. White space divides and is left out. Nothing is normalised, and case is kept.
    /// </summary>
    Words,

    /// <summary>The whole text is one symbol, such as the name of an event.</summary>
    Whole,
}
