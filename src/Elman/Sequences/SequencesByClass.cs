namespace Elman.Sequences;

/// <summary>Groups the sequences of a data set by class, in one pass, since there may be many classes.</summary>
internal static class SequencesByClass
{
    /// <summary>Returns the indices of the sequences without a class, then those of each class, each in the order of the data
    /// set.</summary>
    public static List<int>[] Of(SequenceDataset data)
    {
        List<int>[] members = [.. Enumerable.Range(0, data.ClassLabels.Count + 1).Select(_ => new List<int>())];
        for (int i = 0; i < data.Count; i++)
            members[data[i].Label - Sequence.NoLabel].Add(i);
        return members;
    }
}
