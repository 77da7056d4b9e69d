namespace Elman.Comparison.Problems;

/// <summary>The lengths of the sequences of a batch, longest first.</summary>
internal static class Lengths
{
    /// <summary>Returns equal lengths.</summary>
    public static int[] Equal(int batch, int steps)
    {
        int[] lengths = new int[batch];
        Array.Fill(lengths, steps);
        return lengths;
    }

    /// <summary>Returns log-uniform lengths, which resemble those of texts and recordings. Every call returns the same lengths.</summary>
    /// <param name="batch">The number of sequences.</param>
    /// <param name="least">The minimum length.</param>
    /// <param name="most">The maximum length.</param>
    public static int[] LogUniform(int batch, int least, int most)
    {
        var random = new SeededRandom(1);
        int[] lengths = new int[batch];
        foreach (ref int length in lengths.AsSpan())
            length = (int)Math.Round(Math.Exp(random.NextUniform(Math.Log(least), Math.Log(most))));
        lengths.AsSpan().Sort(static (a, b) => b.CompareTo(a));
        return lengths;
    }

    /// <summary>
    /// Returns the same number of sequences with the same total number of steps, with lengths that differ by at most one.
    /// </summary>
    public static int[] Levelled(IReadOnlyCollection<int> lengths)
    {
        int total = lengths.Sum(), each = total / lengths.Count, longer = total % lengths.Count;
        return [.. Enumerable.Range(0, lengths.Count).Select(i => i < longer ? each + 1 : each)];
    }
}
