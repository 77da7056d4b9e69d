using Elman.Kernels;
using Elman.Sequences;

namespace Elman.Baselines;

/// <summary>Forecasts that repeat values.</summary>
internal static class NaiveForecasts
{
    /// <summary>
    /// At every step of a sequence, for each of the next steps, the value that was seen whole periods before it, of those that are known
    /// the latest;
    /// if there is none, the last value that is known. NaN only where no value of the channel is known yet.
    /// </summary>
    /// <param name="sequence">The sequence.</param>
    /// <param name="horizon">Steps ahead.</param>
    /// <param name="season">Steps of a period; 1 for the last value.</param>
    /// <returns><c>[steps, horizon, channels]</c>.</returns>
    public static float[] Of(Sequence sequence, int horizon, int season)
    {
        ReadOnlySpan<float> values = sequence.Values.Span;
        int channels = sequence.Channels, steps = sequence.Steps;
        float[] answers = new float[checked(steps * horizon * channels)], last = new float[channels];
        Array.Fill(last, float.NaN);
        for (int t = 0; t < steps; t++)
        {
            for (int c = 0; c < channels; c++)
            {
                float now = values[(t * channels) + c];
                last[c] = float.IsNaN(now) ? last[c] : now;
                for (int ahead = 1; ahead <= horizon; ahead++)
                    answers[(((t * horizon) + ahead - 1) * channels) + c] = Earlier(values, t, ahead, c, last[c]);
            }
        }
        return answers;

        float Earlier(ReadOnlySpan<float> values, int t, int ahead, int c, float last)
        {
            if (season == 1)
                return last;
            long periods = ((ahead - 1L) / season) + 1;
            for (long from = t + ahead - (periods * season); from >= 0; from -= season)
                if (!float.IsNaN(values[(int)((from * channels) + c)]))
                    return values[(int)((from * channels) + c)];
            return last;
        }
    }
}

/// <summary>Everything stays as it is.</summary>
internal sealed class LastValue(int horizon) : BaselineMethod
{
    public override string Name => "last value";

    public override BaselineAnswers Answer(
        SequenceDataset train, SequenceDataset test, Workers workers, CancellationToken cancellationToken) =>
        new(Name, [.. test.Select(sequence => NaiveForecasts.Of(sequence, horizon, season: 1))]);
}

/// <summary>Everything is as it was a period ago.</summary>
/// <param name="horizon">Steps ahead.</param>
/// <param name="season">Steps of a period, or <see langword="null"/> to find it in the training data.</param>
internal sealed class SeasonalNaive(int horizon, int? season) : BaselineMethod
{
    public override string Name => season is null ? "seasonal naive" : NameWith(season.Value);

    public override BaselineAnswers Answer(
        SequenceDataset train, SequenceDataset test, Workers workers, CancellationToken cancellationToken)
    {
        if ((season ?? SeasonalPeriod.Find(train, cancellationToken)) is not { } period)
        {
            return new(Name, [],
                $"The autocorrelation of '{train.Name}' has no clear periodic peak, so no period was found; set Season if you know it.");
        }
        if (period >= test.MaxSteps)
        {
            return new(NameWith(period), [],
                $"The longest sequence of '{test.Name}' has {test.MaxSteps} steps, so no evaluated step has a value {period} steps "
                    + "before it; set Season to a shorter period.");
        }
        return new(NameWith(period), [.. test.Select(sequence => NaiveForecasts.Of(sequence, horizon, period))]);
    }

    private static string NameWith(int period) => FormattableString.Invariant($"seasonal naive ({period})");
}
