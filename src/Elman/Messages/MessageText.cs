using System.Globalization;
using System.Text;

namespace Elman;

/// <summary>Text from outside, such as a name in a file, as part of a message.</summary>
internal static class MessageText
{
    /// <summary>The maximum number of characters of a name, and of a description, that a message contains.</summary>
    private const int LongestName = 60, LongestDescription = 400;

    /// <summary>Returns a name in quotation marks, in the form of <see cref="Shown"/>.</summary>
    public static string Quoted(string? name) => InMarks(name ?? "", "'", LongestName);

    /// <summary>Returns a description of several words in quotation marks, in the same form, but with a larger maximum length.</summary>
    public static string QuotedText(string? description) => InMarks(description ?? "", "'", LongestDescription);

    /// <summary>Returns a name as a message contains it: visible (<see cref="Visible"/>), and of a long one the beginning and the
    /// length.</summary>
    public static string Shown(string? name) => InMarks(name ?? "", "", LongestName);

    /// <summary>
    /// Returns a text that has no effect on a terminal: control characters, direction controls, line separators and halves of surrogate
    /// pairs are replaced by what they are, such as <c>\x1b</c> and <c>&lt;U+202E&gt;</c>. A direction control can show a text in another
    /// order than that of its characters (Unicode Technical Report 36, 3.2).
    /// </summary>
    public static string Visible(string text)
    {
        int first = 0;
        while (first < text.Length && !IsHidden(text, first))
            first++;
        if (first == text.Length)
            return text;
        var visible = new StringBuilder(text, 0, first, text.Length + 16);
        for (int i = first; i < text.Length; i++)
        {
            if (!IsHidden(text, i))
                visible.Append(text[i]);
            else
                visible.Append(text[i] switch
                {
                    '\n' => "\\n",
                    '\r' => "\\r",
                    '\t' => "\\t",
                    <= '\u00FF' => string.Create(CultureInfo.InvariantCulture, $"\\x{(int)text[i]:x2}"),
                    _ => string.Create(CultureInfo.InvariantCulture, $"<U+{(int)text[i]:X4}>"),
                });
        }
        return visible.ToString();
    }

    private static string InMarks(string name, string mark, int longest)
    {
        if (name.Length <= longest)
            return mark + Visible(name) + mark;
        int length = char.IsHighSurrogate(name[longest - 1]) ? longest - 1 : longest;
        return string.Create(
            CultureInfo.InvariantCulture, $"{mark}{Visible(name[..length])}…{mark} ({name.Length:N0} characters)");
    }

    /// <summary>Whether a character has an effect on a terminal or page instead of a shape: controls, directions, line
    /// separators.</summary>
    public static bool IsHidden(char c) => c is not (>= ' ' and < '\x7F') && (char.IsControl(c) || c is '\u061C' or '\u200E' or '\u200F'
        or (>= '\u2028' and <= '\u202E') or (>= '\u2066' and <= '\u2069'));

    private static bool IsHidden(string text, int i)
    {
        char c = text[i];
        return IsHidden(c)
            || (char.IsHighSurrogate(c) && !(i + 1 < text.Length && char.IsLowSurrogate(text[i + 1])))
            || (char.IsLowSurrogate(c) && !(i > 0 && char.IsHighSurrogate(text[i - 1])));
    }
}
