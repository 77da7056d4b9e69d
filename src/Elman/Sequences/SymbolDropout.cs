namespace Elman.Sequences;

/// <summary>
/// Makes symbols of text unknown at random, the rarer the more often, so that training meets the unknown: one that occurs n times with a
/// probability of 1/(1 + n), which is about one occurrence of each symbol in an epoch (after E. Kiperwasser and Y. Goldberg, 2016).
/// </summary>
internal sealed class SymbolDropout
{
    private const int Levels = 1 << 16;

    private readonly uint[]?[] _thresholds; // of each channel of text, for each symbol, how many of so many levels
    private float[] _room = [];

    private SymbolDropout(long[]?[] counts)
    {
        Counts = counts;
        _thresholds = [.. counts.Select(ofChannel =>
            ofChannel is null ? null : Array.ConvertAll(ofChannel, count => (uint)Math.Round(Levels / (1.0 + count))))];
    }

    /// <summary>Of each channel of text how often each symbol occurs in the data, the unknown one first; null for others.</summary>
    public IReadOnlyList<long[]?> Counts { get; }

    /// <summary>That of training data; <see langword="null"/> if they hold no text.</summary>
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

    /// <summary>The values of a sequence with some symbols made unknown.</summary>
    /// <param name="values">The values, <c>[steps, channels]</c>.</param>
    /// <param name="key">Which: the same key makes the same symbols unknown.</param>
    /// <returns>The values, until the next call.</returns>
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
