namespace Elman;

/// <summary>The options of <see cref="ChannelImportance"/>.</summary>
public sealed record ImportanceOptions
{
    /// <summary>The number of shuffles of each channel; at least 1.</summary>
    public int Repeats { get; init; } = 5;

    /// <summary>The maximum number of sequences; of more, a random sample is used. At least 1.</summary>
    public int MostSequences { get; init; } = 1000;

    /// <summary>The seed of the shuffles and of the sample.</summary>
    public int Seed { get; init; } = 1;
}
