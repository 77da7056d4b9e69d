using System.Globalization;
using System.Text;

namespace Elman.Data;

/// <summary>Times of a file: numbers, or date-times after ISO 8601, those without an offset taken as UTC.</summary>
/// <remarks>
/// A time becomes its distance from the first one of the file, in the file's unit or in ticks of 100 ns. The difference is exact, so
/// nanoseconds since 1970 keep their last digit, which a <see langword="double"/> of the time itself would not.
/// </remarks>
internal sealed class TimeColumn
{
    private static readonly string[] _formats =
    [
        "yyyy-MM-dd", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd HH:mmK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd HH:mm:ss.FFFFFFFK",
    ];

    private decimal? _origin;
    private bool _isDate;

    /// <summary>The time in a field of the current row.</summary>
    /// <exception cref="DataFileException">There is none, or it is of another kind than the first.</exception>
    public double Read(TableRows table, int field)
    {
        if (table.TryTime(field, out decimal ticks))
        {
            _isDate = true;
            return DistanceOf(ticks);
        }
        ReadOnlySpan<byte> text = table[field];
        if (text.IsEmpty)
            throw table.Error(field, "the time is missing; every row needs one, or none with a file without a time column.");
        return TryRead(text, out double time) ? time : throw table.Error(field, Explain(text));
    }

    /// <summary>Reads a time; false where there is none, or it is of another kind than the first.</summary>
    public bool TryRead(ReadOnlySpan<byte> text, out double distance)
    {
        decimal time = 0;
        bool understood = _origin is null
            ? TryNumber(text, out time) || (_isDate = TryDate(text, out time))
            : _isDate ? TryDate(text, out time) : TryNumber(text, out time);
        distance = 0;
        if (!understood)
            return false;
        distance = DistanceOf(time);
        return true;
    }

    /// <summary>What is wrong with a text that is no time, and what to do.</summary>
    public string Explain(ReadOnlySpan<byte> text)
    {
        string expected = _origin is null
            ? "a number or a date-time such as 2024-05-31T12:00:00"
            : _isDate ? "a date-time as the first one was, such as 2024-05-31T12:00:00" : "a number as the first time was";
        return $"{NumberText.Quote(text)} is no time; it needs to be {expected}.";
    }

    /// <summary>A distance between two times, with its unit where that is known.</summary>
    public string Describe(double distance)
    {
        if (!_isDate)
            return distance.ToString("0.######", CultureInfo.InvariantCulture);
        double seconds = distance / TimeSpan.TicksPerSecond;
        (double count, string unit) = seconds switch
        {
            >= 172_800 => (seconds / 86_400, "days"),
            >= 3_600 => (seconds / 3_600, "h"),
            >= 60 => (seconds / 60, "min"),
            _ => (seconds, "s"),
        };
        return string.Create(CultureInfo.InvariantCulture, $"{count:0.###} {unit}");
    }

    private double DistanceOf(decimal time) => (double)(time - (_origin ??= time));

    private static bool TryNumber(ReadOnlySpan<byte> text, out decimal number) =>
        decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent,
            CultureInfo.InvariantCulture, out number)
        && Math.Abs(number) < decimal.MaxValue / 2;

    private static bool TryDate(ReadOnlySpan<byte> text, out decimal ticks)
    {
        const int LongestDate = 33;
        bool understood = DateTimeOffset.TryParseExact(text.Length > LongestDate ? "" : Encoding.UTF8.GetString(text), _formats,
            CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset date);
        ticks = date.UtcTicks;
        return understood;
    }
}
