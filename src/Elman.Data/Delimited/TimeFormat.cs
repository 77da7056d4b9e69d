using System.Globalization;
using System.Text;

namespace Elman.Data;

/// <summary>How dates of a file are written where the file can't say: <c>dd.MM.yyyy HH:mm</c>, or <c>%d.%m.%Y %H:%M</c>.</summary>
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

    /// <summary>Numbers that count from the beginning of 1970: how many ticks of 100 ns each is.</summary>
    private static readonly Dictionary<string, decimal> _counts = new(StringComparer.OrdinalIgnoreCase)
    {
        ["unix"] = TimeSpan.TicksPerSecond,
        ["%s"] = TimeSpan.TicksPerSecond,
        ["unix-ms"] = TimeSpan.TicksPerMillisecond,
        ["unix-us"] = TimeSpan.TicksPerMicrosecond,
        ["unix-ns"] = TimeSpan.TicksPerMicrosecond / 1000m,
    };

    /// <summary>Of a format of numbers that count from the beginning of 1970, the ticks of 100 ns of one; else
    /// <see langword="null"/>.</summary>
    public static decimal? TicksOf(string? format) =>
        format is not null && _counts.TryGetValue(format, out decimal ticks) ? ticks : null;

    /// <summary>The format of numbers that may count from the beginning of 1970, and what they count: those of 2001 to 2038.</summary>
    public static (string Format, string Unit)? GuessCount(decimal first) => decimal.IsInteger(first) ? first switch
    {
        >= 1e9m and < 2.15e9m => ("unix", "seconds"),
        >= 1e12m and < 2.15e12m => ("unix-ms", "milliseconds"),
        >= 1e15m and < 2.15e15m => ("unix-us", "microseconds"),
        >= 1e18m and < 2.15e18m => ("unix-ns", "nanoseconds"),
        _ => null,
    } : null;

    /// <summary>The .NET format string of a format in either notation; one of numbers (<see cref="TicksOf"/>) as it is.</summary>
    /// <param name="format">The format.</param>
    /// <exception cref="ArgumentException">It is none, or does not say which year, or day without a month, it is.</exception>
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
            // Said below.
        }
        throw new ArgumentException(
            $"'{format}' is no format of dates with a year, and of days with a month (MM, or %m); it looks like dd.MM.yyyy HH:mm, or like "
                + "%d.%m.%Y %H:%M. Numbers that count seconds since 1970 are unix, milliseconds unix-ms.", nameof(format));
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
                    $"'{format}' has the code %{(i < format.Length ? format[i] : "")}, which is not known; known are "
                    + $"{string.Join(" ", _ofCodes.Keys.Select(known => $"%{known}"))}.", nameof(format));
            net.Append(code);
        }
        return net.ToString();
    }
}
