using Elman.Fitted;
using Elman.Inference;
using Elman.Kernels;

namespace Elman.Explanations;

/// <summary>
/// The fall of an output where a window of a channel is replaced by the channel's mean in the sequence (M. Zeiler, R. Fergus, 2014), for
/// models without a gradient.
/// </summary>
internal static class Occlusion
{
    /// <summary>The minimum and maximum number of windows, and the number of steps that may be run in all.</summary>
    private const int LeastWindows = 4, MostWindows = 24, MostSteps = 2_000_000;

    /// <summary>Computes the fall for each step and channel; a window's fall is divided among its steps.</summary>
    /// <param name="fitted">The fitted model.</param>
    /// <param name="data">A data set of the sequence alone, arranged for the model.</param>
    /// <param name="output">The output.</param>
    /// <param name="values">Receives the falls, <c>[steps, channels]</c>.</param>
    /// <param name="workers">The threads to use.</param>
    public static void Fill(FittedModel fitted, SequenceDataset data, ExplainedOutput output, Span<double> values, Workers workers)
    {
        Sequence sequence = data[0];
        int steps = sequence.Steps, channels = data.Channels;
        int windows = Math.Min(
            steps, (int)Math.Clamp(MostSteps / ((long)steps * channels), LeastWindows, MostWindows));
        using var inference = new EnsembleInference(fitted);
        double whole = output.ValueOf(inference.Answers(data, workers, nameof(data))[0]);
        for (int c = 0; c < channels; c++)
        {
            float mean = Replacement(data, c);
            Sequence[] occluded = [.. Enumerable.Range(0, windows).Select(window => Without(sequence, c, RangeOf(window), mean))];
            float[][] answers = inference.Answers(data.With(data.ClassLabels, occluded, data.TargetNames), workers, nameof(data));
            for (int window = 0; window < windows; window++)
            {
                (int first, int end) = RangeOf(window);
                double fall = whole - output.ValueOf(answers[window]);
                for (int t = first; t < end; t++)
                    values[(t * channels) + c] = fall / (end - first);
            }
        }

        (int First, int End) RangeOf(int window) =>
            ((int)((long)window * steps / windows), (int)((long)(window + 1) * steps / windows));
    }

    private static Sequence Without(Sequence sequence, int channel, (int First, int End) range, float mean)
    {
        float[] values = sequence.Values.ToArray();
        for (int t = range.First; t < range.End; t++)
        {
            ref float value = ref values[(t * sequence.Channels) + channel];
            value = float.IsNaN(value) ? value : mean;
        }
        return sequence.WithValues(values);
    }

    /// <summary>The mean of a channel, or of text the unknown symbol.</summary>
    private static float Replacement(SequenceDataset data, int channel)
    {
        if (data.Vocabularies.Count > 0 && data.Vocabularies[channel] is not null)
            return Vocabulary.Unknown;
        double sum = 0;
        int count = 0;
        ReadOnlySpan<float> values = data[0].Values.Span;
        for (int i = channel; i < values.Length; i += data.Channels)
            if (!float.IsNaN(values[i]))
                (sum, count) = (sum + values[i], count + 1);
        return count == 0 ? 0 : (float)(sum / count);
    }
}
