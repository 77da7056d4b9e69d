using Elman.Evaluations;

namespace Elman;

/// <summary>The scores of a forecaster for each number of steps ahead, over all channels, in the units of the data.</summary>
/// <param name="PerStepAhead">The errors one step ahead, two steps, and so on.</param>
/// <param name="Naive">The errors of the last value as forecast: the baseline.</param>
public sealed record ForecastEvaluation(IReadOnlyList<NumberScore> PerStepAhead, IReadOnlyList<NumberScore> Naive)
{
    /// <summary>The errors of each channel, over all steps ahead.</summary>
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
            PerChannel = [.. Enumerable.Range(0, data.OwnChannels).Select(channel => NumberScore.From(
                data.ChannelNames.Count > 0 ? data.ChannelNames[channel] : FormattableString.Invariant($"x{channel + 1}"),
                reachable.SelectMany(ahead => Enumerable.Range(0, data.Count).SelectMany(i =>
                    Pairs(i, ahead, naive: false, channel))).Select(pair => (pair.Target, pair.Answer))))],
            Bands = bands is { Levels.Count: > 0 } ? BandScore.From(bands.Levels, reachable.SelectMany(Quantiles)) : [],
        };

        NumberScore Score(int ahead, bool naive) => NumberScore.From(
            ahead == 1 ? "1 step" : FormattableString.Invariant($"{ahead} steps"),
            Enumerable.Range(0, data.Count).SelectMany(i => Pairs(i, ahead, naive)).Select(pair => (pair.Target, pair.Answer)));

        IEnumerable<(double Target, float[] Quantiles)> Quantiles(int ahead) => Enumerable.Range(0, data.Count).SelectMany(i =>
            Pairs(i, ahead, naive: false).Select(pair => (pair.Target,
                bands!.Errors.Select(errors => (float)pair.Answer + errors[((ahead - 1) * data.OwnChannels) + pair.Channel]).ToArray())));

        IEnumerable<(double Target, double Answer, int Channel)> Pairs(int i, int ahead, bool naive, int? only = null)
        {
            ReadOnlyMemory<float> values = data[i].Values;
            int width = data.Channels, channels = data.OwnChannels;
            float[] last = new float[channels];
            Array.Fill(last, float.NaN);
            for (int t = 0; t + ahead < data[i].Steps; t++)
            {
                for (int c = only ?? 0; c < (only + 1 ?? channels); c++)
                {
                    float now = values.Span[(t * width) + c], target = values.Span[((t + ahead) * width) + c];
                    last[c] = float.IsNaN(now) ? last[c] : now;
                    // Both are evaluated on the same steps: those with a known value and a known earlier value.
                    if (data[i].IsJudged(t + ahead) && !float.IsNaN(target) && !float.IsNaN(last[c]))
                        yield return (target, naive ? last[c] : answers[i][(((t * horizon) + ahead - 1) * channels) + c], c);
                }
            }
        }
    }
}
