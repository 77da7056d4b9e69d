namespace Elman;

/// <summary>What a <see cref="SequenceForecaster"/> forecasts, and from what. Part of <see cref="TrainingOptions"/>.</summary>
public sealed record ForecastOptions
{
    /// <summary>Number of steps to forecast, at least 1. Default 1.</summary>
    public int Horizon { get; init; } = 1;

    /// <summary>
    /// Calendar features beside the values of each step: data need dates then (<see cref="Sequence.Times"/>), and so do the steps of a
    /// stream. Default (<see langword="null"/>): where the model is chosen automatically and all sequences have dates, those cycles that
    /// the data are long enough for; else none.
    /// </summary>
    public CalendarCycles? Calendar { get; init; }

    /// <summary>
    /// Channels that are known in advance, such as a price or a holiday: their values up to <see cref="Horizon"/> steps ahead are inputs,
    /// and they are not forecast. Data to predict from need so many further steps in which these are given and the others missing (NaN).
    /// Default none.
    /// </summary>
    public ChannelList Known { get; init; } = ChannelList.None;

    /// <summary>
    /// Levels of the quantiles to predict beside the forecast, in ascending order, between 0 and 1. They come from errors on cases that
    /// were not learned from: those by which the model was chosen automatically, or validation data. Without either there are none.
    /// Default 0.1, 0.5 and 0.9, a band of 80 % around the median.
    /// </summary>
    public QuantileLevels Quantiles { get; init; } = [0.1, 0.5, 0.9];

    /// <summary>What is wrong with these options, one sentence each.</summary>
    internal IEnumerable<string> FindProblems()
    {
        if (Quantiles is not null && (Quantiles.Any(level => !(level is > 0 and < 1)) || !Quantiles.Zip(Quantiles.Skip(1)).All(pair =>
            pair.First < pair.Second)))
            yield return $"Quantiles is {Quantiles}; they must be between 0 and 1, and ascend.";
        if (Known is not null && Known.Distinct(StringComparer.Ordinal).Count() < Known.Count)
            yield return $"Known names a channel twice: {Known}.";
    }
}
