using System.Globalization;
using System.Text;

namespace Elman;

/// <summary>
/// Text forms of option values, as on the command line. Invalid text leads to a <see cref="FormatException"/> that says what is allowed.
/// </summary>
public static class OptionText
{
    /// <summary>Parses an integer.</summary>
    public static int WholeNumber(string option, string text) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value)
            ? value
            : throw new FormatException($"{option} is {Quoted(text)}; it must be a whole number{Bound(text)}.");

    /// <summary>Parses a number.</summary>
    public static double Number(string option, string text) =>
        TryNumber(text, out double value) ? value : throw new FormatException($"{option} is {Quoted(text)}; it must be a number, such as "
            + "0.5.");

    /// <summary>Tries to parse a number.</summary>
    public static bool TryNumber(string text, out double value) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value);

    /// <summary>Parses a number, or <c>none</c> for infinity.</summary>
    public static double Limit(string option, string text) =>
        text == "none" ? double.PositiveInfinity
        : TryNumber(text, out double value) ? value
        : throw new FormatException($"{option} is {Quoted(text)}; it must be a number, such as 0.5, or none.");

    /// <summary>The word for a number that is chosen from the data.</summary>
    public const string Auto = "auto";

    /// <summary>Parses a number, or <see langword="null"/> for <c>auto</c>.</summary>
    public static double? NumberOrAuto(string option, string text) =>
        text == Auto ? null
        : TryNumber(text, out double value) ? value
        : throw new FormatException($"{option} is {Quoted(text)}; it must be a number, such as 0.001, or auto.");

    /// <summary>Parses a time, such as <c>90s</c>, <c>5min</c> or <c>1h</c>.</summary>
    public static TimeSpan Time(string option, string text)
    {
        (string Unit, double Seconds)[] units = [("min", 60), ("ms", 0.001), ("s", 1), ("h", 3600)];
        foreach ((string unit, double seconds) in units)
            if (text.EndsWith(unit, StringComparison.Ordinal) && TryNumber(text[..^unit.Length], out double value)
                && Math.Abs(value * seconds) <= 1e9)
                return TimeSpan.FromSeconds(value * seconds);
        throw new FormatException($"{option} is {Quoted(text)}; it must be a time, such as 90s, 5min or 1h.");
    }

    /// <summary>Parses one of a few words.</summary>
    public static string Choice(string option, string text, IReadOnlyList<string> words) =>
        words.Contains(text, StringComparer.Ordinal)
            ? text
            : throw new FormatException($"{option} is {Quoted(text)}; it must be {Listing(words)}.");

    /// <summary>Parses the word for a value of an enumeration.</summary>
    public static T Value<T>(string option, string text)
        where T : struct, Enum =>
        Enum.GetValues<T>()[All<T>().ToList().IndexOf(Choice(option, text, All<T>()))];

    /// <summary>Returns the words for the values of an enumeration, in the order of the values.</summary>
    public static IReadOnlyList<string> All<T>()
        where T : struct, Enum =>
        [.. Enum.GetValues<T>().Select(Of)];

    /// <summary>Returns the word for a value of an enumeration.</summary>
    public static string Of<T>(T value)
        where T : struct, Enum => Kebab(value.ToString());

    /// <summary>
    /// Returns the form of a name in options: <c>LearningRate</c> becomes <c>learning-rate</c>, and <c>AdamW</c>, whose last letter is not
    /// a word, becomes <c>adamw</c>.
    /// </summary>
    public static string Kebab(string name)
    {
        var word = new StringBuilder(name.Length + 4);
        for (int i = 0; i < name.Length; i++)
        {
            if (char.IsUpper(name[i]) && i > 0 && i < name.Length - 1)
                word.Append('-');
            word.Append(char.ToLowerInvariant(name[i]));
        }
        return word.ToString();
    }

    /// <summary>Lists words in a sentence: <c>a, b or c</c>.</summary>
    public static string Listing(IReadOnlyList<string> words) =>
        words.Count < 2 ? string.Concat(words) : $"{string.Join(", ", words.Take(words.Count - 1))} or {words[^1]}";

    /// <summary>Returns the bound that a text exceeds, if it is an integer that is too large in magnitude.</summary>
    private static string Bound(string text)
    {
        bool negative = text.StartsWith('-');
        ReadOnlySpan<char> digits = negative || text.StartsWith('+') ? text.AsSpan(1) : text;
        if (digits.IsEmpty || digits.ContainsAnyExceptInRange('0', '9'))
            return "";
        return negative ? $" of at least {int.MinValue}" : $" of at most {int.MaxValue}";
    }
}
