using System.Numerics;

namespace Elman;

/// <summary>What the automatic choice tried, best first, and what it chose.</summary>
/// <param name="Entries">The models that were tried, the one with the lowest loss first.</param>
/// <param name="Loss">The mean loss of the choice on training cases that its members had not learned from: log loss of classes, of numbers
/// the squared error as a share of their variance.</param>
/// <param name="Score">Its share of right answers on those cases; of numbers, R².</param>
/// <param name="Cases">How many cases that were.</param>
/// <param name="Reason">Why it was chosen, in a sentence.</param>
/// <remarks>
/// The loss of the choice is a little too good, since the choice was made by it. Hold out test data to know how good it is.
/// </remarks>
public sealed record Leaderboard(IReadOnlyList<LeaderboardEntry> Entries, double Loss, double Score, int Cases, string Reason)
{
    /// <summary>
    /// The models that were left out: beyond the budget, diverged, or without what they need, such as a period. A sentence each.
    /// </summary>
    public IReadOnlyList<string> NotTried { get; init; } = [];

    /// <summary>
    /// What was chosen, counts in lowest terms: with this as <see cref="AutoOptions.Ensemble"/>,
    /// the same models are fitted without choosing.
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

    /// <summary>The part that a model has in the average that was chosen, 0 to 1.</summary>
    /// <param name="entry">One of <see cref="Entries"/>.</param>
    /// <exception cref="ArgumentNullException"><paramref name="entry"/> is null.</exception>
    public double PartOf(LeaderboardEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return (double)entry.Count / Entries.Sum(other => other.Count);
    }
}

/// <summary>A model that the automatic choice tried.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Loss">Its mean loss on training cases that it had not learned from.</param>
/// <param name="Score">Its share of right answers on them; of numbers, R².</param>
/// <param name="Count">How often it counts in the average that was chosen; 0 where it is not in it.</param>
/// <param name="Models">How many models it is itself: one for each seed or fold.</param>
/// <param name="Parameters">How many numbers they consist of.</param>
/// <param name="FitTime">How long fitting took.</param>
/// <param name="PredictTime">How long the answer for one training sequence takes, on average.</param>
/// <param name="CanStream">Whether it can run on a stream.</param>
public sealed record LeaderboardEntry(
    string Name, double Loss, double Score, int Count, int Models, long Parameters, TimeSpan FitTime, TimeSpan PredictTime, bool CanStream);
