namespace Elman.Sequences;

/// <summary>Divides a data set in two so that every class keeps its share in both parts; sequences without a class are taken as one.</summary>
internal static class StratifiedSplit
{
    /// <summary>Holds out a share of each class, rounded, drawn at random; a class of two or more keeps at least one on either side, a single sequence is never held out.</summary>
    /// <param name="data">The data set.</param>
    /// <param name="share">The share to hold out, above 0 and below 1.</param>
    /// <param name="random">Draws.</param>
    /// <returns>Both parts in the order of the data set.</returns>
    public static (SequenceDataset Kept, SequenceDataset HeldOut) Draw(SequenceDataset data, double share, SeededRandom random)
    {
        var kept = new List<int>();
        var heldOut = new List<int>();
        for (int label = Sequence.NoLabel; label < data.ClassLabels.Count; label++)
        {
            int[] members = [.. Enumerable.Range(0, data.Count).Where(i => data[i].Label == label)];
            random.Shuffle(members.AsSpan());
            int held = members.Length < 2
                ? 0
                : Math.Clamp((int)Math.Round(share * members.Length, MidpointRounding.AwayFromZero), 1, members.Length - 1);
            heldOut.AddRange(members.Take(held));
            kept.AddRange(members.Skip(held));
        }
        kept.Sort();
        heldOut.Sort();
        return (data.Subset(kept), data.Subset(heldOut));
    }
}
