namespace Elman;

/// <summary>
/// Cycles of the calendar that a forecaster may be told beside the values: where in each a step is, as sines and cosines.
/// </summary>
[Flags]
public enum CalendarCycles
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>The time of the day.</summary>
    Hour = 1,

    /// <summary>The time of the week, from Monday on.</summary>
    Weekday = 2,

    /// <summary>The time of the year.</summary>
    Month = 4,
}
