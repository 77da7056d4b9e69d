using System.Globalization;
using System.Text;

namespace Elman.Data;

/// <summary>The format of dates that a file does not declare: <c>dd.MM.yyyy HH:mm</c>, or <c>%d.%m.%Y %H:%M</c>.</summary>
internal static class TimeFormat
{
    private static readonly Dictionary<char, string> _ofCodes = new()
    {
        ['Y'] = "yyyy",
        ['y'] = "yy",
        ['m'] = "MM",
        ['d'] = "dd",
        ['H'] = "HH",
        ['I'] = "hh",
        ['p'] = "tt",
        ['M'] = "mm",
        ['S'] = "ss",
        ['f'] = "FFFFFFF",
        ['z'] = "zzz",
        ['b'] = "MMM",
        ['B'] = "MMMM",
        ['a'] = "ddd",
        ['A'] = "dddd",
        ['T'] = "HH:mm:ss",
        ['F'] = "yyyy-MM-dd",
        ['%'] = "'%'",
    };

    /// <summary>Formats of numbers that count from the beginning of 1970, with the number of ticks of 100 ns of one unit.</summary>
    private static readonly Dictionary<string, decimal> _counts = new(StringComparer.OrdinalIgnoreCase)
    {
        ["unix"] = TimeSpan.TicksPerSecond,
        ["%s"] = TimeSpan.TicksPerSecond,
        ["unix-ms"] = TimeSpan.TicksPerMillisecond,
        ["unix-us"] = TimeSpan.TicksPerMicrosecond,
        ["unix-ns"] = TimeSpan.TicksPerMicrosecond / 1000m,
    };

    /// <summary>
    /// Returns the number of ticks of 100 ns of one unit, for a format of numbers that count from the beginning of 1970; else
    /// <see langword="null"/>.
    /// </summary>
    public static decimal? TicksOf(string? format) =>
        format is not null && _counts.TryGetValue(format, out decimal ticks) ? ticks : null;

    /// <summary>Guesses the format and unit of numbers that may count from 1970, for times from 2001 to 2038.</summary>
    public static (string Format, string Unit)? GuessCount(decimal first) => decimal.IsInteger(first) ? first switch
    {
        >= 1e9m and < 2.15e9m => ("unix", "seconds"),
        >= 1e12m and < 2.15e12m => ("unix-ms", "milliseconds"),
        >= 1e15m and < 2.15e15m => ("unix-us", "microseconds"),
        >= 1e18m and < 2.15e18m => ("unix-ns", "nanoseconds"),
        _ => null,
    } : null;

    /// <summary>
    /// Converts a format in either notation to a .NET format string; a numeric format (<see cref="TicksOf"/>) is unchanged.
    /// </summary>
    /// <param name="format">The format.</param>
    /// <exception cref="ArgumentException">The format is not valid, or has no year, or has a day without a month.</exception>
    public static string ToNet(string format)
    {
        if (TicksOf(format) is not null)
            return format;
        string net = format.Contains('%', StringComparison.Ordinal) ? OfCodes(format) : format;
        var probe = new DateTimeOffset(2038, 11, 23, 21, 47, 58, TimeSpan.Zero);
        try
        {
            string written = probe.ToString(net, CultureInfo.InvariantCulture);
            if (DateTimeOffset.TryParseExact(written, net, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal,
                out DateTimeOffset read) && read.Year == probe.Year
                && (read.Month == probe.Month || read.Date == new DateTime(probe.Year, 1, 1)))
                return net;
        }
        catch (FormatException)
        {
            // The exception is thrown below.
        }
        throw new ArgumentException(
            $"{Quoted(format)} is not a valid date format; it needs a year, and a month (MM or %m) if it has a day, such as dd.MM.yyyy "
                + "HH:mm or %d.%m.%Y %H:%M. For numbers use unix (seconds since 1970) or unix-ms (milliseconds).", nameof(format));
    }

    private static string OfCodes(string format)
    {
        var net = new StringBuilder();
        for (int i = 0; i < format.Length; i++)
        {
            if (format[i] != '%')
            {
                net.Append(char.IsAsciiLetter(format[i]) ? $"'{format[i]}'" : format[i].ToString());
                continue;
            }
            if (++i == format.Length || !_ofCodes.TryGetValue(format[i], out string? code))
                throw new ArgumentException(
                    $"{Quoted(format)} has the code %{(i < format.Length ? format[i] : "")}, which is unknown; supported are "
                    + $"{string.Join(" ", _ofCodes.Keys.Select(known => $"%{known}"))}.", nameof(format));
            net.Append(code);
        }
        return net.ToString();
    }
}
