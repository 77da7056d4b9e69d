namespace Elman.Comparison.Reports;

/// <summary>The part of a document that the program writes, between two markers.</summary>
internal static class DocsBlock
{
    /// <summary>The line before the part.</summary>
    public const string Start = "<!-- results -->";

    /// <summary>The line after the part.</summary>
    public const string End = "<!-- /results -->";

    /// <summary>Replaces the text between the markers.</summary>
    /// <param name="document">The document.</param>
    /// <param name="text">The text.</param>
    /// <exception cref="FormatException">The document does not have exactly one pair of markers.</exception>
    public static string Replace(string document, string text)
    {
        string[] around = document.Split(Start);
        string[] rest = around is [_, string after] ? after.Split(End) : [];
        return rest is [_, string tail]
            ? $"{around[0]}{Start}\n\n{text}\n\n{End}{tail}"
            : throw new FormatException($"It needs one line '{Start}' and after it one line '{End}'; the results go between them.");
    }
}
