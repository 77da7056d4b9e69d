namespace Elman.Evaluations;

/// <summary>The values that forecasts are evaluated on, with their forecasts.</summary>
internal static class ForecastPairs
{
    /// <summary>The name of a number of steps ahead.</summary>
    public static string NameOf(int ahead) => ahead == 1 ? "1 step" : FormattableString.Invariant($"{ahead} steps");

    /// <summary>The name of a channel.</summary>
    public static string NameOf(SequenceDataset data, int channel) =>
        data.ChannelNames.Count > 0 ? data.ChannelNames[channel] : FormattableString.Invariant($"x{channel + 1}");

    /// <summary>
    /// Returns for each step that is evaluated, and each channel with a known value and a known earlier value, the value, its forecast, and
    /// the last value when it was forecast.
    /// </summary>
    /// <param name="data">The data.</param>
    /// <param name="i">The sequence.</param>
    /// <param name="ahead">The number of steps ahead.</param>
    /// <param name="horizon">The horizon of the forecasts.</param>
    /// <param name="answers">The forecasts at every step of the sequence, <c>[steps, horizon, channels]</c>.</param>
    /// <param name="only">The only channel, or <see langword="null"/> for all.</param>
    public static IEnumerable<(int Step, int Channel, double Target, double Answer, double Last)> Of(
        SequenceDataset data, int i, int ahead, int horizon, float[] answers, int? only = null)
    {
        Sequence sequence = data[i];
        ReadOnlyMemory<float> values = sequence.Values;
        int width = data.Channels, channels = data.OwnChannels;
        float[] last = new float[channels];
        Array.Fill(last, float.NaN);
        for (int t = 0; t + ahead < sequence.Steps; t++)
        {
            for (int c = only ?? 0; c < (only + 1 ?? channels); c++)
            {
                float now = values.Span[(t * width) + c], target = values.Span[((t + ahead) * width) + c];
                last[c] = float.IsNaN(now) ? last[c] : now;
                // Both forecasts are evaluated on the same steps: those with a known value and a known earlier value.
                if (sequence.IsJudged(t + ahead) && !float.IsNaN(target) && !float.IsNaN(last[c]))
                    yield return (t + ahead, c, target, answers[(((t * horizon) + ahead - 1) * channels) + c], last[c]);
            }
        }
    }
}
