namespace Elman;

/// <summary>
/// Calendar cycles whose features a forecaster may use as additional inputs: the position of a step in each cycle, as sines and cosines.
/// </summary>
[Flags]
public enum CalendarCycles
{
    /// <summary>No cycle.</summary>
    None = 0,

    /// <summary>The time of the day.</summary>
    Hour = 1,

    /// <summary>The time of the week, starting on Monday.</summary>
    Weekday = 2,

    /// <summary>The time of the year.</summary>
    Month = 4,
}
