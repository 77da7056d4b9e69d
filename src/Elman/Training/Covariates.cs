using Elman.Sequences;

namespace Elman.Training;

/// <summary>
/// The inputs of a forecaster that it does not forecast: channels that are known in advance, and calendar features. They are the last of
/// its channels, in this order.
/// </summary>
/// <param name="KnownAhead">The number of channels, the last ones, that are known in advance.</param>
/// <param name="Calendar">The calendar cycles.</param>
/// <param name="Horizon">The number of steps ahead: a step has the known values of one horizon later.</param>
internal sealed record Covariates(int KnownAhead, CalendarCycles Calendar, int Horizon)
{
    /// <summary>The UTC offset of the clock for calendar features: that of the training data.</summary>
    public TimeSpan Offset { get; init; }

    /// <summary>No covariates.</summary>
    public static Covariates None { get; } = new(0, CalendarCycles.None, 1);

    /// <summary>The number of channels that the calendar adds to those of the data.</summary>
    public int Added { get; } = CalendarChannels.CountOf(Calendar);

    /// <summary>The number of channels of the model that are not forecast.</summary>
    public int Count => KnownAhead + Added;

    /// <summary>The number of steps on which the model runs: up to the last with a value that is not known in advance.</summary>
    public int StepsOf(Sequence sequence)
    {
        if (KnownAhead == 0)
            return sequence.Steps;
        ReadOnlySpan<float> values = sequence.Values.Span;
        int channels = sequence.Channels, steps = sequence.Steps;
        while (steps > 1 && !values.Slice((steps - 1) * channels, channels - KnownAhead).ContainsAnyExcept(float.NaN))
            steps--;
        return steps;
    }

    /// <summary>Returns the data with the inputs of the model: known values moved one horizon back, calendar features added.</summary>
    /// <param name="data">The data, with their channels in the order of the model.</param>
    /// <param name="parameter">The caller's parameter, for the exception.</param>
    /// <remarks>Steps whose known values would lie after the end of the data have the last known values. These affect only forecasts
    /// beyond the data, for which <see cref="CheckFuture"/> checks that the values are present.</remarks>
    /// <exception cref="ArgumentException">A sequence has no dates, and the model uses calendar features.</exception>
    public SequenceDataset AddTo(SequenceDataset data, string parameter)
    {
        if (Count == 0)
            return data;
        var sequences = new Sequence[data.Count];
        for (int i = 0; i < sequences.Length; i++)
            sequences[i] = AddTo(data, i, parameter);
        return new SequenceDataset(data.Channels + Added, data.ClassLabels, sequences, data.Name, data.TargetNames)
        {
            ChannelNames = data.ChannelNames.Count == 0 ? [] : [.. data.ChannelNames, .. CalendarChannels.NamesOf(Calendar)],
            Columns = data.Columns,
            Preparation = data.Preparation,
            Warnings = data.Warnings,
            CovariateChannels = Count,
        };
    }

    /// <summary>Checks that all known future values for a forecast after the last step are present.</summary>
    /// <param name="data">The data, with their channels in the order of the model.</param>
    /// <param name="parameter">The caller's parameter, for the exception.</param>
    /// <exception cref="ArgumentException">A value is missing.</exception>
    public void CheckFuture(SequenceDataset data, string parameter)
    {
        for (int i = 0; i < data.Count && KnownAhead > 0; i++)
        {
            int steps = StepsOf(data[i]), own = data.Channels - KnownAhead;
            bool isThere = data[i].Steps >= steps + Horizon;
            for (int t = steps; t < steps + Horizon && isThere; t++)
                isThere = !data[i].Values.Span.Slice((t * data.Channels) + own, KnownAhead).Contains(float.NaN);
            if (!isThere)
                throw new ArgumentException($"Sequence {i + 1} of '{data.Name}' has {data[i].Steps - steps} steps after its last value; "
                    + $"a forecast needs {Horizon} such steps with values of {Names(data)} and the other channels missing.",
                    parameter);
        }
    }

    /// <summary>Adds calendar features to a step of a stream, after its values.</summary>
    /// <param name="x">The values.</param>
    /// <param name="time">The time of the step.</param>
    /// <param name="step">Receives the values and the calendar features.</param>
    public void AddTo(ReadOnlySpan<float> x, DateTimeOffset time, Span<float> step)
    {
        x.CopyTo(step);
        CalendarChannels.Write(Calendar, time.ToOffset(Offset), step[x.Length..]);
    }

    private Sequence AddTo(SequenceDataset data, int index, string parameter)
    {
        Sequence sequence = data[index];
        int channels = data.Channels, width = channels + Added, own = channels - KnownAhead, steps = StepsOf(sequence);
        if (Calendar != CalendarCycles.None && sequence.Times is not { AreDates: true })
            throw new ArgumentException(
                $"Sequence {index + 1} of '{data.Name}' has no dates, and the model uses calendar features; give a time "
                    + "column with dates, or train without a calendar.", parameter);
        ReadOnlySpan<float> from = sequence.Values.Span;
        float[] values = new float[steps * width];
        for (int t = 0; t < steps; t++)
        {
            Span<float> step = values.AsSpan(t * width, width);
            from.Slice(t * channels, own).CopyTo(step);
            int later = Math.Min(t + Horizon, sequence.Steps - 1);
            from.Slice((later * channels) + own, KnownAhead).CopyTo(step[own..]);
            if (Calendar != CalendarCycles.None)
                CalendarChannels.Write(Calendar, sequence.Times!.DateAt(t).ToOffset(Offset), step[channels..]);
        }
        Sequence cut = steps == sequence.Steps ? sequence : sequence.Slice(0, steps) with
        { ContextSteps = Math.Min(sequence.ContextSteps, steps - 1) };
        return new Sequence(values, width, sequence.Label)
        {
            Id = cut.Id,
            Group = cut.Group,
            Times = cut.Times,
            ContextSteps = cut.ContextSteps,
        };
    }

    private string Names(SequenceDataset data) => data.ChannelNames.Count > 0
        ? string.Join(", ", data.ChannelNames.TakeLast(KnownAhead).Select(name => Quoted(name)))
        : $"the last {Amount.Of(KnownAhead, "channel")}";
}
