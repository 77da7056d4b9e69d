namespace Elman.Sequences;

/// <summary>Divides a data set in two, such as into training and validation, each class in the same proportion.</summary>
internal static class StratifiedSplit
{
    /// <summary>
    /// Holds out a random share of each class, rounded. A class of two or more sequences keeps at least one on either side; a single
    /// sequence is never held out. If sequences have groups, whole groups are drawn instead, and the shares of the classes may differ.
    /// </summary>
    /// <param name="data">The data set.</param>
    /// <param name="share">The share to hold out, above 0 and below 1.</param>
    /// <param name="random">The random numbers.</param>
    /// <returns>Both parts in the order of the data set.</returns>
    public static (SequenceDataset Kept, SequenceDataset HeldOut) Draw(SequenceDataset data, double share, SeededRandom random)
    {
        var heldOut = new HashSet<int>();
        if (SequenceGroups.Of(data) is { } groups)
        {
            HoldOut([.. Enumerable.Range(0, groups.Count)], share, random).ForEach(group => heldOut.UnionWith(groups[group]));
        }
        else
        {
            foreach (List<int> members in SequencesByClass.Of(data))
                heldOut.UnionWith(HoldOut([.. members], share, random));
        }
        return (data.Subset(Enumerable.Range(0, data.Count).Where(i => !heldOut.Contains(i))), data.Subset(heldOut.Order()));
    }

    private static List<int> HoldOut(int[] members, double share, SeededRandom random)
    {
        random.Shuffle(members.AsSpan());
        int held = members.Length < 2
            ? 0
            : Math.Clamp((int)Math.Round(share * members.Length, MidpointRounding.AwayFromZero), 1, members.Length - 1);
        return [.. members.Take(held)];
    }
}
