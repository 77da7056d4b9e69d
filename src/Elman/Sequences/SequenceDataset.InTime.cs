using Elman.Sequences;

namespace Elman;

/// <content>Data sets divided and put together in time, for forecasts.</content>
public sealed partial class SequenceDataset
{
    /// <summary>Divides each sequence in time, so that a forecast is judged by what comes after all that it has learned from.</summary>
    /// <param name="share">The share of the steps that is the end, above 0 and below 1.</param>
    /// <param name="horizon">Steps ahead of the forecast: the end has so many at least.</param>
    /// <returns>
    /// The beginnings, and the whole sequences with their beginnings as context (<see cref="Sequence.ContextSteps"/>). A sequence that is
    /// too short is in the first alone. <see langword="null"/> where all are, and where there are twenty or more without dates: then whole
    /// sequences are better held out.
    /// </returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public (SequenceDataset Beginnings, SequenceDataset Ends)? DivideInTime(double share, int horizon)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(share, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(share, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(horizon, 1);
        return DivisionInTime.Of(this, share, horizon) is { } division ? (division.Beginning, division.End) : null;
    }

    /// <summary>
    /// The same sequences, each behind the one of an earlier data set that it goes on from, as context: a sequence of the same
    /// <see cref="Sequence.Id"/>, or the only one, whose times end about a step before these begin.
    /// </summary>
    /// <param name="earlier">Data with the same channels in the same order.</param>
    /// <returns>This data set where no sequence goes on from an earlier one.</returns>
    /// <exception cref="ArgumentException"><paramref name="earlier"/> has other channels.</exception>
    public SequenceDataset Following(SequenceDataset earlier)
    {
        ArgumentNullException.ThrowIfNull(earlier);
        if (earlier.Channels != Channels || !earlier.ChannelNames.SequenceEqual(ChannelNames))
            throw new ArgumentException($"'{earlier.Name}' and '{Name}' have different channels, or in another order.", nameof(earlier));
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

    private static Sequence Joined(Sequence before, Sequence next) => new(
        (float[])[.. before.Values.Span, .. next.Values.Span], next.Channels)
    {
        Id = next.Id,
        Group = next.Group,
        Times = before.Times!.Joined(next.Times!),
        ContextSteps = before.Steps + next.ContextSteps,
    };
}
