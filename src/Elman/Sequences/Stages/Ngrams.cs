namespace Elman.Sequences.Stages;

/// <summary>
/// The n-grams of symbols that are inputs of a model. The vector of each is added to that of its last symbol (P. Bojanowski and others,
/// "Enriching word vectors with subword information", 2017).
/// </summary>
/// <param name="Longest">The number of symbols of the longest n-gram, 2 to <see cref="MostSymbols"/>.</param>
/// <param name="HasEndings">Whether the end of a sequence counts as a symbol.</param>
internal sealed record Ngrams(int Longest, bool HasEndings)
{
    /// <summary>The maximum number of symbols of an n-gram.</summary>
    public const int MostSymbols = 4;

    /// <summary>The codes of the positions before a sequence and of its end; a symbol has its number plus 1.</summary>
    public const int Start = 0, End = -1;

    /// <summary>The n-grams that have a vector.</summary>
    public NgramKeys Keys { get; init; } = NgramKeys.None;

    /// <summary>The number of inputs that they add for each symbol channel.</summary>
    public int PerChannel => (Longest - 1) * (HasEndings ? 2 : 1);

    /// <summary>
    /// Computes the n-grams at a step, in the order of the inputs: those whose last symbol is that of the step, then those whose last
    /// symbol is the end.
    /// </summary>
    /// <param name="last">The end, the symbol of the step and those before it, the last one first.</param>
    /// <param name="atEnd">Whether the step is the last of its sequence.</param>
    /// <param name="keys">Receives the keys, <see cref="PerChannel"/> of them; those of endings are set only if
    /// <paramref name="atEnd"/>.</param>
    public void KeysAt(ReadOnlySpan<int> last, bool atEnd, Span<uint> keys)
    {
        for (int n = 2; n <= Longest; n++)
            keys[n - 2] = NgramKeys.KeyOf(last.Slice(1, n));
        for (int n = 2; n <= Longest && HasEndings && atEnd; n++)
            keys[Longest + n - 3] = NgramKeys.KeyOf(last[..n]);
    }

    /// <summary>Returns the same settings with the n-grams of training data.</summary>
    /// <param name="data">The data.</param>
    /// <param name="symbols">The symbol channels of the data.</param>
    public Ngrams Fit(SequenceDataset data, SymbolTables symbols)
    {
        var counts = new Dictionary<uint, int>();
        Span<uint> keys = stackalloc uint[PerChannel];
        Span<int> last = stackalloc int[Longest + 1];
        foreach (SymbolTable table in symbols)
        {
            foreach (Sequence sequence in data)
            {
                ReadOnlySpan<float> values = sequence.Values.Span;
                last.Clear(); // Start
                last[0] = End;
                for (int i = table.Channel - 1; i < values.Length; i += data.Channels)
                {
                    if (float.IsNaN(values[i]))
                        continue;
                    last[1..^1].CopyTo(last[2..]);
                    last[1] = (int)values[i] + 1;
                    bool atEnd = i + data.Channels >= values.Length;
                    KeysAt(last, atEnd, keys);
                    foreach (uint key in atEnd ? keys : keys[..(Longest - 1)])
                        counts[key] = counts.GetValueOrDefault(key) + 1;
                }
            }
        }
        return this with { Keys = NgramKeys.MostFrequent(counts) };
    }
}
