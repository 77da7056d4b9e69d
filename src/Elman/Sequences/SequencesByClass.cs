namespace Elman.Sequences;

/// <summary>Which sequences of a data set belong to each class, found in one pass: there may be many classes.</summary>
internal static class SequencesByClass
{
    /// <summary>The indices of the sequences without a class, then of those of each class, each in the order of the data set.</summary>
    public static List<int>[] Of(SequenceDataset data)
    {
        List<int>[] members = [.. Enumerable.Range(0, data.ClassLabels.Count + 1).Select(_ => new List<int>())];
        for (int i = 0; i < data.Count; i++)
            members[data[i].Label - Sequence.NoLabel].Add(i);
        return members;
    }
}
