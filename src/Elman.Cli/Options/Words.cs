using System.Globalization;
using System.Text;

namespace Elman.Cli.Options;

/// <summary>
/// Parses the values of options. Errors are <see cref="FormatException"/>s with a message about allowed values.
/// </summary>
internal static class Words
{
    /// <summary>A whole number.</summary>
    public static int WholeNumber(string option, string text) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value)
            ? value
            : throw new FormatException($"{option} is '{text}'; it must be a whole number{Bound(text)}.");

    /// <summary>A number.</summary>
    public static double Number(string option, string text) =>
        TryNumber(text, out double value) ? value : throw new FormatException($"{option} is '{text}'; it must be a number, such as 0.5.");

    /// <summary>Whether a text is a number, and which.</summary>
    public static bool TryNumber(string text, out double value) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value);

    /// <summary>A number, or <c>none</c> for infinity.</summary>
    public static double Limit(string option, string text) =>
        text == "none" ? double.PositiveInfinity
        : TryNumber(text, out double value) ? value
        : throw new FormatException($"{option} is '{text}'; it must be a number, such as 0.5, or none.");

    /// <summary>The word for a number that is chosen automatically.</summary>
    public const string Auto = "auto";

    /// <summary>A number, or <see langword="null"/> for <c>auto</c>.</summary>
    public static double? NumberOrAuto(string option, string text) =>
        text == Auto ? null
        : TryNumber(text, out double value) ? value
        : throw new FormatException($"{option} is '{text}'; it must be a number, such as 0.001, or auto.");

    /// <summary>A time, such as <c>90s</c>, <c>5min</c> or <c>1h</c>.</summary>
    public static TimeSpan Time(string option, string text)
    {
        (string Unit, double Seconds)[] units = [("min", 60), ("ms", 0.001), ("s", 1), ("h", 3600)];
        foreach ((string unit, double seconds) in units)
            if (text.EndsWith(unit, StringComparison.Ordinal) && TryNumber(text[..^unit.Length], out double value)
                && Math.Abs(value * seconds) <= 1e9)
                return TimeSpan.FromSeconds(value * seconds);
        throw new FormatException($"{option} is '{text}'; it must be a time, such as 90s, 5min or 1h.");
    }

    /// <summary>A length of steps, such as <c>15min</c>, optionally followed by <c>,last</c>.</summary>
    public static Resampling? Resampling(string option, string text)
    {
        string[] parts = text.Split(',');
        TimeSpan interval = parts[0].EndsWith('d') && TryNumber(parts[0][..^1], out double days) && Math.Abs(days) < 1e5
            ? TimeSpan.FromDays(days)
            : Time(option, parts[0]);
        return interval > TimeSpan.Zero && parts.Length <= 2 && (parts.Length == 1 || parts[1] is "mean" or "last")
            ? new Resampling(interval, parts is [_, "last"] ? ResampledValue.Last : ResampledValue.Mean)
            : throw new FormatException(
                $"{option} is '{text}'; it must be a time above 0, such as 15min, 1h or 1d, optionally followed by ,mean or ,last.");
    }

    /// <summary>Cycles of the calendar separated by commas, <c>none</c>, or <see langword="null"/> for <c>auto</c>.</summary>
    public static CalendarCycles? Calendar(string option, string text) => text == Auto
        ? null
        : text.Split(',').Select(word => Value<CalendarCycles>(option, word)).Aggregate((all, cycle) => all | cycle);

    /// <summary>One of several words.</summary>
    public static string Choice(string option, string text, IReadOnlyList<string> words) =>
        words.Contains(text, StringComparer.Ordinal)
            ? text
            : throw new FormatException($"{option} is '{text}'; it must be {Listing(words)}.");

    /// <summary>A delimiter.</summary>
    public static char? Delimiter(string option, string text) => text switch
    {
        "tab" or "\\t" => '\t',
        "blank" or "space" => ' ',
        [var character] when character is not ('"' or '\r' or '\n') && !char.IsLetterOrDigit(character)
            && character is not ('.' or '-' or '+') => character,
        _ => throw new FormatException($"{option} is '{text}'; it must be one character that does not occur in numbers, or tab, or blank."),
    };

    /// <summary>Parses the name of an enumeration value.</summary>
    public static T Value<T>(string option, string text)
        where T : struct, Enum =>
        Enum.GetValues<T>()[All<T>().ToList().IndexOf(Choice(option, text, All<T>()))];

    /// <summary>The names of all values of an enumeration, in order.</summary>
    public static IReadOnlyList<string> All<T>()
        where T : struct, Enum =>
        [.. Enum.GetValues<T>().Select(Of)];

    /// <summary>The name of an enumeration value.</summary>
    public static string Of<T>(T value)
        where T : struct, Enum => Kebab(value.ToString());

    /// <summary>
    /// The form of a name in options: <c>LearningRate</c> becomes <c>learning-rate</c>, and <c>AdamW</c>,
    /// whose last letter is not a word, <c>adamw</c>.
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

    /// <summary>Words as a list in prose: <c>a, b or c</c>.</summary>
    public static string Listing(IReadOnlyList<string> words) =>
        words.Count < 2 ? string.Concat(words) : $"{string.Join(", ", words.Take(words.Count - 1))} or {words[^1]}";

    /// <summary>The bound that is exceeded, if the text is a whole number out of range.</summary>
    private static string Bound(string text)
    {
        bool negative = text.StartsWith('-');
        ReadOnlySpan<char> digits = negative || text.StartsWith('+') ? text.AsSpan(1) : text;
        if (digits.IsEmpty || digits.ContainsAnyExceptInRange('0', '9'))
            return "";
        return negative ? $" of at least {int.MinValue}" : $" of at most {int.MaxValue}";
    }
}
