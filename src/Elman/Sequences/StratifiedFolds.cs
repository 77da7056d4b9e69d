namespace Elman.Sequences;

/// <summary>
/// Divides a data set into folds for cross-validation; every class is spread over them as evenly as possible. Groups of sequences are not
/// divided.
/// </summary>
internal static class StratifiedFolds
{
    /// <summary>Draws the folds at random.</summary>
    /// <param name="data">The data set; sequences without a class count as one class.</param>
    /// <param name="folds">The number of folds, at most the number of sequences.</param>
    /// <param name="random">The random numbers.</param>
    /// <returns>The indices of each fold, in the order of the data set. The sizes of folds, and the numbers of cases of a class in them,
    /// differ by at most one.</returns>
    public static int[][] Draw(SequenceDataset data, int folds, SeededRandom random)
    {
        List<int>[] parts = [.. Enumerable.Range(0, Math.Min(folds, data.Count)).Select(_ => new List<int>())];
        if (SequenceGroups.Of(data) is { } groups)
        {
            int[] order = [.. Enumerable.Range(0, groups.Count)];
            random.Shuffle(order.AsSpan());
            // Large groups first, so that the folds have similar sizes.
            foreach (int group in order.OrderByDescending(group => groups[group].Count))
                parts.MinBy(part => part.Count)!.AddRange(groups[group]);
            return [.. parts.Where(part => part.Count > 0).Select(part => part.Order().ToArray())];
        }
        int next = 0; // continues from class to class, so that no fold gets the remainder of every class
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
