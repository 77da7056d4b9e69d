using System.Diagnostics;

namespace Elman.Sequences;

/// <summary>Selects the steps of a sequence that a model takes: all, or with <see cref="MissingValues.Mask"/> those without a missing
/// value.</summary>
internal static class MissingSteps
{
    /// <summary>Whether a step is taken instead of skipped.</summary>
    /// <param name="missing">The treatment of missing values.</param>
    /// <param name="step">The values of the step, one per channel.</param>
    public static bool Takes(this MissingValues missing, ReadOnlySpan<float> step)
    {
        if (missing != MissingValues.Mask)
            return true;
        foreach (float value in step)
            if (float.IsNaN(value))
                return false;
        return true;
    }

    /// <summary>The number of steps of a sequence that are taken.</summary>
    public static int StepsOf(this MissingValues missing, Sequence sequence)
    {
        if (missing != MissingValues.Mask)
            return sequence.Steps;
        ReadOnlySpan<float> values = sequence.Values.Span; // [T, C]
        int taken = 0;
        for (int i = 0; i < values.Length; i += sequence.Channels)
            taken += missing.Takes(values.Slice(i, sequence.Channels)) ? 1 : 0;
        return taken;
    }

    /// <summary>The median number of taken steps of a sequence.</summary>
    public static double MedianStepsOf(this MissingValues missing, SequenceDataset data)
    {
        int[] steps = [.. data.Select(sequence => missing.StepsOf(sequence)).Order()];
        return steps.Length == 0 ? 0 : (steps[(steps.Length - 1) / 2] + (double)steps[steps.Length / 2]) / 2;
    }

    /// <summary>The maximum number of taken steps of a sequence.</summary>
    public static int MostStepsOf(this MissingValues missing, SequenceDataset data) =>
        missing == MissingValues.Mask ? data.Select(sequence => missing.StepsOf(sequence)).DefaultIfEmpty().Max() : data.MaxSteps;

    /// <summary>The values of the taken steps, <c>[steps, channels]</c>; a copy if some steps are skipped.</summary>
    public static ReadOnlyMemory<float> ValuesOf(this MissingValues missing, Sequence sequence)
    {
        int steps = missing.StepsOf(sequence), channels = sequence.Channels;
        if (steps == sequence.Steps)
            return sequence.Values;
        float[] taken = new float[steps * channels];
        ReadOnlySpan<float> values = sequence.Values.Span;
        int next = 0;
        for (int i = 0; i < values.Length; i += channels)
        {
            ReadOnlySpan<float> step = values.Slice(i, channels);
            if (!missing.Takes(step))
                continue;
            step.CopyTo(taken.AsSpan(next));
            next += channels;
        }
        Debug.Assert(next == taken.Length);
        return taken;
    }
}
