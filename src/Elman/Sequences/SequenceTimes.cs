using System.Globalization;
using System.Numerics;

namespace Elman;

/// <summary>The times of the steps of a sequence: dates or plain numbers. Immutable.</summary>
/// <remarks>
/// Evenly spaced times, the usual case, take no memory: dates with a fixed time span or a fixed number of calendar months between them.
/// After the last step, times continue with the usual interval, that of most steps. Monthly dates stay monthly if some are missing. Daily
/// dates skip the days of the week that have no date in two weeks or more.
/// </remarks>
public sealed class SequenceTimes
{
    private const string DefaultFormat = "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF";

    private readonly decimal _first; // a number, or ticks of 100 ns in UTC
    private readonly double[]? _distances; // distances from the first; null if times are even
    private readonly decimal _usual; // the usual interval, in the same unit
    private readonly int _months; // the usual interval in calendar months; 0 if it is not a number of months
    private readonly int[]? _monthsSince; // for monthly dates, the months from the first date to each step; null if times are even
    private readonly int _day; // for monthly dates, the day of the month; a shorter month has its last day instead
    private readonly int _weekdays; // for daily dates, a bit for each day of the week with a date; 0 if all days have one
    private readonly int _skipped; // for monthly dates, the number of months from the first date to the first step
    private readonly string _format;

    private SequenceTimes(decimal first, IReadOnlyList<double> distances, bool areDates, TimeSpan offset, string? format)
    {
        _first = first;
        _format = format ?? DefaultFormat;
        AreDates = areDates;
        Offset = offset;
        Count = distances.Count;
        if (areDates && MonthsOf(distances) is (int[] months, int day))
        {
            (_months, _day) = ((int)UsualOf([.. months.Select(month => (double)month)], (later, earlier) => later - earlier), day);
            _monthsSince = AreMultiples(months, _months) ? null : months;
        }
        _usual = areDates || distances.All(distance => distance == Math.Truncate(distance))
            ? (decimal)UsualOf(distances, (later, earlier) => later - earlier)
            : UsualOf(distances, (later, earlier) => (decimal)later - (decimal)earlier); // 0.3 − 0.2 is 0.1, and not a little less
        bool isEven = _months > 0;
        for (int step = 0; step < Count && !isEven; step++)
        {
            if (distances[step] == (double)(_usual * step))
                continue;
            _distances = [.. distances];
            break;
        }
        _weekdays = _distances is null || _usual != TimeSpan.TicksPerDay || !areDates ? 0 : WeekdaysOf(_distances);
    }

    private SequenceTimes(SequenceTimes whole, int start, int count)
    {
        _first = whole._months > 0 ? whole._first : whole.AreDates ? whole.DateAt(start).UtcTicks : whole.At(start);
        (_day, _skipped) = (whole._day, whole._months > 0 ? whole._skipped + whole.MonthsAt(start) : 0);
        (_usual, _months, _weekdays, _format) = (whole._usual, whole._months, whole._weekdays, whole._format);
        (AreDates, Offset, Count) = (whole.AreDates, whole.Offset, count);
        if (whole._distances is { } distances)
            _distances = [.. distances.Skip(start).Take(count).Select(distance => distance - distances[start])];
        if (whole._monthsSince is { } months)
        {
            int[] part = [.. months.Skip(start).Take(count).Select(month => month - months[start])];
            _monthsSince = AreMultiples(part, _months) ? null : part;
        }
    }

    /// <summary>The number of steps that have a time.</summary>
    public int Count { get; }

    /// <summary>Whether times are dates; otherwise they are numbers.</summary>
    public bool AreDates { get; }

    /// <summary>The UTC offset of dates.</summary>
    public TimeSpan Offset { get; }

    /// <summary>Whether all steps have the same interval, in time or in calendar months.</summary>
    public bool AreEven => _distances is null && _monthsSince is null;

    /// <summary>The usual time between two steps, that of most steps; <see langword="null"/> if times are numbers, or if there is a single
    /// step. A month counts as 30 days.</summary>
    public TimeSpan? Interval => !AreDates || Count < 2 ? null : _months > 0 ? TimeSpan.FromDays(30 * _months) : new TimeSpan((long)_usual);

    /// <summary>The longest time between two steps, such as that over a weekend of working days; <see langword="null"/> if times are
    /// numbers, or if there is a single step. A month counts as 30 days.</summary>
    public TimeSpan? LongestInterval
    {
        get
        {
            if (Interval is not { } longest)
                return null;
            for (int step = 1; step < (_distances?.Length ?? 0); step++)
                longest = TimeSpan.FromTicks(Math.Max(longest.Ticks, (long)(_distances![step] - _distances[step - 1])));
            for (int step = 1; step < (_monthsSince?.Length ?? 0); step++)
                longest = TimeSpan.FromTicks(
                    Math.Max(longest.Ticks, TimeSpan.FromDays(30 * (_monthsSince![step] - _monthsSince[step - 1])).Ticks));
            return longest;
        }
    }

    /// <summary>The .NET format string of dates.</summary>
    internal string Format => _format;

    /// <summary>Creates times from dates, each later than the one before.</summary>
    /// <param name="dates">The dates; the UTC offset is that of the first.</param>
    /// <param name="format">The .NET format string for <see cref="TextAt"/>; by default ISO 8601 without an offset.</param>
    /// <exception cref="ArgumentException">A date is not later than the one before.</exception>
    public static SequenceTimes Of(IEnumerable<DateTimeOffset> dates, string? format = null)
    {
        ArgumentNullException.ThrowIfNull(dates);
        var distances = new List<double>();
        DateTimeOffset? first = null;
        foreach (DateTimeOffset date in dates)
            distances.Add(date.UtcTicks - (first ??= date).UtcTicks);
        return Ascending(first?.UtcTicks ?? 0, distances, areDates: true, first?.Offset ?? TimeSpan.Zero, format);
    }

    /// <summary>Creates times from numbers, each greater than the one before.</summary>
    /// <param name="numbers">The numbers.</param>
    /// <exception cref="ArgumentException">A number is not greater than the one before.</exception>
    public static SequenceTimes Of(IEnumerable<decimal> numbers)
    {
        ArgumentNullException.ThrowIfNull(numbers);
        var distances = new List<double>();
        decimal? first = null;
        foreach (decimal number in numbers)
            distances.Add((double)(number - (first ??= number)));
        return Ascending(first ?? 0, distances, areDates: false, TimeSpan.Zero, null);
    }

    /// <summary>Returns the date of a step.</summary>
    /// <param name="step">The step, from 0; after the last one, dates continue with the usual interval.</param>
    /// <exception cref="InvalidOperationException">Times are numbers.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="step"/> is below 0, or after the year 9999.</exception>
    public DateTimeOffset DateAt(int step)
    {
        if (!AreDates)
            throw new InvalidOperationException("The times of this sequence are numbers; dates are needed.");
        ArgumentOutOfRangeException.ThrowIfNegative(step);
        var first = new DateTimeOffset((long)_first, TimeSpan.Zero);
        if (_weekdays > 0 && step >= Count)
            return AfterLast(DateAt(Count - 1), step - Count + 1);
        return (_months > 0
            ? InMonths(first.ToOffset(Offset), checked(_skipped + MonthsAt(step)), _day)
            : first.AddTicks((long)DistanceOf(step))).ToOffset(Offset);
    }

    /// <summary>Returns the time of a step as text: in the format of the file, or in ISO 8601.</summary>
    /// <param name="step">The step, from 0; after the last one, times continue with the usual interval.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="step"/> is below 0, or after the year 9999.</exception>
    public string TextAt(int step) => AreDates
        ? DateAt(step).ToString(_format, CultureInfo.InvariantCulture)
        : (At(step) / 1.0000000000000000000000000000m).ToString(CultureInfo.InvariantCulture); // without zeros at the end

    /// <summary>Returns the times of a range of steps.</summary>
    /// <param name="start">The first step.</param>
    /// <param name="count">The number of steps.</param>
    internal SequenceTimes Slice(int start, int count) => start == 0 && count == Count ? this : new SequenceTimes(this, start, count);

    /// <summary>Returns these times followed by others.</summary>
    internal SequenceTimes Joined(SequenceTimes next) => AreDates
        ? Of(Enumerable.Range(0, Count).Select(DateAt).Concat(Enumerable.Range(0, next.Count).Select(next.DateAt)), _format)
        : Of(Enumerable.Range(0, Count).Select(At).Concat(Enumerable.Range(0, next.Count).Select(next.At)));

    /// <summary>Whether other times continue these, at about the usual interval.</summary>
    internal bool GoOnWith(SequenceTimes next)
    {
        if (next.AreDates != AreDates || Count < 2 || next.Count < 1)
            return false;
        decimal gap = (AreDates ? next.DateAt(0).UtcTicks : next.At(0)) - (AreDates ? DateAt(Count - 1).UtcTicks : At(Count - 1));
        decimal usual = AreDates ? Interval!.Value.Ticks : _usual, longest = 1.5m * usual;
        // Working days continue after a weekend, as in the past.
        for (int step = 1; step < (_distances?.Length ?? 0); step++)
            longest = Math.Max(longest, (decimal)(_distances![step] - _distances[step - 1]));
        if (_monthsSince is not null)
            longest = Math.Max(longest, 1.05m * LongestInterval!.Value.Ticks); // some months have 31 days
        return gap > 0.5m * usual && gap <= longest;
    }

    private static SequenceTimes Ascending(decimal first, List<double> distances, bool areDates, TimeSpan offset, string? format)
    {
        for (int step = 1; step < distances.Count; step++)
            if (!(distances[step] > distances[step - 1]))
                throw new ArgumentException($"Step {step + 1} is not later than the one before; times must ascend.");
        return new SequenceTimes(first, distances, areDates, offset, format);
    }

    private decimal At(int step)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(step);
        return _first + DistanceOf(step);
    }

    private decimal DistanceOf(int step) => _distances is not { } distances
        ? _usual * step
        : step < distances.Length ? (decimal)distances[step] : (decimal)distances[^1] + (_usual * (step - distances.Length + 1));

    /// <summary>Returns the most frequent interval between steps; of equally frequent ones the smallest.</summary>
    private static T UsualOf<T>(IReadOnlyList<double> distances, Func<double, double, T> difference)
        where T : struct, INumber<T>
    {
        const int MostKinds = 4096;
        var counts = new Dictionary<T, int>();
        for (int step = 1, alike; step < distances.Count; step += alike)
        {
            T distance = difference(distances[step], distances[step - 1]);
            // Most steps are as long as the one before.
            for (alike = 1; step + alike < distances.Count
                && difference(distances[step + alike], distances[step + alike - 1]) == distance;)
                alike++;
            if (counts.Count < MostKinds || counts.ContainsKey(distance))
                counts[distance] = counts.GetValueOrDefault(distance) + alike;
        }
        return counts.Count == 0 ? T.Zero : counts.MaxBy(pair => (pair.Value, -pair.Key)).Key;
    }

    /// <summary>Returns the number of months from the first step to another; after the last one, steps continue with the usual
    /// interval.</summary>
    private int MonthsAt(int step) => _monthsSince is not { } months
        ? checked(_months * step)
        : step < months.Length ? months[step] : checked(months[^1] + (_months * (step - months.Length + 1)));

    private static bool AreMultiples(int[] months, int usual) => months.AsSpan().SequenceEqual([.. months.Select((_, k) => k * usual)]);

    /// <summary>
    /// Returns the number of calendar months of each date after the first, and the common day of the month; <see langword="null"/> if dates
    /// are not all on the same day of the month, or on the last day of shorter months.
    /// </summary>
    private (int[] Months, int Day)? MonthsOf(IReadOnlyList<double> distances)
    {
        const int LeastDates = 3, LongestMonth = 31;
        if (distances.Count < LeastDates || distances[1] < 27.0 * TimeSpan.TicksPerDay)
            return null;
        DateTimeOffset first = new DateTimeOffset((long)_first, TimeSpan.Zero).ToOffset(Offset);
        int[] months = new int[distances.Count];
        int greatestDay = 0;
        bool areEnds = true;
        for (int step = 0; step < months.Length; step++)
        {
            DateTimeOffset date = first.AddTicks((long)distances[step]);
            months[step] = ((date.Year - first.Year) * 12) + date.Month - first.Month;
            if (date.TimeOfDay != first.TimeOfDay || (step > 0 && months[step] <= months[step - 1]))
                return null;
            greatestDay = Math.Max(greatestDay, date.Day);
            areEnds &= date.Day == DateTime.DaysInMonth(date.Year, date.Month);
        }
        // Dates on the 30th of April and June, with no date in a longer month between, are last days; the 28th of February every year is
        // a day.
        int day = areEnds && months.Any(month => month % 12 != 0) ? LongestMonth : greatestDay;
        for (int step = 0; step < months.Length; step++)
            if (InMonths(first, months[step], day) != first.AddTicks((long)distances[step]))
                return null;
        return (months, day);
    }

    /// <summary>Returns the days of the week with a date, one bit each; 0 if all have one, or if the dates cover less than two
    /// weeks.</summary>
    private int WeekdaysOf(double[] distances)
    {
        const int AllDays = (1 << 7) - 1;
        if (distances[^1] < 14.0 * TimeSpan.TicksPerDay)
            return 0;
        DateTimeOffset first = new DateTimeOffset((long)_first, TimeSpan.Zero).ToOffset(Offset);
        int days = 0;
        foreach (double distance in distances)
            days |= 1 << (int)first.AddTicks((long)distance).DayOfWeek;
        return days == AllDays ? 0 : days;
    }

    /// <summary>Returns the date a number of steps later, counting only days of the week that have dates.</summary>
    private DateTimeOffset AfterLast(DateTimeOffset last, int steps)
    {
        int ofAWeek = int.PopCount(_weekdays);
        DateTimeOffset date = last.AddDays(7.0 * (steps / ofAWeek));
        for (int left = steps % ofAWeek; left > 0; left -= (_weekdays >> (int)date.DayOfWeek) & 1)
            date = date.AddDays(1);
        return date;
    }

    /// <summary>Returns the date a number of months later, on a given day or on the last day of a shorter month.</summary>
    private static DateTimeOffset InMonths(DateTimeOffset date, int months, int day)
    {
        DateTimeOffset later = date.AddDays(1 - date.Day).AddMonths(months);
        return later.AddDays(Math.Min(day, DateTime.DaysInMonth(later.Year, later.Month)) - 1);
    }
}
