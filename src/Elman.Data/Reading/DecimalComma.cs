using System.Buffers;
using System.Text;

namespace Elman.Data;

/// <summary>Converts numbers with a decimal comma to numbers with a point.</summary>
internal sealed class DecimalComma
{
    private static readonly SearchValues<byte> _ofNumbers = SearchValues.Create("0123456789,.+-eE \t"u8);

    private byte[] _text = new byte[32];

    /// <summary>
    /// Exchanges points and commas in a text that contains only characters of numbers. So a number with a decimal comma can be parsed, and
    /// one with a point, which may be a thousands separator, can't. Other texts are unchanged.
    /// </summary>
    /// <returns>A text that is valid until the next call.</returns>
    public ReadOnlySpan<byte> Turn(ReadOnlySpan<byte> text)
    {
        if (!text.ContainsAny((byte)',', (byte)'.') || text.ContainsAnyExcept(_ofNumbers))
            return text;
        if (_text.Length < text.Length)
            _text = new byte[text.Length];
        for (int i = 0; i < text.Length; i++)
            _text[i] = text[i] switch { (byte)',' => (byte)'.', (byte)'.' => (byte)',', byte other => other };
        return _text.AsSpan(0, text.Length);
    }

    /// <summary>Whether a text is meant as a number with a decimal comma.</summary>
    public static bool IsMeant(ReadOnlySpan<byte> text) =>
        text.Contains((byte)',') && NumberText.IsMeantAsNumber(new DecimalComma().Turn(text));

    /// <summary>
    /// Describes the problem with the commas and points of a text, and what to do; <see langword="null"/> if there is none.
    /// </summary>
    /// <param name="text">A text that is not a number.</param>
    /// <param name="isChosen">Whether numbers have a decimal comma.</param>
    /// <param name="canBeChosen">Whether the option for a decimal comma is available.</param>
    public static string? Explain(ReadOnlySpan<byte> text, bool isChosen, bool canBeChosen)
    {
        ReadOnlySpan<byte> trimmed = NumberText.TrimBlanks(text);
        string shown = NumberText.Quote(trimmed), example = isChosen ? "1234,5" : "1234.5";
        if (trimmed.Length > 40 || !trimmed.ContainsAnyInRange((byte)'0', (byte)'9') || trimmed.ContainsAnyExcept(_ofNumbers))
            return null;
        if (trimmed.Contains((byte)',') && trimmed.Contains((byte)'.'))
            return $"{shown} has a point and a comma; write numbers without thousands separators, such as {example}.";
        if (trimmed.Count((byte)',') > 1 || trimmed.Count((byte)'.') > 1)
            return null;
        if (isChosen && trimmed.Contains((byte)'.'))
            return $"{shown} has a point, but numbers have a decimal comma here (--decimal ,); write all numbers in the same way, such as "
                + $"{Encoding.ASCII.GetString(trimmed).Replace('.', ',')}.";
        if (!isChosen && IsMeant(trimmed) && trimmed.IndexOf((byte)',') is > 0 and var place && trimmed.Length - place == 4
            && trimmed[place - 1] is >= (byte)'0' and <= (byte)'9' && !(place == 1 && trimmed[0] == '0'))
        {
            string digits = Encoding.ASCII.GetString(trimmed);
            return $"{shown} has a comma, which may be a thousands separator or a decimal comma; write {digits.Replace(",", "")} or "
                + $"{digits.Replace(',', '.')}{(canBeChosen ? ", or give --decimal , if all numbers have a decimal comma" : "")}.";
        }
        if (!isChosen && canBeChosen && IsMeant(trimmed))
            return $"{shown} has a decimal comma; give --decimal , if all numbers have one, or write a decimal point.";
        return null;
    }
}
