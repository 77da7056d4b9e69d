namespace Elman.Sequences;

/// <summary>Divides a data set into folds so that every class is spread over them evenly; sequences without a class are taken as one.</summary>
internal static class StratifiedFolds
{
    /// <summary>Draws.</summary>
    /// <param name="data">The data set.</param>
    /// <param name="count">How many folds, at least 2; no more than there are sequences.</param>
    /// <param name="random">Draws.</param>
    /// <returns>The indices of each fold's sequences, in the order of the data; every sequence is in one fold.</returns>
    public static IReadOnlyList<int[]> Draw(SequenceDataset data, int count, SeededRandom random)
    {
        var folds = new List<int>[Math.Min(count, data.Count)];
        for (int f = 0; f < folds.Length; f++)
            folds[f] = [];
        int next = 0; // goes on from class to class, so that the folds differ in size by at most one
        foreach (IGrouping<int, int> members in Enumerable.Range(0, data.Count).GroupBy(i => data[i].Label).OrderBy(group => group.Key))
        {
            int[] shuffled = [.. members];
            random.Shuffle(shuffled.AsSpan());
            foreach (int index in shuffled)
                folds[next++ % folds.Length].Add(index);
        }
        return [.. folds.Select(fold => fold.Order().ToArray())];
    }
}
