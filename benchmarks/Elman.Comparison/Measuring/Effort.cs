namespace Elman.Comparison.Measuring;

/// <summary>The duration of measurements.</summary>
/// <param name="Budget">The seconds for each rival of a row.</param>
/// <param name="Limit">The seconds after which a row ends even with fewer rounds than <see cref="LeastRounds"/>: some rivals take seconds
/// for work that others do in milliseconds.</param>
/// <param name="Turn">The minimum duration of a turn in seconds: much longer than starting and stopping the clock takes.</param>
/// <param name="Rounds">The number of rounds of turns, or <see langword="null"/> for the number that the time allows.</param>
internal sealed record Effort(double Budget, double Limit, double Turn, int? Rounds)
{
    /// <summary>The minimum number of rounds, within the limit.</summary>
    public const int LeastRounds = 5;

    /// <summary>Measures all rows in a few minutes.</summary>
    public static Effort Quick { get; } = new(Budget: 0.15, Limit: 1.5, Turn: 0.01, Rounds: null);

    /// <summary>For published figures.</summary>
    public static Effort Full { get; } = new(Budget: 2, Limit: 60, Turn: 0.02, Rounds: null);

    /// <summary>Whether to continue after some rounds.</summary>
    /// <param name="done">The number of completed rounds.</param>
    /// <param name="elapsed">The total seconds of their turns.</param>
    /// <param name="rivals">The number of rivals that share the time.</param>
    public bool WantsMore(int done, double elapsed, int rivals) =>
        Rounds is int wanted ? done < wanted : done == 0 || (elapsed < Limit && (done < LeastRounds || elapsed < Budget * rivals));
}
