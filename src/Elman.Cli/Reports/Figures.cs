using System.Globalization;

namespace Elman.Cli.Reports;

/// <summary>Formats numbers as text.</summary>
internal static class Figures
{
    /// <summary>Formats a share, as in <c>97.5 %</c>.</summary>
    public static string Percent(double share) =>
        double.IsNaN(share) ? "–" : (100 * share).ToString("0.0", CultureInfo.InvariantCulture) + " %";

    /// <summary>Formats a share between 0 and 1 with three decimals.</summary>
    public static string Share(double share) => double.IsNaN(share) ? "–" : share.ToString("0.000", CultureInfo.InvariantCulture);

    /// <summary>Formats a loss with three significant digits.</summary>
    public static string Loss(double loss) => loss switch
    {
        double.NaN => "–",
        >= 100 or (< 0.001 and > 0) => loss.ToString("0.00e+0", CultureInfo.InvariantCulture),
        _ => loss.ToString("0.0000", CultureInfo.InvariantCulture),
    };

    /// <summary>Formats a whole number with separators, as in <c>12,345</c>.</summary>
    public static string Count(double number) => number.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>Formats a number with its noun, as in <c>1 channel</c> or <c>600 sequences</c>.</summary>
    public static string Count(long number, string noun) =>
        $"{Count(number)} {(number == 1 ? noun : noun.EndsWith('s') ? noun + "es" : noun + "s")}";

    /// <summary>Formats a rate per second; below ten with significant digits.</summary>
    public static string Rate(double perSecond) =>
        perSecond < 10 ? perSecond.ToString("0.##", CultureInfo.InvariantCulture) : Count(perSecond);

    /// <summary>Formats any number with about four significant digits.</summary>
    public static string Number(double number) =>
        number.ToString(Math.Abs(number) is >= 1e4 and < 1e12 ? "N0" : "G4", CultureInfo.InvariantCulture);

    /// <summary>Formats a duration, as in <c>0.4 s</c>, <c>1:05</c> or <c>2:00:01</c>.</summary>
    public static string Duration(TimeSpan time) =>
        time < TimeSpan.FromSeconds(10) ? time.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture) + " s"
        : time < TimeSpan.FromMinutes(1) ? time.TotalSeconds.ToString("0", CultureInfo.InvariantCulture) + " s"
        : time < TimeSpan.FromHours(1) ? time.ToString(@"m\:ss", CultureInfo.InvariantCulture)
        : FormattableString.Invariant($"{(long)time.TotalHours}:{time:mm\\:ss}");

    /// <summary>Formats the length of a step like an option, such as <c>15min</c>, <c>1h</c> or <c>1d</c>.</summary>
    public static string Interval(TimeSpan time)
    {
        foreach ((string unit, long ticks) in (ReadOnlySpan<(string, long)>)[("d", TimeSpan.TicksPerDay), ("h", TimeSpan.TicksPerHour),
            ("min", TimeSpan.TicksPerMinute), ("s", TimeSpan.TicksPerSecond)])
            if (time.Ticks >= ticks && time.Ticks % ticks == 0)
                return FormattableString.Invariant($"{time.Ticks / ticks}{unit}");
        return time.TotalSeconds >= 1
            ? FormattableString.Invariant($"{time.TotalSeconds:0.###}s")
            : FormattableString.Invariant($"{time.TotalMilliseconds:0.####}ms");
    }

    /// <summary>Formats a time below a second, as in <c>12 µs</c> or <c>3.4 ms</c>.</summary>
    public static string ShortTime(TimeSpan time) => time.TotalMilliseconds switch
    {
        < 1 => FormattableString.Invariant($"{time.TotalMicroseconds:0} µs"),
        < 1000 => FormattableString.Invariant($"{time.TotalMilliseconds:0.#} ms"),
        _ => Duration(time),
    };

    /// <summary>Formats a size, as in <c>120 kB</c> or <c>3.4 MB</c>.</summary>
    public static string Bytes(long bytes) => bytes < 1_000_000
        ? FormattableString.Invariant($"{Math.Max(1, (bytes + 500) / 1000)} kB")
        : FormattableString.Invariant($"{bytes / 1e6:0.#} MB");

    /// <summary>Describes the number of missing values, as in <c>312 of 40,000 values are missing (0.8 %)</c>.</summary>
    public static string Missing(SequenceDataset data)
    {
        long missing = data.CountMissing(), all = data.TotalSteps * data.Channels;
        return $"{Count(missing)} of {Count(all, "value")} {(missing == 1 ? "is" : "are")} missing ({Percent((double)missing / all)})";
    }

    /// <summary>Describes the number of steps of sequences, as in <c>60 steps</c> or <c>7 to 29 steps</c>.</summary>
    public static string Steps(SequenceDataset data) =>
        data.MinSteps == data.MaxSteps ? Count(data.MinSteps, "step") : $"{Count(data.MinSteps)} to {Count(data.MaxSteps)} steps";
}
