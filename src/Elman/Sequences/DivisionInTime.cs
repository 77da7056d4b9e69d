namespace Elman.Sequences;

/// <summary>Sequences divided in time: each learns from its beginning and is judged by its end.</summary>
/// <param name="Beginning">The first steps of each.</param>
/// <param name="End">The last steps of each, behind some of the first as context (<see cref="Sequence.ContextSteps"/>).</param>
/// <remarks>
/// A forecast is judged by what comes after all that it has learned from; values in the middle are told by those around them. Where there
/// are many sequences without dates, whole ones are held out instead: then they need not have been at the same time. Each is divided by its
/// own length: the end of one that stops early may be at dates that others learn from. No model is told a date, only its place in a day, a
/// week or a year, so what happened on one can't be recognised.
/// </remarks>
internal sealed record DivisionInTime(SequenceDataset Beginning, SequenceDataset End)
{
    /// <summary>So many sequences without dates are held out as a whole.</summary>
    private const int ManySequences = 20;

    /// <summary>Divides the sequences of a forecast, if they are to be divided in time.</summary>
    /// <param name="data">The sequences.</param>
    /// <param name="share">The share of the steps that is the end, above 0 and below 1.</param>
    /// <param name="horizon">Steps ahead: the end has so many at least.</param>
    /// <param name="context">The most steps that come with the end as context, in parts of its length; by default all before it.</param>
    /// <returns>The division; <see langword="null"/> where whole sequences are to be held out, or all are too short.</returns>
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
                beginnings.Add(sequence); // too short to be divided
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
