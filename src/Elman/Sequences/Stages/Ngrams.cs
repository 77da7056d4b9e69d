namespace Elman.Sequences.Stages;

/// <summary>
/// Which n-grams of symbols go into a model. The vector of each is added to that of the symbol where it ends (P. Bojanowski and others,
/// "Enriching word vectors with subword information", 2017).
/// </summary>
/// <param name="Longest">Symbols of the longest, 2 to <see cref="MostSymbols"/>.</param>
/// <param name="HasEndings">Whether the end of a sequence counts as a symbol.</param>
internal sealed record Ngrams(int Longest, bool HasEndings)
{
    /// <summary>The maximum number of symbols of an n-gram.</summary>
    public const int MostSymbols = 4;

    /// <summary>What stands before a sequence, and for its end; symbols stand one up from 0.</summary>
    public const int Start = 0, End = -1;

    /// <summary>The n-grams that have a vector.</summary>
    public NgramKeys Keys { get; init; } = NgramKeys.None;

    /// <summary>Inputs that they add for each channel of symbols.</summary>
    public int PerChannel => (Longest - 1) * (HasEndings ? 2 : 1);

    /// <summary>
    /// The n-grams at a step, in the order of the inputs: those that end with its symbol, then those that end with the end.
    /// </summary>
    /// <param name="last">The end, the symbol of the step and those before it, the last first.</param>
    /// <param name="atEnd">Whether the step is the last of its sequence.</param>
    /// <param name="keys">Receives the key of each, <see cref="PerChannel"/>; without the end, those of endings are not set.</param>
    public void KeysAt(ReadOnlySpan<int> last, bool atEnd, Span<uint> keys)
    {
        for (int n = 2; n <= Longest; n++)
            keys[n - 2] = NgramKeys.KeyOf(last.Slice(1, n));
        for (int n = 2; n <= Longest && HasEndings && atEnd; n++)
            keys[Longest + n - 3] = NgramKeys.KeyOf(last[..n]);
    }

    /// <summary>The same with the n-grams that training data have.</summary>
    /// <param name="data">The data.</param>
    /// <param name="symbols">Their channels of symbols.</param>
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
