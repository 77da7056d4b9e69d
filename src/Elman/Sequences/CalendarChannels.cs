namespace Elman.Sequences;

/// <summary>
/// Computes calendar features from the times of steps: sines and cosines of each calendar cycle, with enough harmonics for typical daily,
/// weekly and yearly patterns. A linear model can shift them to any step ahead.
/// </summary>
/// <remarks>Values are computed with additions and multiplications only, so they are the same on every platform.</remarks>
internal static class CalendarChannels
{
    /// <summary>The harmonics: several maxima per day, weekends per week, summer and winter with their transitions per year.</summary>
    private static readonly (CalendarCycles Cycle, string Name, int Harmonics)[] _cycles =
        [(CalendarCycles.Hour, "hour", 3), (CalendarCycles.Weekday, "weekday", 3), (CalendarCycles.Month, "month", 2)];

    /// <summary>The number of channels.</summary>
    public static int CountOf(CalendarCycles cycles) => _cycles.Sum(cycle => cycles.HasFlag(cycle.Cycle) ? 2 * cycle.Harmonics : 0);

    /// <summary>The names of the channels.</summary>
    public static IEnumerable<string> NamesOf(CalendarCycles cycles) =>
        from cycle in _cycles
        where cycles.HasFlag(cycle.Cycle)
        from harmonic in Enumerable.Range(1, cycle.Harmonics)
        from wave in (string[])["sin", "cos"]
        select FormattableString.Invariant($"{cycle.Name}.{wave}{harmonic}");

    /// <summary>Returns the cycles for which data are informative: steps are shorter than half a cycle, and the data cover several
    /// cycles.</summary>
    /// <param name="data">Sequences with times.</param>
    public static CalendarCycles Suited(SequenceDataset data)
    {
        if (data.Count == 0 || data.Any(sequence => sequence.Times is not { AreDates: true, Interval: not null }))
            return CalendarCycles.None;
        double days = data.Max(sequence => sequence.Times!.Interval!.Value.TotalDays);
        double span = data.Max(sequence => (sequence.Times!.DateAt(sequence.Steps - 1) - sequence.Times.DateAt(0)).TotalDays);
        CalendarCycles cycles = CalendarCycles.None;
        if (days <= 1.0 / 4 && span >= 4)
            cycles |= CalendarCycles.Hour;
        if (days <= 2 && span >= 21)
            cycles |= CalendarCycles.Weekday;
        if (days <= 100 && span >= 2 * 365)
            cycles |= CalendarCycles.Month;
        return cycles;
    }

    /// <summary>Writes the channels of a step.</summary>
    /// <param name="cycles">The cycles.</param>
    /// <param name="time">The time of the step; calendar features use its clock time, in its own UTC offset.</param>
    /// <param name="channels">Receives the values of the channels.</param>
    public static void Write(CalendarCycles cycles, DateTimeOffset time, Span<float> channels)
    {
        int next = 0;
        foreach ((CalendarCycles cycle, _, int harmonics) in _cycles)
        {
            if (!cycles.HasFlag(cycle))
                continue;
            double turn = TurnOf(cycle, time.DateTime);
            for (int harmonic = 1; harmonic <= harmonics; harmonic++)
            {
                channels[next++] = (float)Sine(turn * harmonic);
                channels[next++] = (float)Sine((turn * harmonic) + 0.25);
            }
        }
    }

    /// <summary>Returns the position of a time in a cycle, from 0 up to but not including 1.</summary>
    private static double TurnOf(CalendarCycles cycle, DateTime time)
    {
        double day = time.TimeOfDay.Ticks / (double)TimeSpan.TicksPerDay;
        return cycle switch
        {
            CalendarCycles.Hour => day,
            CalendarCycles.Weekday => ((((int)time.DayOfWeek + 6) % 7) + day) / 7,
            _ => (time.DayOfYear - 1 + day) / (DateTime.IsLeapYear(time.Year) ? 366 : 365),
        };
    }

    /// <summary>Computes sin 2πx, accurate to the last bits of a <see langword="double"/>.</summary>
    internal static double Sine(double turns)
    {
        double x = turns - Math.Floor(turns), sign = x < 0.5 ? 1 : -1;
        x = x < 0.5 ? x : x - 0.5; // half a turn
        x = x <= 0.25 ? x : 0.5 - x; // a quarter
        return sign * (x <= 0.125 ? Series(2 * Math.PI * x, 1) : Series(2 * Math.PI * (0.25 - x), 0));

        // The Taylor series of the sine (first power 1) or of the cosine (0), up to a term below 1e-17 for an eighth of a turn.
        static double Series(double angle, int first)
        {
            const int Terms = 9;
            double square = angle * angle, sum = 0;
            for (int term = Terms; term > 0; term--)
                sum = (1 + sum) * -square / (((2 * term) - 1 + first) * ((2 * term) + first));
            return (1 + sum) * (first == 1 ? angle : 1);
        }
    }
}
