namespace Elman.Sequences;

/// <summary>
/// Divides a data set into parts, each of which is left out once; every class is spread over them as evenly as it can be. Where sequences
/// have groups, none of those is divided.
/// </summary>
internal static class StratifiedFolds
{
    /// <summary>Draws the parts.</summary>
    /// <param name="data">The data set; sequences without a class are taken as one.</param>
    /// <param name="folds">The number of parts, at most one a sequence.</param>
    /// <param name="random">The random numbers.</param>
    /// <returns>The indices of each part, in the order of the data set; sizes differ by one at most, and so do the cases of a
    /// class.</returns>
    public static int[][] Draw(SequenceDataset data, int folds, SeededRandom random)
    {
        List<int>[] parts = [.. Enumerable.Range(0, Math.Min(folds, data.Count)).Select(_ => new List<int>())];
        if (SequenceGroups.Of(data) is { } groups)
        {
            int[] order = [.. Enumerable.Range(0, groups.Count)];
            random.Shuffle(order.AsSpan());
            // The large ones first, so that the parts come out even.
            foreach (int group in order.OrderByDescending(group => groups[group].Count))
                parts.MinBy(part => part.Count)!.AddRange(groups[group]);
            return [.. parts.Where(part => part.Count > 0).Select(part => part.Order().ToArray())];
        }
        int next = 0; // goes on from class to class, so that no part gets the surplus of all
        foreach (List<int> ofClass in SequencesByClass.Of(data))
        {
            int[] members = [.. ofClass];
            random.Shuffle(members.AsSpan());
            foreach (int member in members)
                parts[next++ % parts.Length].Add(member);
        }
        return [.. parts.Select(part => part.Order().ToArray())];
    }
}
