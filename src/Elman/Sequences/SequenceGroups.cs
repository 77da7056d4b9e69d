namespace Elman.Sequences;

/// <summary>Which sequences of a data set belong together.</summary>
internal static class SequenceGroups
{
    /// <summary>
    /// The groups, each the indices of its sequences, in the order in which they come;
    /// <see langword="null"/> if no sequence has a group. One without is alone.
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
