namespace Elman;

/// <summary>The method to combine several values in a resampled step.</summary>
public enum ResampledValue
{
    /// <summary>The mean.</summary>
    Mean,

    /// <summary>The last value.</summary>
    Last,
}

/// <summary>Resamples sequences to steps of a fixed length.</summary>
/// <param name="Interval">The length of a step, above 0.</param>
/// <param name="Value">The method to combine the values in a step.</param>
public sealed record Resampling(TimeSpan Interval, ResampledValue Value = ResampledValue.Mean)
{
    /// <summary>The maximum number of steps of a resampled sequence.</summary>
    private const int MostSteps = 1 << 26;

    /// <summary>
    /// Returns the sequences in steps of <see cref="Interval"/>, which begin at multiples of it since midnight. A step has the time of its
    /// start, and the mean or the last of the values in it, or NaN if there is none. Its label is the last label in it. Context
    /// (<see cref="Sequence.ContextSteps"/>) ends before the step with the first value that is not context.
    /// </summary>
    /// <param name="data">Sequences with dates.</param>
    /// <exception cref="ArgumentException">A sequence has no dates, or would have too many steps.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><see cref="Interval"/> is not above 0.</exception>
    public SequenceDataset Apply(SequenceDataset data)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(Interval, TimeSpan.Zero);
        if (Value == ResampledValue.Mean && data.Vocabularies.Count > 0)
            throw new ArgumentException($"'{data.Name}' has text, which has no mean; use the last value of each step.", nameof(data));
        var sequences = new Sequence[data.Count];
        for (int i = 0; i < sequences.Length; i++)
        {
            if (data[i].Times is not { AreDates: true } times)
                throw new ArgumentException($"Sequence {i + 1} of '{data.Name}' has no dates, which resampling needs.", nameof(data));
            sequences[i] = Apply(data[i], times, data.Name);
        }
        return new SequenceDataset(data.Channels, data.ClassLabels, sequences, data.Name, data.TargetNames)
        {
            ChannelNames = data.ChannelNames,
            Columns = (data.Columns ?? new TableColumns { IsLong = true }) with { Resampled = this },
            Vocabularies = data.Vocabularies,
            Preparation = data.Preparation,
            Offsets = data.Offsets,
            Warnings = data.Warnings,
        };
    }

    private Sequence Apply(Sequence sequence, SequenceTimes times, string name)
    {
        long first = StepOf(times.DateAt(0)), last = StepOf(times.DateAt(sequence.Steps - 1));
        if (last - first >= MostSteps / sequence.Channels)
            throw new ArgumentException(
                $"Steps of {Interval} make {last - first + 1} steps for a sequence of '{name}'; at most {MostSteps} are allowed. "
                    + "Choose a longer interval.", nameof(sequence));
        int steps = (int)(last - first + 1), channels = sequence.Channels, filled = 0, context = 0;
        float[] values = new float[steps * channels];
        int[] labels = new int[steps];
        Array.Fill(labels, Sequence.NoLabel);
        var gathered = new ResampledSteps(this, channels);
        for (int t = 0; t < sequence.Steps; t++)
        {
            DateTimeOffset time = times.DateAt(t);
            while (gathered.TryTake(time, values.AsSpan(filled * channels, channels), out _))
                filled++;
            gathered.Add(sequence.Values.Span.Slice(t * channels, channels), time);
            if (!sequence.StepLabels.IsEmpty)
                labels[filled] = sequence.StepLabels.Span[t];
            if (t == sequence.ContextSteps)
                context = filled;
        }
        gathered.Peek(values.AsSpan(filled * channels));
        TimeSpan offset = times.Offset;
        var resampled = new Sequence(values, channels, sequence.Label)
        {
            Id = sequence.Id,
            Group = sequence.Group,
            Times = SequenceTimes.Of(Enumerable.Range(0, steps)
                .Select(step => new DateTimeOffset((first + step) * Interval.Ticks, offset)), times.Format),
            ContextSteps = context,
        };
        if (!sequence.StepLabels.IsEmpty)
            resampled = resampled.WithStepLabels(labels);
        return sequence.Targets.IsEmpty ? resampled : resampled.WithTargets(sequence.Targets);
    }

    /// <summary>Returns the number of intervals since the first midnight, in clock time.</summary>
    private long StepOf(DateTimeOffset time) => time.DateTime.Ticks / Interval.Ticks;
}
