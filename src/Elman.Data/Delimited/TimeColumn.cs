using System.Buffers.Text;
using System.Globalization;

namespace Elman.Data;

/// <summary>The times of a file: numbers, or dates (<see cref="DateForms"/>).</summary>
/// <remarks>
/// A time is converted to its distance from the first time of the file, in the file's unit or in ticks of 100 ns. The difference is exact,
/// so nanoseconds since 1970 keep their last digit, which would be lost in a <see langword="double"/> of the time itself.
/// </remarks>
/// <param name="format">The format of dates, in either notation of <see cref="TimeFormat"/>; <see langword="null"/> for ISO 8601.</param>
internal sealed class TimeColumn(string? format = null)
{
    private const int MostDigits = 15; // whole numbers below 2⁵³

    private readonly bool _areGiven = format is not null;
    private readonly DateForms _forms = new(format is null ? null : TimeFormat.ToNet(format));
    private decimal? _origin;
    private long? _wholeOrigin;
    private bool _isDate;
    private bool _likeDays = true; // numbers that look like 20240531

    /// <summary>Returns the times of a sequence; <see langword="null"/> if two are in the same tick.</summary>
    /// <param name="ordered">The distances of its times from the first time of the file, in ascending order.</param>
    public SequenceTimes? Of(IReadOnlyList<double> ordered)
    {
        decimal origin = _origin ?? 0;
        if (!_isDate)
            return SequenceTimes.Of(ordered.Select(distance => origin + (decimal)distance));
        for (int step = 1; step < ordered.Count; step++)
            if (!(Math.Floor(ordered[step]) > Math.Floor(ordered[step - 1])))
                return null;
        return SequenceTimes.Of(ordered.Select(distance =>
            new DateTimeOffset((long)(origin + (decimal)distance), TimeSpan.Zero).ToOffset(_forms.FirstOffset)), _forms.First);
    }

    /// <summary>Reports possible misreadings.</summary>
    /// <param name="column">The name of the column.</param>
    /// <param name="remarks">Receives the warnings.</param>
    /// <param name="areDatesOfUse">Whether dates would be useful, such as for forecasts.</param>
    public void Report(string column, Remarks remarks, bool areDatesOfUse = false)
    {
        if (_origin is null)
            return;
        if (areDatesOfUse && !_isDate && TimeFormat.GuessCount(_origin.Value) is var (format, unit))
            remarks.Add("numbers like dates", $"The times in {column} are read as numbers, but look like {unit} since 1970; give "
                + $"--time-format {format} if they are.");
        if (!_isDate && _likeDays)
            remarks.Add("numbers like days", $"The times in {column} are read as numbers, but look like days; give --time-format "
                + "yyyyMMdd if they are.");
        if (_forms.OffsetsDiffer)
            remarks.Add("offsets", $"The times in {column} have several UTC offsets, as with daylight saving time; hours of the day use "
                + $"the first one, {Sign(_forms.FirstOffset)}.");
    }

    private static string Sign(TimeSpan offset) =>
        (offset < TimeSpan.Zero ? "-" : "+") + offset.ToString("hh\\:mm", CultureInfo.InvariantCulture);

    /// <summary>Reads the time in a field of the current row.</summary>
    /// <exception cref="DataFileException">There is no time, or its type differs from that of the first.</exception>
    public double Read(TableRows table, int field)
    {
        if (table.TryTime(field, out decimal ticks))
        {
            _isDate = true;
            return DistanceOf(ticks);
        }
        ReadOnlySpan<byte> text = _areGiven || _isDate ? table[field] : table.Number(field); // 31.12.2024 is no number with a decimal comma
        if (text.IsEmpty)
            throw table.Error(field, "the time is missing; every row needs one.");
        return TryRead(text, out double time) ? time : throw table.Error(
            field, table.ExplainComma(field) ?? Explain(table[field]).TrimEnd('.') + $"{table.HintOfHeader}.");
    }

    /// <summary>Reads a time; false if there is none, or if its type differs from that of the first.</summary>
    public bool TryRead(ReadOnlySpan<byte> text, out double distance)
    {
        // Whole numbers, the usual times, do not need the decimal type.
        if (_wholeOrigin is { } first && text.Length <= MostDigits && Utf8Parser.TryParse(text, out long whole, out int length)
            && length == text.Length)
        {
            distance = whole - first;
            _likeDays &= LooksLikeDay(whole);
            return true;
        }
        decimal time = 0;
        bool understood = _origin is null
            ? (!_areGiven && TryNumber(text, out time)) || (_isDate = _forms.TryRead(text, out time))
            : _isDate ? _forms.TryRead(text, out time) : TryNumber(text, out time);
        distance = 0;
        if (!understood)
            return false;
        if (_origin is null && !_isDate && text.Length <= MostDigits && decimal.IsInteger(time) && Math.Abs(time) < 1e15m)
            _wholeOrigin = (long)time;
        _likeDays &= !_isDate && LooksLikeDay(time);
        distance = DistanceOf(time);
        return true;
    }

    /// <summary>Describes the problem with a text that is not a time, and what to do.</summary>
    public string Explain(ReadOnlySpan<byte> text)
    {
        if (_areGiven)
            return $"{NumberText.Quote(text)} does not match the format {format} (--time-format).";
        string expected = _origin is null
            ? "a number or a date such as 2024-05-31 12:00:00"
            : _isDate ? "a date like the first one, such as 2024-05-31 12:00:00" : "a number like the first time";
        string hint = DateGuess.IsTimeOfDay(text) ? "; a time of day needs its date before it, in the same column"
            : _origin is null && DateGuess.Option(text) is { } option ? $"; it looks like a date in another format: give {option}"
            : !_isDate && text.IndexOfAny("./-"u8) > 0 ? "; other forms of dates need --time-format, such as dd.MM.yyyy HH:mm" : "";
        return $"{NumberText.Quote(text)} is not a time; it must be {expected}{hint}.";
    }

    /// <summary>Describes a distance between two times, with its unit if the unit is known.</summary>
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

    /// <summary>Whether a number looks like 20240531.</summary>
    private static bool LooksLikeDay(decimal number) => number is >= 19000101 and <= 21001231 && decimal.IsInteger(number)
        && number % 100 is >= 1 and <= 31 && decimal.Truncate(number / 100) % 100 is >= 1 and <= 12;

    private double DistanceOf(decimal time) => (double)(time - (_origin ??= time));

    private static bool TryNumber(ReadOnlySpan<byte> text, out decimal number) =>
        decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent,
            CultureInfo.InvariantCulture, out number)
        && Math.Abs(number) < decimal.MaxValue / 2;
}
