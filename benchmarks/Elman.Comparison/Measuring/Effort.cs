namespace Elman.Comparison.Measuring;

/// <summary>How long to measure.</summary>
/// <param name="Budget">Seconds for each rival of a row.</param>
/// <param name="Limit">Seconds after which a row ends even with fewer rounds than <see cref="LeastRounds"/>: some rivals take seconds for
/// what others do in milliseconds.</param>
/// <param name="Turn">Seconds that a turn lasts at least: far above what starting and stopping the clock costs.</param>
/// <param name="Rounds">How many rounds of turns, or <see langword="null"/> for as many as the time allows.</param>
internal sealed record Effort(double Budget, double Limit, double Turn, int? Rounds)
{
    /// <summary>Rounds that are measured at least, within the limit.</summary>
    public const int LeastRounds = 5;

    /// <summary>All rows in a few minutes.</summary>
    public static Effort Quick { get; } = new(Budget: 0.15, Limit: 1.5, Turn: 0.01, Rounds: null);

    /// <summary>Figures to publish.</summary>
    public static Effort Full { get; } = new(Budget: 2, Limit: 60, Turn: 0.02, Rounds: null);

    /// <summary>Whether to go on after some rounds.</summary>
    /// <param name="done">Rounds done.</param>
    /// <param name="elapsed">Seconds their turns took.</param>
    /// <param name="rivals">How many rivals share the time.</param>
    public bool WantsMore(int done, double elapsed, int rivals) =>
        Rounds is int wanted ? done < wanted : done == 0 || (elapsed < Limit && (done < LeastRounds || elapsed < Budget * rivals));
}
