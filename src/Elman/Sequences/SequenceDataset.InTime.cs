using Elman.Sequences;

namespace Elman;

/// <content>Splitting and joining of data sets in time, for forecasts.</content>
public sealed partial class SequenceDataset
{
    /// <summary>Splits each sequence in time, so that a forecast is evaluated on data after its training data.</summary>
    /// <param name="share">The share of the steps that is the end, above 0 and below 1.</param>
    /// <param name="horizon">The number of steps ahead of the forecast: the minimum number of steps in an end.</param>
    /// <param name="known">The channels that are known in advance; steps after the last one in which another channel has a value are left
    /// out. By default none.</param>
    /// <returns>
    /// The beginnings, and the whole sequences with their beginnings as context (<see cref="Sequence.ContextSteps"/>). A sequence that is
    /// too short is only in the first part. <see langword="null"/> if all are too short, or if there are twenty or more without dates: then
    /// it is better to hold out whole sequences.
    /// </returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public (SequenceDataset Beginnings, SequenceDataset Ends)? DivideInTime(
        double share, int horizon, ChannelList? known = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(share, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(share, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(horizon, 1);
        return DivisionInTime.Of(UpToLastValue(known ?? ChannelList.None), share, horizon) is { } division
            ? (division.Beginning, division.End)
            : null;
    }

    /// <summary>
    /// Returns the same sequences, each preceded by the sequence of an earlier data set that it continues, as context. That is a sequence
    /// with the same <see cref="Sequence.Id"/>, or the only one, whose times end about one step before those of this one begin.
    /// </summary>
    /// <param name="earlier">Data with the same channels in the same order.</param>
    /// <returns>The joined data; this data set if no sequence continues an earlier one.</returns>
    /// <exception cref="ArgumentException"><paramref name="earlier"/> has different channels.</exception>
    public SequenceDataset Following(SequenceDataset earlier)
    {
        ArgumentNullException.ThrowIfNull(earlier);
        if (earlier.Channels != Channels || !earlier.ChannelNames.SequenceEqual(ChannelNames))
            throw new ArgumentException($"'{earlier.Name}' and {Quoted(Name)} have different channels or a different order of "
                + "channels.", nameof(earlier));
        if (!Offsets.AreSame(earlier.Offsets))
            return WithOffsets(earlier.Offsets).Following(earlier);
        var byId = new Dictionary<string, Sequence>(StringComparer.Ordinal);
        foreach (Sequence sequence in earlier)
            if (sequence.Id is { } id)
                byId.TryAdd(id, sequence);
        bool areAlone = Count == 1 && earlier.Count == 1;
        bool anyFollows = false;
        var sequences = new Sequence[Count];
        for (int i = 0; i < Count; i++)
        {
            Sequence next = _sequences[i], before = default;
            bool isKnown = areAlone ? (before = earlier[0]).Steps > 0 : next.Id is { } id && byId.TryGetValue(id, out before);
            bool follows = isKnown && before.Times is { } times && next.Times is { } later && times.GoOnWith(later);
            anyFollows |= follows;
            sequences[i] = follows ? Joined(before, next) : next;
        }
        return anyFollows ? With(ClassLabels, sequences, TargetNames) : this;
    }

    /// <summary>Returns the same data without some channels; times and context are kept, other data of steps and sequences are
    /// not.</summary>
    /// <param name="channels">The names of the channels to leave out.</param>
    /// <exception cref="ArgumentException">No channel is left.</exception>
    public SequenceDataset Without(ChannelList channels)
    {
        ArgumentNullException.ThrowIfNull(channels);
        if (channels.Count == 0)
            return this;
        int[] kept = [.. Enumerable.Range(0, Channels).Where(c => !IsAmong(channels, c))];
        if (kept.Length == 0)
            throw new ArgumentException($"{Quoted(Name)} has only the channels {channels}.", nameof(channels));
        return new SequenceDataset(kept.Length, ClassLabels, this.Select(sequence => new Sequence(
            Enumerable.Range(0, sequence.Steps).SelectMany(t => kept.Select(c => sequence.Values.Span[(t * Channels) + c])).ToArray(),
            kept.Length)
        { Id = sequence.Id, Group = sequence.Group, Times = sequence.Times, ContextSteps = sequence.ContextSteps }), Name)
        {
            ChannelNames = [.. kept.Select(c => ChannelNames[c])],
            Preparation = Preparation,
            Offsets = Offsets.OfChannels(kept),
        };
    }

    /// <summary>Returns the sequences up to the last step in which a channel has a value that is not known in advance.</summary>
    internal SequenceDataset UpToLastValue(ChannelList known)
    {
        if (known.Count == 0)
            return this;
        int[] own = [.. Enumerable.Range(0, Channels).Where(c => !IsAmong(known, c))];
        return With(ClassLabels, this.Select(sequence =>
        {
            int steps = sequence.Steps;
            while (steps > 1 && own.All(c => float.IsNaN(sequence.Values.Span[((steps - 1) * Channels) + c])))
                steps--;
            return steps == sequence.Steps ? sequence : sequence.Slice(0, steps);
        }), TargetNames);
    }

    /// <summary>Returns the sequences with at least <paramref name="steps"/> steps of context; at least one step of each sequence is not
    /// context.</summary>
    internal SequenceDataset AfterFirst(int steps) => With(ClassLabels, this.Select(sequence =>
        sequence with { ContextSteps = Math.Clamp(steps, sequence.ContextSteps, sequence.Steps - 1) }), TargetNames);

    private bool IsAmong(ChannelList names, int channel) =>
        channel < ChannelNames.Count && names.Contains(ChannelNames[channel], StringComparer.Ordinal);

    private static Sequence Joined(Sequence before, Sequence next) => new(
        (float[])[.. before.Values.Span, .. next.Values.Span], next.Channels)
    {
        Id = next.Id,
        Group = next.Group,
        Times = before.Times!.Joined(next.Times!),
        ContextSteps = before.Steps + next.ContextSteps,
    };
}
