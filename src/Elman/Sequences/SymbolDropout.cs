namespace Elman.Sequences;

/// <summary>
/// Replaces symbols of text with the unknown symbol at random, rare symbols more often, so that training includes the unknown symbol. A
/// symbol that occurs n times is replaced with probability 1/(1 + n), about one occurrence of each symbol per epoch (after E. Kiperwasser
/// and Y. Goldberg, 2016).
/// </summary>
internal sealed class SymbolDropout
{
    private const int Levels = 1 << 16;

    private readonly uint[]?[] _thresholds; // for each text channel and symbol, the probability as a number of levels
    private float[] _room = [];

    private SymbolDropout(long[]?[] counts)
    {
        Counts = counts;
        _thresholds = [.. counts.Select(ofChannel =>
            ofChannel is null ? null : Array.ConvertAll(ofChannel, count => (uint)Math.Round(Levels / (1.0 + count))))];
    }

    /// <summary>For each text channel the counts of its symbols in the data, the unknown one first; null for other channels.</summary>
    public IReadOnlyList<long[]?> Counts { get; }

    /// <summary>Creates the dropout for training data; <see langword="null"/> if they have no text channel.</summary>
    public static SymbolDropout? Of(SequenceDataset data)
    {
        if (data.Vocabularies.Count == 0)
            return null;
        long[]?[] counts = [.. data.Vocabularies.Select(vocabulary => vocabulary is null ? null : new long[vocabulary.Symbols.Count + 1])];
        foreach (Sequence sequence in data)
        {
            ReadOnlySpan<float> values = sequence.Values.Span;
            for (int i = 0; i < values.Length; i++)
                if (counts[i % counts.Length] is { } ofChannel && !float.IsNaN(values[i]))
                    ofChannel[(int)values[i]]++;
        }
        return new SymbolDropout(counts);
    }

    /// <summary>Returns the values of a sequence with some symbols replaced by the unknown one.</summary>
    /// <param name="values">The values, <c>[steps, channels]</c>.</param>
    /// <param name="key">The key of the random numbers: the same key replaces the same symbols.</param>
    /// <returns>The values, valid until the next call.</returns>
    public ReadOnlySpan<float> Apply(ReadOnlySpan<float> values, ulong key)
    {
        if (_room.Length < values.Length)
            _room = new float[values.Length];
        Span<float> dropped = _room.AsSpan(0, values.Length);
        for (int i = 0; i < values.Length; i++)
        {
            bool isText = _thresholds[i % _thresholds.Length] is { } thresholds && !float.IsNaN(values[i])
                && (SeededRandom.At(key, (ulong)i) & (Levels - 1)) < thresholds[(int)values[i]];
            dropped[i] = isText ? Vocabulary.Unknown : values[i];
        }
        return dropped;
    }
}
