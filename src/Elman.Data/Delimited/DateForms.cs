using System.Globalization;
using System.Text;

namespace Elman.Data;

/// <summary>The formats of dates that are recognised, and the format that a file uses.</summary>
/// <remarks>
/// All recognised formats begin with the year, after ISO 8601: <c>2024-05-31</c>, <c>2024/05/31 12:00</c>,
/// <c>2024-05-31T12:00:00.123456789+02:00</c>, <c>2024-05-31 12:00:00 UTC</c>, <c>2024-05</c>. Formats that begin with a day or a month are
/// ambiguous, so they must be given. A date without an offset is in UTC.
/// </remarks>
/// <param name="given">The given format: a .NET format string or a numeric format (<see cref="TimeFormat.TicksOf"/>);
/// <see langword="null"/> for the recognised formats.</param>
internal sealed class DateForms(string? given)
{
    private const int LongestDate = 64, DigitsOfTicks = 7;

    private static readonly string[] _days = ["yyyy-MM-dd", "yyyy/MM/dd", "yyyy-M-d", "yyyy/M/d"];

    private static readonly string[] _own =
    [
        .. _days, "yyyy-MM", "yyyy/MM",
        .. from day in _days
           from divider in new[] { " ", "'T'" }
           from clock in new[] { "HH:mm", "HH:mm:ss", "HH:mm:ss.FFFFFFF" }
           from zone in new[] { "", "zzz" }
           select day + divider + clock + zone,
        "yyyyMMdd'T'HHmmss", "yyyyMMdd'T'HHmmsszzz",
    ];

    private readonly string[] _forms = given is null ? _own : [given];
    private readonly decimal? _ticksOfOne = TimeFormat.TicksOf(given);
    private string? _finest; // of all formats so far, the one with the most parts
    private string? _last; // the format of the last date; the next usually has the same

    /// <summary>The format of the dates, or the finest of several formats, as a .NET format string.</summary>
    public string? First { get; private set; }

    /// <summary>The offset of the first date from UTC.</summary>
    public TimeSpan FirstOffset { get; private set; }

    /// <summary>Whether later dates have another offset from UTC than the first.</summary>
    public bool OffsetsDiffer { get; private set; }

    /// <summary>Reads a date.</summary>
    /// <param name="text">The text, without blanks around it.</param>
    /// <param name="ticks">The date in ticks of 100 ns in UTC; nanoseconds are fractions of a tick.</param>
    public bool TryRead(ReadOnlySpan<byte> text, out decimal ticks)
    {
        ticks = 0;
        if (text.Length is 0 or > LongestDate)
            return false;
        if (_ticksOfOne is { } one)
            return TryCount(text, one, out ticks);
        string date = Encoding.UTF8.GetString(text);
        decimal rest = 0;
        if (given is null)
            date = Simplified(date, out rest);
        if (!(_last is { } last && TryRead(date, last, out DateTimeOffset read)) && !TryAny(date, out read))
            return false;
        ticks = read.UtcTicks + rest;
        if (First is null)
            FirstOffset = read.Offset;
        // The finest format counts: midnight may be written without a time, a whole second without a fraction.
        if (First is null || (_finest is not null && _last!.Length > _finest.Length))
            (First, _finest) = (WithZone(_last!, text), _last);
        OffsetsDiffer |= read.Offset != FirstOffset;
        return true;
    }

    /// <summary>Reads a number that counts from the beginning of 1970.</summary>
    private static bool TryCount(ReadOnlySpan<byte> text, decimal one, out decimal ticks)
    {
        ticks = 0;
        if (!decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal number)
            || Math.Abs(number) > DateTimeOffset.MaxValue.UtcTicks / one)
            return false;
        ticks = DateTimeOffset.UnixEpoch.UtcTicks + (number * one);
        return ticks >= 0 && ticks <= DateTimeOffset.MaxValue.UtcTicks;
    }

    private bool TryAny(string date, out DateTimeOffset read)
    {
        foreach (string form in _forms)
        {
            if (!TryRead(date, form, out read))
                continue;
            _last = form;
            return true;
        }
        read = default;
        return false;
    }

    private static bool TryRead(string date, string form, out DateTimeOffset read) =>
        DateTimeOffset.TryParseExact(date, form, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out read);

    /// <summary>Returns the date with its time zone as an offset, without the fraction of a tick.</summary>
    private static string Simplified(string date, out decimal rest)
    {
        foreach (string zone in (ReadOnlySpan<string>)[" UTC", " GMT", "UTC", "Z", "z"])
        {
            if (date.EndsWith(zone, StringComparison.Ordinal))
            {
                date = date[..^zone.Length] + "+00:00";
                break;
            }
        }
        int sign = date.LastIndexOfAny(['+', '-']), colon = date.IndexOf(':', StringComparison.Ordinal);
        if (sign > 0 && colon > 0 && sign > colon)
        {
            string offset = date[(sign + 1)..];
            if (offset.Length is 2 or 4 && offset.All(char.IsAsciiDigit))
                offset = offset[..2] + ":" + (offset.Length == 4 ? offset[2..] : "00");
            date = date[..sign].TrimEnd(' ') + date[sign] + offset;
        }
        rest = 0;
        int point = date.IndexOfAny(['.', ',']), end = point + 1;
        if (point < 0 || colon < 0)
            return date;
        while (end < date.Length && char.IsAsciiDigit(date[end]))
            end++;
        string fraction = date[(point + 1)..end], fine = fraction.Length > DigitsOfTicks ? fraction[DigitsOfTicks..] : "";
        if (fine.Length > 0)
            _ = decimal.TryParse("0." + fine, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out rest);
        return date[..point] + "." + fraction[..^fine.Length] + date[end..];
    }

    /// <summary>Returns the format with a time zone that is a name in the text.</summary>
    private static string WithZone(string form, ReadOnlySpan<byte> text)
    {
        string written = Encoding.UTF8.GetString(text);
        foreach (string zone in (ReadOnlySpan<string>)[" UTC", " GMT", "UTC", "Z"])
            if (written.EndsWith(zone, StringComparison.Ordinal) && form.EndsWith("zzz", StringComparison.Ordinal))
                return form[..^3] + $"'{zone}'";
        return form;
    }
}
