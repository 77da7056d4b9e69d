namespace Elman;

/// <summary>The horizon and the inputs of a <see cref="SequenceForecaster"/>. Part of <see cref="TrainingOptions"/>.</summary>
public sealed record ForecastOptions
{
    /// <summary>Number of steps to forecast, at least 1. Default 1.</summary>
    public int Horizon { get; init; } = 1;

    /// <summary>
    /// Calendar features that are added to the values of each step; data then need dates (<see cref="Sequence.Times"/>), and so do the
    /// steps of a stream. Default (<see langword="null"/>): if the model is chosen automatically and all sequences have dates, the cycles
    /// for which the data are long enough; otherwise none.
    /// </summary>
    public CalendarCycles? Calendar { get; init; }

    /// <summary>
    /// Channels that are known in advance, such as a price or a holiday: their values up to <see cref="Horizon"/> steps ahead are inputs,
    /// and they are not forecast. Data to forecast from need <see cref="Horizon"/> further steps, in which the known channels have values
    /// and the others are missing (NaN). Default none.
    /// </summary>
    public ChannelList Known { get; init; } = ChannelList.None;

    /// <summary>
    /// Levels of the quantiles to predict in addition to the forecast, in ascending order, between 0 and 1. Quantiles come from errors on
    /// held-out cases: those of the automatic choice, or validation data. Without either there are none. Default 0.1, 0.5 and 0.9: a band
    /// of 80 % and the median.
    /// </summary>
    public QuantileLevels Quantiles { get; init; } = [0.1, 0.5, 0.9];

    /// <summary>The problems of these options, one sentence each.</summary>
    internal IEnumerable<string> FindProblems()
    {
        if (Quantiles is not null && (Quantiles.Any(level => !(level is > 0 and < 1)) || !Quantiles.Zip(Quantiles.Skip(1)).All(pair =>
            pair.First < pair.Second)))
            yield return $"Quantiles is {Quantiles}; they must be between 0 and 1, and ascend.";
        if (Known is not null && Known.Distinct(StringComparer.Ordinal).Count() < Known.Count)
            yield return $"Known names a channel twice: {Known}.";
    }
}
