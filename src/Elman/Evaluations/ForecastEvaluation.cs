using Elman.Evaluations;

namespace Elman;

/// <summary>The scores of a forecaster for each number of steps ahead, over all channels: of one channel in the units of the data, of
/// several in standard deviations of each.</summary>
/// <param name="PerStepAhead">The errors one step ahead, two steps, and so on.</param>
/// <param name="Naive">The errors of the last value as forecast: the baseline.</param>
public sealed record ForecastEvaluation(IReadOnlyList<NumberScore> PerStepAhead, IReadOnlyList<NumberScore> Naive)
{
    /// <summary>The errors over all steps ahead and channels.</summary>
    public NumberScore All { get; internal init; } = NumberScore.From("all", 1, []);

    /// <summary>The errors of each channel, over all steps ahead, in the units of the data.</summary>
    public IReadOnlyList<NumberScore> PerChannel { get; init; } = [];

    /// <summary>The coverage of bands between quantiles, the widest first; empty if the forecaster has no quantiles.</summary>
    public IReadOnlyList<BandScore> Bands { get; init; } = [];

    /// <summary>Evaluates forecasts.</summary>
    /// <param name="data">The data.</param>
    /// <param name="horizon">The number of steps ahead.</param>
    /// <param name="answers">The forecasts at every step of each sequence, <c>[steps, horizon, channels]</c>.</param>
    /// <param name="bands">Quantiles of errors, if there are any.</param>
    internal static ForecastEvaluation From(SequenceDataset data, int horizon, float[][] answers, ForecastBands? bands = null)
    {
        int[] reachable = [.. Enumerable.Range(1, Math.Min(horizon, data.MaxSteps - 1))];
        return new ForecastEvaluation(
            [.. reachable.Select(ahead => Score(ahead, naive: false))], [.. reachable.Select(ahead => Score(ahead, naive: true))])
        {
            All = NumberScore.From("all", data.OwnChannels, reachable.SelectMany(ahead => Enumerable.Range(0, data.Count).SelectMany(i =>
                ForecastPairs.Of(data, i, ahead, horizon, answers[i]))).Select(pair => (pair.Target, pair.Answer, pair.Channel))),
            PerChannel = [.. Enumerable.Range(0, data.OwnChannels).Select(channel => NumberScore.From(
                ForecastPairs.NameOf(data, channel), 1,
                reachable.SelectMany(ahead => Enumerable.Range(0, data.Count).SelectMany(i =>
                    ForecastPairs.Of(data, i, ahead, horizon, answers[i], channel))).Select(pair => (pair.Target, pair.Answer, channel))))],
            Bands = bands is { Levels.Count: > 0 } ? BandScore.From(bands.Levels, reachable.SelectMany(Quantiles)) : [],
        };

        NumberScore Score(int ahead, bool naive) => NumberScore.From(
            ForecastPairs.NameOf(ahead), data.OwnChannels,
            Enumerable.Range(0, data.Count).SelectMany(i => ForecastPairs.Of(data, i, ahead, horizon, answers[i]))
                .Select(pair => (pair.Target, naive ? pair.Last : pair.Answer, pair.Channel)));

        IEnumerable<(double Target, float[] Quantiles)> Quantiles(int ahead) => Enumerable.Range(0, data.Count).SelectMany(i =>
            ForecastPairs.Of(data, i, ahead, horizon, answers[i]).Select(pair => (pair.Target,
                bands!.Errors.Select(errors => (float)pair.Answer + errors[((ahead - 1) * data.OwnChannels) + pair.Channel]).ToArray())));
    }
}
