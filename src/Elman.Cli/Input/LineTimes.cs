using System.Globalization;
using Elman.Cli.Reports;

namespace Elman.Cli.Input;

/// <summary>Looks at the times of the lines of a stream: each must be later than the one before.</summary>
/// <param name="usual">How much later it usually is; <see langword="null"/> where that does not matter, or is not known.</param>
/// <param name="longest">How much later it is at most.</param>
/// <param name="warn">Is told, once, where a line comes much sooner or later.</param>
internal sealed class LineTimes(TimeSpan? usual, TimeSpan? longest, Action<string> warn)
{
    /// <summary>Intervals that differ by less than this share are alike: months do.</summary>
    private const double Alike = 0.1;

    private DateTimeOffset? _before;
    private bool _isTold;

    /// <summary>Takes the time of the next line.</summary>
    /// <param name="time">The time.</param>
    /// <param name="line">The line, from 1.</param>
    /// <exception cref="CommandException">It is not later than that of the line before.</exception>
    public void Take(DateTimeOffset time, long line)
    {
        if (_before is { } before && time <= before)
            throw new CommandException($"Line {line} of standard input has the time {Text(time)}, and the step before it "
                + $"{Text(before)}; times must ascend. An empty line begins a new sequence.");
        TimeSpan? distance = time - _before;
        if (!_isTold && (distance < usual * (1 - Alike) || distance > longest * (1 + Alike)))
        {
            _isTold = true;
            warn($"line {line} of standard input is {Figures.Interval(distance!.Value)} after the step before it, and the model has "
                + $"learned from steps of {Figures.Interval(usual!.Value)}: it takes a step for a step. Give a line for each step, with ? "
                + "where a value is missing, or an empty line where a new sequence begins.");
        }
        _before = time;
    }

    /// <summary>Begins a new sequence.</summary>
    public void Reset() => _before = null;

    private static string Text(DateTimeOffset time) => time.ToString("yyyy-MM-dd HH:mm:ss.FFFFFFFzzz", CultureInfo.InvariantCulture);
}
