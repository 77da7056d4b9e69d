using System.Numerics;

namespace Elman;

/// <summary>The candidates of the automatic choice, best first, and the choice.</summary>
/// <param name="Entries">The candidates, the one with the lowest loss first.</param>
/// <param name="Loss">The mean loss of the choice on held-out training cases: log loss for classes; for numbers the squared error divided
/// by their variance.</param>
/// <param name="Score">Its accuracy on those cases; for numbers, R².</param>
/// <param name="Cases">The number of cases.</param>
/// <param name="Reason">The reason for the choice, as a sentence.</param>
/// <remarks>
/// The loss of the choice is slightly optimistic, because the choice minimises it. Use test data for an unbiased estimate.
/// </remarks>
public sealed record Leaderboard(IReadOnlyList<LeaderboardEntry> Entries, double Loss, double Score, int Cases, string Reason)
{
    /// <summary>
    /// Candidates that were omitted: over the budget, diverged, or without a property of the data that they need, such as a period. One
    /// sentence each.
    /// </summary>
    public IReadOnlyList<string> NotTried { get; init; } = [];

    /// <summary>
    /// The choice with counts in lowest terms. With this value as <see cref="AutoOptions.Ensemble"/>, the same models are fitted without a
    /// choice.
    /// </summary>
    public EnsembleWeights Chosen
    {
        get
        {
            int divisor = (int)Entries.Aggregate(
                BigInteger.Zero, (divisor, entry) => BigInteger.GreatestCommonDivisor(divisor, entry.Count));
            return EnsembleWeights.Create(
                [.. Entries.Where(entry => entry.Count > 0).Select(entry => KeyValuePair.Create(entry.Name, entry.Count / divisor))]);
        }
    }

    /// <summary>Returns the weight of a model in the chosen average, 0 to 1.</summary>
    /// <param name="entry">One of <see cref="Entries"/>.</param>
    /// <exception cref="ArgumentNullException"><paramref name="entry"/> is null.</exception>
    public double PartOf(LeaderboardEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return (double)entry.Count / Entries.Sum(other => other.Count);
    }
}

/// <summary>A candidate of the automatic choice.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Loss">Its mean loss on held-out training cases.</param>
/// <param name="Score">Its accuracy on them; for numbers, R².</param>
/// <param name="Count">Its count in the chosen average; 0 if it is not included.</param>
/// <param name="Models">The number of models in it: one for each seed or fold.</param>
/// <param name="Parameters">Their number of parameters.</param>
/// <param name="FitTime">The time to fit.</param>
/// <param name="PredictTime">The mean time to predict one training sequence.</param>
/// <param name="CanStream">Whether it can run on a stream.</param>
public sealed record LeaderboardEntry(
    string Name, double Loss, double Score, int Count, int Models, long Parameters, TimeSpan FitTime, TimeSpan PredictTime, bool CanStream)
{
    /// <summary>The figures of the epochs of each of its models; of a model that is fitted by least squares, one epoch.</summary>
    public IReadOnlyList<IReadOnlyList<EpochResult>> Histories { get; init; } = [];
}
