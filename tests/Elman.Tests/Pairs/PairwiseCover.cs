namespace Elman.Tests.Pairs;

/// <summary>A small number of rows in which every pair of values of any two factors occurs together at least once.</summary>
internal static class PairwiseCover
{
    /// <summary>
    /// Greedy algorithm: each row takes the value of each factor, the largest factor first, that covers the most new pairs. Then random
    /// rows are added up to the required number.
    /// </summary>
    /// <param name="sizes">The number of values of each factor.</param>
    /// <param name="allowed">Whether the values chosen so far are compatible; −1 for a factor without a value.</param>
    /// <param name="least">The minimum number of rows.</param>
    public static List<int[]> Rows(int[] sizes, Func<int[], bool> allowed, int least)
    {
        var random = new SeededRandom(1);
        HashSet<(int, int, int, int)> open = [.. AllPairs(sizes, allowed)];
        var rows = new List<int[]>();
        while (open.Count > 0 || rows.Count < least)
        {
            int[] row = [.. sizes.Select(_ => -1)];
            if (open.Count > 0)
            {
                (int f, int a, int g, int b) = open.First();
                (row[f], row[g]) = (a, b);
            }
            if (!Complete(row, sizes, allowed, open, random))
                throw new InvalidOperationException($"No row completes {string.Join(' ', row)}.");
            foreach ((int, int, int, int) pair in PairsOf(row))
                open.Remove(pair);
            rows.Add(row);
        }
        return rows;
    }

    private static bool Complete(int[] row, int[] sizes, Func<int[], bool> allowed, HashSet<(int, int, int, int)> open, SeededRandom random)
    {
        int factor = Enumerable.Range(0, sizes.Length).Where(f => row[f] < 0).OrderByDescending(f => sizes[f])
            .Select(f => (int?)f).FirstOrDefault() ?? -1;
        if (factor < 0)
            return true;
        int[] values = [.. Enumerable.Range(0, sizes[factor])];
        random.Shuffle(values.AsSpan());
        foreach (int value in values.OrderByDescending(value => Gain(row, factor, value, open)))
        {
            row[factor] = value;
            if (allowed(row) && Complete(row, sizes, allowed, open, random))
                return true;
        }
        row[factor] = -1;
        return false;
    }

    private static int Gain(int[] row, int factor, int value, HashSet<(int, int, int, int)> open)
    {
        int gain = 0;
        for (int other = 0; other < row.Length; other++)
            if (row[other] >= 0 && other != factor
                && open.Contains(other < factor ? (other, row[other], factor, value) : (factor, value, other, row[other])))
                gain++;
        return gain;
    }

    private static IEnumerable<(int, int, int, int)> AllPairs(int[] sizes, Func<int[], bool> allowed) =>
        from f in Enumerable.Range(0, sizes.Length)
        from g in Enumerable.Range(f + 1, sizes.Length - f - 1)
        from a in Enumerable.Range(0, sizes[f])
        from b in Enumerable.Range(0, sizes[g])
        let row = sizes.Select((_, i) => i == f ? a : i == g ? b : -1).ToArray()
        where allowed(row)
        select (f, a, g, b);

    private static IEnumerable<(int, int, int, int)> PairsOf(int[] row) =>
        from f in Enumerable.Range(0, row.Length)
        from g in Enumerable.Range(f + 1, row.Length - f - 1)
        select (f, row[f], g, row[g]);
}
