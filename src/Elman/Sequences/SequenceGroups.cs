namespace Elman.Sequences;

/// <summary>Finds the groups of sequences in a data set.</summary>
internal static class SequenceGroups
{
    /// <summary>
    /// Returns the groups, each as the indices of its sequences, in the order of first occurrence; <see langword="null"/> if no sequence
    /// has a group. A sequence without a group is a group of its own.
    /// </summary>
    public static IReadOnlyList<IReadOnlyList<int>>? Of(SequenceDataset data)
    {
        if (data.All(sequence => sequence.Group is null))
            return null;
        var groups = new List<List<int>>();
        var known = new Dictionary<string, List<int>>(StringComparer.Ordinal);
        for (int i = 0; i < data.Count; i++)
        {
            if (data[i].Group is { } name && known.TryGetValue(name, out List<int>? group))
            {
                group.Add(i);
                continue;
            }
            groups.Add([i]);
            if (data[i].Group is { } first)
                known[first] = groups[^1];
        }
        return groups;
    }
}
