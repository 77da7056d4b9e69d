namespace Elman.Data;

/// <summary>Determines the kind of labels of a data set, for formats that support only some kinds.</summary>
internal static class Labelling
{
    /// <summary>Returns the kind of labels; <see cref="LabelKind.None"/> if no sequence has one.</summary>
    public static LabelKind Of(SequenceDataset data)
    {
        if (data.TargetNames.Count > 0)
            return data.TargetNames.SequenceEqual(data.ClassLabels) ? LabelKind.Classes : LabelKind.Numbers;
        if (data.Any(sequence => !sequence.StepLabels.IsEmpty))
            return LabelKind.Steps;
        return data.Any(sequence => sequence.Label >= 0) ? LabelKind.Class : LabelKind.None;
    }

    /// <summary>Refuses kinds that a file with one label per sequence can't hold.</summary>
    /// <exception cref="ArgumentException">The labels are of such a kind.</exception>
    public static void CheckOneEach(SequenceDataset data, string format)
    {
        string? what = Of(data) switch
        {
            LabelKind.Steps => "labels of steps",
            LabelKind.Classes => "several classes of one sequence",
            _ => null,
        };
        if (what is not null)
            throw new ArgumentException($"'{data.Name}' has {what}, which {format} can't hold; write .jsonl or .csv.", nameof(data));
    }

    /// <summary>Whether every sequence has an id and all ids are different.</summary>
    public static bool HasDistinctIds(SequenceDataset data)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        return data.All(sequence => sequence.Id is { } id && seen.Add(id));
    }

    /// <summary>Returns the names of the classes that apply to a sequence, or <see langword="null"/> if they are not known.</summary>
    public static IReadOnlyList<string>? Set(SequenceDataset data, Sequence sequence)
    {
        if (sequence.Targets.IsEmpty || float.IsNaN(sequence.Targets.Span[0]))
            return null;
        var names = new List<string>();
        for (int c = 0; c < data.ClassLabels.Count; c++)
            if (sequence.Targets.Span[c] > 0.5f)
                names.Add(data.ClassLabels[c]);
        return names;
    }
}
