using System.Globalization;
using Elman.Cli.Reports;

namespace Elman.Cli.Input;

/// <summary>Checks the times of the lines of a stream: each must be later than the previous one.</summary>
/// <param name="usual">The usual interval; <see langword="null"/> if it does not matter or is not known.</param>
/// <param name="longest">The longest interval.</param>
/// <param name="warn">Called once if a line comes much earlier or later than usual.</param>
internal sealed class LineTimes(TimeSpan? usual, TimeSpan? longest, Action<string> warn)
{
    /// <summary>Intervals whose relative difference is below this are treated as equal, such as months.</summary>
    private const double Alike = 0.1;

    private DateTimeOffset? _before;
    private bool _isTold;

    /// <summary>Checks the time of the next line.</summary>
    /// <param name="time">The time.</param>
    /// <param name="line">The line, from 1.</param>
    /// <exception cref="CommandException">The time is not later than that of the previous line.</exception>
    public void Take(DateTimeOffset time, long line)
    {
        if (_before is { } before && time <= before)
            throw new CommandException($"Line {line} of standard input has the time {Text(time)}, and the step before it "
                + $"{Text(before)}; times must ascend. An empty line starts a new sequence.");
        TimeSpan? distance = time - _before;
        if (!_isTold && (distance < usual * (1 - Alike) || distance > longest * (1 + Alike)))
        {
            _isTold = true;
            warn($"line {line} of standard input is {Figures.Interval(distance!.Value)} after the step before it, but the steps of the "
                + $"training data are {Figures.Interval(usual!.Value)} apart, and the model does not see times. Give a line for each "
                + "step, with ? for a missing value, or an empty line before a new sequence.");
        }
        _before = time;
    }

    /// <summary>Starts a new sequence.</summary>
    public void Reset() => _before = null;

    private static string Text(DateTimeOffset time) => time.ToString("yyyy-MM-dd HH:mm:ss.FFFFFFFzzz", CultureInfo.InvariantCulture);
}
