using System.Globalization;
using System.Text;

namespace Elman.Data;

/// <summary>Guesses the format of a date that is in none of the default formats (<see cref="DateForms"/>).</summary>
internal static class DateGuess
{
    private const int LongestDate = 40;

    private static readonly string[] _clocks =
    [
        "", " HH:mm", " HH:mm:ss", " HH:mm:ss.FFFFFFF", " H:mm", " H:mm:ss", " hh:mm tt", " hh:mm:ss tt", " h:mm tt", " h:mm:ss tt",
    ];

    // If both are possible, the day comes first.
    private static readonly string[] _days =
    [
        "dd.MM.yyyy", "d.M.yyyy", "dd.MM.yy",
        "dd/MM/yyyy", "MM/dd/yyyy", "d/M/yyyy", "M/d/yyyy", "dd/MM/yy", "MM/dd/yy", "d/M/yy", "M/d/yy",
        "dd-MM-yyyy", "MM-dd-yyyy", "d-M-yyyy", "M-d-yyyy",
        "dd-MMM-yyyy", "d-MMM-yyyy", "dd MMM yyyy", "d MMM yyyy", "MMM dd, yyyy", "MMM d, yyyy",
        "yyyy.MM.dd", "yyyy-MM-dd", "yyyy/MM/dd", "yyyy-M-d", "yyyy/M/d",
    ];

    /// <summary>Returns the option that reads a text as a date, if it looks like one; if two formats are possible, both.</summary>
    public static string? Option(ReadOnlySpan<byte> text)
    {
        if (text.Length > LongestDate || !text.ContainsAnyInRange((byte)'0', (byte)'9'))
            return null;
        string date = Encoding.UTF8.GetString(NumberText.TrimBlanks(text));
        string[] found = [.. from day in _days from clock in _clocks where IsOf(date, day + clock) select day + clock];
        string? other = found.FirstOrDefault(form => IsMonthFirst(form) != IsMonthFirst(found[0]));
        return found.Length == 0 ? null
            : $"--time-format {Quoted(found[0])}" + (other is null ? "" : $", or {Quoted(other)} where the month comes first");
    }

    /// <summary>Whether a text is a time of day without a date.</summary>
    public static bool IsTimeOfDay(ReadOnlySpan<byte> text) => text.Length is >= 4 and <= LongestDate && text.Contains((byte)':')
        && TimeOnly.TryParse(Encoding.UTF8.GetString(text), CultureInfo.InvariantCulture, DateTimeStyles.None, out _)
        && !text.ContainsAny((byte)'-', (byte)'/');

    private static bool IsMonthFirst(string form) => form[0] == 'M' && !form.StartsWith("MMM", StringComparison.Ordinal);

    private static bool IsOf(string date, string form) =>
        DateTime.TryParseExact(date, form, CultureInfo.InvariantCulture, DateTimeStyles.None, out _);
}
