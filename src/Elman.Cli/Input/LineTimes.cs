using System.Globalization;

namespace Elman.Cli.Input;

/// <summary>Looks at the times of the lines of a stream: each must be later than the one before.</summary>
internal sealed class LineTimes
{
    private DateTimeOffset? _before;

    /// <summary>Takes the time of the next line.</summary>
    /// <param name="time">The time.</param>
    /// <param name="line">The line, from 1.</param>
    /// <exception cref="CommandException">It is not later than that of the line before.</exception>
    public void Take(DateTimeOffset time, long line)
    {
        if (_before is { } before && time <= before)
            throw new CommandException($"Line {line} of standard input has the time {Text(time)}, and the step before it "
                + $"{Text(before)}; times must ascend. An empty line begins a new sequence.");
        _before = time;
    }

    /// <summary>Begins a new sequence.</summary>
    public void Reset() => _before = null;

    private static string Text(DateTimeOffset time) => time.ToString("yyyy-MM-dd HH:mm:ss.FFFFFFFzzz", CultureInfo.InvariantCulture);
}
