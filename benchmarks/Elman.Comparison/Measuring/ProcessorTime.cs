using System.Globalization;

namespace Elman.Comparison.Measuring;

/// <summary>Measures the share of the processors that other programs use. On systems other than Linux it is not known.</summary>
internal sealed class ProcessorTime
{
    private const string Source = "/proc/stat";
    private const double TicksPerSecond = 100; // USER_HZ, the same on all systems that .NET supports

    private readonly (double Busy, double All)? _system = Read();
    private readonly TimeSpan _own = Own();

    /// <summary>
    /// Returns the share of all processors that other programs have used since this object was created, or <see langword="null"/> if it is
    /// not known.
    /// </summary>
    public double? OthersShare()
    {
        if (_system is not { } before || Read() is not { } now || now.All <= before.All)
            return null;
        double others = now.Busy - before.Busy - (Own() - _own).TotalSeconds;
        return Math.Clamp(others / (now.All - before.All), 0, 1);
    }

    /// <summary>
    /// Returns the seconds that the processors were busy, and their total seconds, from the first line of <c>/proc/stat</c>.
    /// </summary>
    public static (double Busy, double All) Parse(string line)
    {
        // cpu user nice system idle iowait irq softirq steal …; the fields after these are included in the first ones.
        double[] seconds = [.. line.Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(1).Take(8)
            .Select(ticks => long.Parse(ticks, CultureInfo.InvariantCulture) / TicksPerSecond)];
        double all = seconds.Sum();
        return (all - seconds[3] - seconds[4], all);
    }

    private static (double Busy, double All)? Read() => OperatingSystem.IsLinux() ? Parse(File.ReadLines(Source).First()) : null;

    private static TimeSpan Own() => OperatingSystem.IsLinux() ? Environment.CpuUsage.TotalTime : TimeSpan.Zero;
}
