namespace Elman.Comparison.Problems;

/// <summary>How long the sequences of a batch are, longest first.</summary>
internal static class Lengths
{
    /// <summary>All equally long.</summary>
    public static int[] Equal(int batch, int steps)
    {
        int[] lengths = new int[batch];
        Array.Fill(lengths, steps);
        return lengths;
    }

    /// <summary>Logarithms drawn evenly, as lengths of texts and recordings roughly are. The same on every call.</summary>
    /// <param name="batch">How many.</param>
    /// <param name="least">The shortest that is possible.</param>
    /// <param name="most">The longest that is possible.</param>
    public static int[] LogUniform(int batch, int least, int most)
    {
        var random = new SeededRandom(1);
        int[] lengths = new int[batch];
        foreach (ref int length in lengths.AsSpan())
            length = (int)Math.Round(Math.Exp(random.NextUniform(Math.Log(least), Math.Log(most))));
        lengths.AsSpan().Sort(static (a, b) => b.CompareTo(a));
        return lengths;
    }

    /// <summary>As many sequences with as many steps together, as equal as whole numbers can be.</summary>
    public static int[] Levelled(IReadOnlyCollection<int> lengths)
    {
        int total = lengths.Sum(), each = total / lengths.Count, longer = total % lengths.Count;
        return [.. Enumerable.Range(0, lengths.Count).Select(i => i < longer ? each + 1 : each)];
    }
}
