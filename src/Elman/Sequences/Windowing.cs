namespace Elman;

/// <summary>The rule for the class of a window of a recording.</summary>
public enum WindowLabel
{
    /// <summary>The most frequent class of its labelled steps; of equally frequent ones the first in the window.</summary>
    Majority,

    /// <summary>The class of its last labelled step.</summary>
    Last,
}

/// <summary>Cuts long recordings into windows of a fixed length; each window is a sequence with a class.</summary>
/// <param name="Length">The number of steps of a window, at least 1.</param>
/// <param name="Stride">The number of steps from the beginning of one window to that of the next, at least 1.</param>
/// <param name="Label">The rule for the class of a window if steps have labels; otherwise it is the class of the recording.</param>
public sealed record Windowing(int Length, int Stride, WindowLabel Label = WindowLabel.Majority)
{
    /// <summary>
    /// Returns the windows of all recordings. A shorter recording is one window. In others, steps after the last whole window are left out,
    /// and so are windows without a labelled step; warnings state their numbers. The windows of a recording have the same
    /// <see cref="Sequence.Group"/>, that of the recording or the recording itself, so that they are never split between training and
    /// validation. The id of a window is that of the recording with the window's first step, from 0. Targets are those of the recording.
    /// </summary>
    /// <param name="data">The recordings.</param>
    /// <exception cref="ArgumentException">No window is left.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><see cref="Length"/> or <see cref="Stride"/> is below 1.</exception>
    public SequenceDataset Apply(SequenceDataset data)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentOutOfRangeException.ThrowIfLessThan(Length, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Stride, 1);
        var windows = new List<Sequence>();
        long unlabelled = 0, left = 0;
        for (int i = 0; i < data.Count; i++)
        {
            Sequence recording = data[i];
            string name = recording.Id ?? FormattableString.Invariant($"{i + 1}");
            long next = 0;
            for (; next == 0 || next + Length <= recording.Steps; next += Stride)
            {
                int start = (int)next;
                Sequence window = recording.Slice(start, Math.Min(Length, recording.Steps));
                bool hasSteps = !window.StepLabels.IsEmpty;
                int label = hasSteps ? LabelOf(window.StepLabels.Span) : recording.Label;
                if (hasSteps && label == Sequence.NoLabel)
                {
                    unlabelled++;
                    continue;
                }
                window = new Sequence(window.Values, window.Channels, label)
                {
                    Id = FormattableString.Invariant($"{name}@{start}"),
                    Group = recording.Group ?? name,
                    Times = window.Times,
                };
                windows.Add(recording.HasTargets ? window.WithTargets(recording.Targets) : window);
            }
            left += Math.Max(0, recording.Steps - (next - Stride) - Length);
        }
        if (windows.Count == 0)
            throw new ArgumentException(
                $"No window of '{data.Name}' has a labelled step, so there is no training data.", nameof(data));
        return new SequenceDataset(data.Channels, data.ClassLabels, windows, data.Name, data.TargetNames)
        {
            ChannelNames = data.ChannelNames,
            Columns = (data.Columns ?? new TableColumns { IsLong = true }) with { Windowing = this },
            Vocabularies = data.Vocabularies,
            Preparation = data.Preparation,
            Offsets = data.Offsets,
            Warnings = [.. data.Warnings, .. Notes(unlabelled, left)],
        };
    }

    private IEnumerable<string> Notes(long unlabelled, long left)
    {
        if (unlabelled > 0)
            yield return FormattableString.Invariant(
                $"{unlabelled} window{(unlabelled == 1 ? " without a labelled step is" : "s without a labelled step are")} omitted.");
        if (left > 0)
            yield return FormattableString.Invariant(
                $"{left} step{(left == 1 ? "" : "s")} at the ends of recordings are omitted: they do not fill a window of {Length} steps.");
    }

    private int LabelOf(ReadOnlySpan<int> labels)
    {
        var counts = new Dictionary<int, int>();
        int best = Sequence.NoLabel;
        foreach (int label in labels)
        {
            if (label == Sequence.NoLabel)
                continue;
            if (Label == WindowLabel.Last)
                best = label;
            else
                counts[label] = counts.GetValueOrDefault(label) + 1;
        }
        foreach (int label in labels)
            if (counts.TryGetValue(label, out int count) && (best == Sequence.NoLabel || count > counts[best]))
                best = label;
        return best;
    }
}
