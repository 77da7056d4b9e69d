using System.Globalization;
using System.Text;
using csFastFloat;

namespace Elman.Data;

/// <summary>Parses numbers of data files: an optional sign, digits with or without a decimal point, an optional exponent.</summary>
/// <remarks>
/// csFastFloat parses them, three times as fast as <see cref="double.Parse(string)"/> and with exactly the same results. It parses the
/// longest number at the beginning of a text; if characters remain, or if the text is not a plain number, .NET parses it.
/// </remarks>
internal static class NumberText
{
    private const NumberStyles Styles = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    // An array, because it is searched for every label.
    private static readonly string[] _missingMarks = [.. DataFile.MissingMarks];

    private static readonly string[] _infinite = ["inf", "infinity", "∞"];

    /// <summary>Reads a finite number; blanks around it are allowed.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out float value) => TryParse(text, out value, out _);

    /// <summary>Reads a finite number, also as the nearest double.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out float value, out double exact)
    {
        ReadOnlySpan<byte> trimmed = TrimBlanks(text);
        // It skips blanks and line breaks at the start of quoted text.
        if (!trimmed.IsEmpty && trimmed[0] > ' '
            && FastDoubleParser.TryParseDouble(trimmed, out int length, out exact, Styles) && length == trimmed.Length)
        {
            value = (float)exact;
            if (IsRoundedOnce(exact))
                return true;
            if (FastFloatParser.TryParseFloat(trimmed, out length, out value, Styles) && length == trimmed.Length)
                return float.IsFinite(value);
        }
        exact = 0;
        return float.TryParse(trimmed, Styles, CultureInfo.InvariantCulture, out value) && float.IsFinite(value)
            && double.TryParse(trimmed, Styles, CultureInfo.InvariantCulture, out exact);
    }

    /// <summary>Reads a finite number, or NaN if the text is <c>?</c> or <c>NaN</c>, which mean a missing value.</summary>
    public static bool TryParseOrMissing(ReadOnlySpan<byte> text, out float value) => TryParseOrMissing(text, out value, out _);

    /// <summary>
    /// Reads a field of a delimited file: a finite number, or NaN if the text is one of <see cref="DataFile.MissingMarks"/>.
    /// </summary>
    public static bool TryParseField(ReadOnlySpan<byte> text, out float value) => TryParseField(text, out value, out _);

    /// <summary>Reads a field of a delimited file, also as the double nearest to the text.</summary>
    public static bool TryParseField(ReadOnlySpan<byte> text, out float value, out double exact) =>
        TryParseOrMissing(text, out value, out exact) || IsMissing(text);

    /// <summary>
    /// Reads a number as <see cref="TryParseOrMissing(ReadOnlySpan{byte}, out float)"/> does, also as the double nearest to the text.
    /// </summary>
    public static bool TryParseOrMissing(ReadOnlySpan<byte> text, out float value, out double exact)
    {
        if (TryParse(text, out value, out exact))
            return true;
        ReadOnlySpan<byte> trimmed = TrimBlanks(text);
        bool isMissing = trimmed is [(byte)'?']
            || (float.TryParse(trimmed, Styles, CultureInfo.InvariantCulture, out value) && float.IsNaN(value));
        value = float.NaN;
        return isMissing;
    }

    /// <summary>Whether a text is one of <see cref="DataFile.MissingMarks"/>.</summary>
    public static bool IsMissing(ReadOnlySpan<byte> text)
    {
        ReadOnlySpan<byte> trimmed = TrimBlanks(text);
        foreach (string mark in _missingMarks)
            if (trimmed.Length == mark.Length && Ascii.EqualsIgnoreCase(trimmed, mark))
                return true;
        return false;
    }

    /// <summary>Whether a text was meant as a number: it is one, or means a missing, infinite or out-of-range number.</summary>
    public static bool IsMeantAsNumber(ReadOnlySpan<byte> text)
    {
        // Most texts are numbers: a first row may have millions.
        if (TryParse(text, out _))
            return true;
        ReadOnlySpan<byte> trimmed = TrimBlanks(text);
        return !trimmed.IsEmpty && (float.TryParse(trimmed, Styles, CultureInfo.InvariantCulture, out _) || trimmed is [(byte)'?']);
    }

    /// <summary>Describes the problem with a refused text, and what to do.</summary>
    public static string Explain(ReadOnlySpan<byte> text)
    {
        ReadOnlySpan<byte> trimmed = TrimBlanks(text);
        string shown = Quote(trimmed);
        string bare = trimmed.Length > 20 ? "" : Encoding.UTF8.GetString(trimmed);
        if (trimmed.IsEmpty)
            return "the value is missing; write '?' for a missing value.";
        if (IsMissing(trimmed))
            return $"{shown} is a missing value; write '?' for it.";
        if (_infinite.Contains(bare.TrimStart('+', '-'), StringComparer.OrdinalIgnoreCase))
            return $"{shown} is not finite; replace it by a number or remove the sequence.";
        if (float.TryParse(trimmed, Styles, CultureInfo.InvariantCulture, out _))
            return $"{shown} is outside the range of 32-bit floats, ±3.4e38; scale the values down.";
        if (trimmed.Count((byte)',') == 1 && TryParse(Encoding.UTF8.GetBytes(bare.Replace(',', '.')), out _))
            return $"{shown} has a decimal comma; write numbers with a decimal point.";
        if (trimmed is [.., (byte)'%'] && TryParse(trimmed[..^1], out _))
            return $"{shown} has a percent sign; write the number without it.";
        if (bare.Equals("true", StringComparison.OrdinalIgnoreCase) || bare.Equals("false", StringComparison.OrdinalIgnoreCase))
            return $"{shown} is not a number; write 1 for true and 0 for false.";
        return $"{shown} is not a number; write values such as -1.5 or 2e-3.";
    }

    /// <summary>Returns a text in quotes, truncated if it is long, with control characters made visible.</summary>
    public static string Quote(ReadOnlySpan<byte> text)
    {
        const int Shown = 40;
        var result = new StringBuilder("'");
        int count = 0;
        // A character takes at most 4 bytes.
        foreach (Rune rune in Encoding.UTF8.GetString(text[..Math.Min(text.Length, 4 * (Shown + 1))]).EnumerateRunes())
        {
            if (count++ == Shown)
            {
                result.Append('…');
                break;
            }
            if (Rune.IsControl(rune))
                result.Append(CultureInfo.InvariantCulture, $"\\u{rune.Value:x4}");
            else
                result.Append(rune.ToString());
        }
        return result.Append('\'').ToString();
    }

    /// <summary>Returns the text without the blanks and tabs around it.</summary>
    public static ReadOnlySpan<byte> TrimBlanks(ReadOnlySpan<byte> text) =>
        !text.IsEmpty && (text[0] <= ' ' || text[^1] <= ' ') ? text.Trim(" \t"u8) : text;

    /// <summary>
    /// Whether the float nearest to a double is also the nearest to every text that rounds to this double: the double is a normal number or
    /// 0, and is not halfway between two floats, where further digits of the text would decide.
    /// </summary>
    private static bool IsRoundedOnce(double exact)
    {
        // Rounding to float removes 29 bits of a double; halfway means that only the highest of them is set.
        const ulong Cut = (1UL << 29) - 1, Halfway = 1UL << 28;
        const double LeastNormal = 1.17549435082229e-38; // slightly above the smallest normal float
        double size = Math.Abs(exact);
        return (size is > LeastNormal and < float.MaxValue || exact == 0)
            && (BitConverter.DoubleToUInt64Bits(exact) & Cut) != Halfway;
    }
}
