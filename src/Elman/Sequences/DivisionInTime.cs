namespace Elman.Sequences;

/// <summary>Sequences split in time: a model is trained on the beginning of each and evaluated on its end.</summary>
/// <param name="Beginning">The first steps of each sequence.</param>
/// <param name="End">The last steps of each sequence, preceded by some of the first as context
/// (<see cref="Sequence.ContextSteps"/>).</param>
/// <remarks>
/// A forecast is evaluated on data after its training data; values in the middle could be inferred from their neighbours. With many
/// sequences without dates, whole sequences are held out instead: they need not cover the same time. Each sequence is split by its own
/// length, so the end of a short one may be at dates in the training part of others. Models do not see dates, only the time of day, week or
/// year, so events at a date can't be recognised.
/// </remarks>
internal sealed record DivisionInTime(SequenceDataset Beginning, SequenceDataset End)
{
    /// <summary>With at least this number of sequences without dates, whole sequences are held out.</summary>
    private const int ManySequences = 20;

    /// <summary>Splits the sequences of a forecaster, if they are to be split in time.</summary>
    /// <param name="data">The sequences.</param>
    /// <param name="share">The share of the steps that is the end, above 0 and below 1.</param>
    /// <param name="horizon">The number of steps ahead: the minimum number of steps in an end.</param>
    /// <param name="context">The maximum number of context steps, in multiples of the length of the end; by default all before it.</param>
    /// <returns>The split; <see langword="null"/> if whole sequences are to be held out, or all are too short.</returns>
    public static DivisionInTime? Of(SequenceDataset data, double share, int horizon, double context = double.PositiveInfinity)
    {
        if (data.Count >= ManySequences && !data.All(sequence => sequence.Times is { AreDates: true }))
            return null;
        var beginnings = new List<Sequence>();
        var ends = new List<Sequence>();
        foreach (Sequence sequence in data)
        {
            int end = Math.Max((int)Math.Round(share * sequence.Steps), horizon), cut = sequence.Steps - end;
            if (cut < Math.Max(2, horizon + 1))
            {
                beginnings.Add(sequence); // too short to split
                continue;
            }
            int from = context * end < cut ? cut - Math.Max(1, (int)(context * end)) : 0;
            beginnings.Add(sequence.Slice(0, cut));
            ends.Add(sequence.Slice(from, sequence.Steps - from) with { ContextSteps = cut - from });
        }
        return ends.Count == 0 ? null : new DivisionInTime(
            data.With(data.ClassLabels, beginnings, data.TargetNames), data.With(data.ClassLabels, ends, data.TargetNames));
    }
}
