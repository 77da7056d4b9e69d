using Elman.Kernels;
using Elman.Sequences;

namespace Elman.Baselines;

/// <summary>Forecasts that repeat values.</summary>
internal static class NaiveForecasts
{
    /// <summary>
    /// Returns, at every step of a sequence and for each of the next steps, the last known value that lies a whole number of periods before
    /// it; if there is none, the last known value. NaN only if no value of the channel is known yet.
    /// </summary>
    /// <param name="sequence">The sequence.</param>
    /// <param name="horizon">The number of steps ahead.</param>
    /// <param name="season">The number of steps of a period; 1 for the last value.</param>
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

/// <summary>The last value as forecast.</summary>
internal sealed class LastValue(int horizon) : BaselineMethod
{
    public override string Name => "last value";

    public override BaselineAnswers Answer(
        SequenceDataset train, SequenceDataset test, Workers workers, CancellationToken cancellationToken) =>
        new(Name, [.. test.Select(sequence => NaiveForecasts.Of(sequence, horizon, season: 1))]);
}

/// <summary>The value one period ago as forecast.</summary>
/// <param name="horizon">The number of steps ahead.</param>
/// <param name="season">The number of steps of a period, or <see langword="null"/> to find it in the training data.</param>
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
