namespace Elman;

/// <summary>The options of confidence intervals.</summary>
public sealed record IntervalOptions
{
    /// <summary>The confidence level, between 0 and 1.</summary>
    public double Level { get; init; } = 0.95;

    /// <summary>The number of bootstrap resamples; at least 200.</summary>
    public int Resamples { get; init; } = 2000;

    /// <summary>The seed of the resamples.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Checks the options.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    internal static IntervalOptions Checked(IntervalOptions? options)
    {
        options ??= new IntervalOptions();
        CheckLevel(options.Level, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Resamples, 200, nameof(options));
        return options;
    }

    /// <summary>Checks a confidence level.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not between 0 and 1.</exception>
    internal static void CheckLevel(double level, string parameter)
    {
        if (!(level is > 0 and < 1))
            throw new ArgumentOutOfRangeException(parameter, level, "The confidence level must be between 0 and 1, such as 0.95.");
    }
}
