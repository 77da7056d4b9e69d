using System.Globalization;
using System.Text;

namespace Elman.Sequences;

/// <summary>Splits texts into symbols.</summary>
internal static class TextSplitter
{
    /// <summary>Returns the symbols of a text in order; none for an empty text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="tokens">The kind of symbols.</param>
    /// <exception cref="ArgumentException">The text has half of a surrogate pair, which is not a character.</exception>
    public static IEnumerable<string> Split(string text, TextTokens tokens)
    {
        if (FindHalf(text) is { } half)
            throw new ArgumentException(FormattableString.Invariant(
                $"The text has half of a surrogate pair at position {half + 1}, not a character. Write both halves."), nameof(text));
        return tokens switch
        {
            TextTokens.Characters => Characters(text),
            TextTokens.Words => Words(text),
            _ => text.Length == 0 ? [] : [text],
        };
    }

    /// <summary>Whether a text is a single symbol of <see cref="Split"/>.</summary>
    public static bool IsSymbol(string text, TextTokens tokens) =>
        FindHalf(text) is null && Split(text, tokens).Take(2).ToArray() is [var only] && only == text;

    private static IEnumerable<string> Characters(string text)
    {
        for (int i = 0; i < text.Length;)
        {
            int length = char.IsHighSurrogate(text[i]) ? 2 : 1;
            yield return text.Substring(i, length);
            i += length;
        }
    }

    private static IEnumerable<string> Words(string text)
    {
        for (int i = 0; i < text.Length;)
        {
            int start = i;
            Rune first = Next(text, ref i);
            if (Rune.IsWhiteSpace(first))
                continue;
            if (IsOfWord(first))
                i = EndOfWord(text, i);
            yield return text[start..i];
        }
    }

    private static int EndOfWord(string text, int i)
    {
        for (int next = i; next < text.Length; i = next)
        {
            Rune rune = Next(text, ref next);
            if (rune.Value is '\'' or '\u2019' && next < text.Length)
                rune = Next(text, ref next); // an apostrophe belongs to the word if a letter follows
            if (!IsOfWord(rune))
                return i;
        }
        return i;
    }

    private static Rune Next(string text, ref int i)
    {
        var rune = Rune.GetRuneAt(text, i);
        i += rune.Utf16SequenceLength;
        return rune;
    }

    private static bool IsOfWord(Rune rune) => Rune.GetUnicodeCategory(rune) is UnicodeCategory.UppercaseLetter
        or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter or UnicodeCategory.ModifierLetter
        or UnicodeCategory.OtherLetter or UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark
        or UnicodeCategory.EnclosingMark or UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber
        or UnicodeCategory.OtherNumber or UnicodeCategory.ConnectorPunctuation;

    private static int? FindHalf(string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i]))
                continue;
            if (i + 1 == text.Length || !char.IsSurrogatePair(text[i], text[i + 1]))
                return i;
            i++;
        }
        return null;
    }
}
