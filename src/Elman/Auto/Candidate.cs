namespace Elman.Auto;

/// <summary>A model that the automatic choice may try.</summary>
/// <param name="Name">Its name on the leaderboard and in <see cref="AutoOptions.Ensemble"/>.</param>
/// <param name="Configure">Creates its options from the given options and the size of the data.</param>
internal sealed record Candidate(string Name, Func<TrainingOptions, DataShape, TrainingOptions> Configure)
{
    /// <summary>Whether it supports the task and the data; by default it does.</summary>
    public Func<DataShape, bool> Suits { get; init; } = _ => true;

    /// <summary>
    /// Whether it is worth trying on data of this size; by default it is. Ignored if the candidate is named, or if no other supports the
    /// given options.
    /// </summary>
    public Func<DataShape, bool> IsWorthwhile { get; init; } = _ => true;

    /// <summary>Whether every fold is held out once, for any number of sequences; by default, with many sequences one part is held
    /// out.</summary>
    public bool TakesAllFolds { get; init; }

    /// <summary>The maximum share of the budget that it may take.</summary>
    public double MostOfBudget { get; init; } = 1;

    /// <summary>
    /// For a naive forecast, which has no trained weights: finds the period of the data, or returns <see langword="null"/> if they have
    /// none. <see langword="null"/> for other candidates.
    /// </summary>
    public Func<SequenceDataset, CancellationToken, int?>? PeriodOf { get; init; }

    /// <summary>
    /// For a linear autoregression: finds the lags, in steps, or returns <see langword="null"/> if the data are too short.
    /// <see langword="null"/> for other candidates.
    /// </summary>
    public Func<SequenceDataset, CancellationToken, int[]?>? LagsOf { get; init; }
}
