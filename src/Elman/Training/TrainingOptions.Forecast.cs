namespace Elman;

/// <content>Options of forecasts.</content>
public sealed partial record TrainingOptions
{
    /// <summary>Number of steps that a <see cref="SequenceForecaster"/> forecasts, at least 1. Default 1.</summary>
    public int Horizon { get; init; } = 1;

    /// <summary>
    /// Calendar features that a <see cref="SequenceForecaster"/> uses beside the values of each step: data need dates then
    /// (<see cref="Sequence.Times"/>), and so do the steps of a stream. Default (<see langword="null"/>): where the model is chosen
    /// automatically and all sequences have dates, those cycles that the data are long enough for; else none.
    /// </summary>
    public CalendarCycles? Calendar { get; init; }

    /// <summary>
    /// Channels that are known in advance, such as a price or a holiday: a <see cref="SequenceForecaster"/> uses their values up to
    /// <see cref="Horizon"/> steps ahead, and does not forecast them. Data to predict from need so many further steps in which these are
    /// given and the others missing (NaN). Default none.
    /// </summary>
    public ChannelList Known { get; init; } = ChannelList.None;

    /// <summary>
    /// Levels of the quantiles that a <see cref="SequenceForecaster"/> predicts beside the forecast, in ascending order, between 0 and 1.
    /// They come from its errors on cases that it has not learned from: those by which the model was chosen automatically, or validation
    /// data. Without either there are none. Default 0.1, 0.5 and 0.9, a band of 80 % around the median.
    /// </summary>
    public QuantileLevels Quantiles { get; init; } = [0.1, 0.5, 0.9];

    private IEnumerable<string> FindForecastProblems()
    {
        if (Quantiles is not null && (Quantiles.Any(level => !(level is > 0 and < 1)) || !Quantiles.Zip(Quantiles.Skip(1)).All(pair =>
            pair.First < pair.Second)))
            yield return $"Quantiles is {Quantiles}; they must be between 0 and 1, and ascend.";
        if (Known is not null && Known.Distinct(StringComparer.Ordinal).Count() < Known.Count)
            yield return $"Known names a channel twice: {Known}.";
    }
}
