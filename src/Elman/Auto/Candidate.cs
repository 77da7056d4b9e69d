namespace Elman.Auto;

/// <summary>A model that the automatic choice may try.</summary>
/// <param name="Name">Its name on the leaderboard and in <see cref="AutoOptions.Ensemble"/>.</param>
/// <param name="Configure">Its options, made of those that were given and of the measures of the data.</param>
internal sealed record Candidate(string Name, Func<TrainingOptions, DataShape, TrainingOptions> Configure)
{
    /// <summary>Whether it supports the task and the data; by default it does.</summary>
    public Func<DataShape, bool> Suits { get; init; } = _ => true;

    /// <summary>
    /// Whether it is worth trying on data of such a size, unless it is named or no other takes the options that were given:
    /// by default it is.
    /// </summary>
    public Func<DataShape, bool> IsWorthwhile { get; init; } = _ => true;

    /// <summary>Whether every fold is held out once, for any number of sequences; by default, with many sequences one part is held
    /// out.</summary>
    public bool TakesAllFolds { get; init; }

    /// <summary>The share of the budget that it may take at most.</summary>
    public double MostOfBudget { get; init; } = 1;

    /// <summary>
    /// Of a naive forecast, which learns nothing: the period of the data, or <see langword="null"/> if they have none;
    /// not there for others.
    /// </summary>
    public Func<SequenceDataset, CancellationToken, int?>? PeriodOf { get; init; }

    /// <summary>
    /// Of a linear autoregression: how many steps back the values are that it takes, or <see langword="null"/> where data are too short;
    /// not there for others.
    /// </summary>
    public Func<SequenceDataset, CancellationToken, int[]?>? LagsOf { get; init; }
}
