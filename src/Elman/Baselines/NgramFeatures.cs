namespace Elman.Baselines;

/// <summary>
/// The counts of single symbols, pairs and triples in the texts of a sequence, including start and end, weighted by rarity and scaled to
/// norm 1: TF-IDF (K. Spärck Jones, 1972).
/// </summary>
internal sealed class NgramFeatures
{
    private const int Longest = 3;
    private const int Start = 1, End = 2, FirstSymbol = 3, BitsOfASymbol = 21; // three symbols fit into 63 bits

    private readonly Dictionary<(int Channel, ulong Key), int> _indices = [];
    private readonly double[] _weights;

    /// <summary>Scans training data.</summary>
    public NgramFeatures(SequenceDataset train)
    {
        var documents = new List<int>(); // for each n-gram, the number of documents with it
        foreach (Sequence sequence in train)
        {
            foreach ((int Channel, ulong Key) gram in Grams(train, sequence).Distinct())
            {
                if (_indices.TryAdd(gram, documents.Count))
                    documents.Add(0);
                documents[_indices[gram]]++;
            }
        }
        _weights = [.. documents.Select(count => Math.Log((1.0 + train.Count) / (1 + count)) + 1)];
    }

    /// <summary>The number of n-grams.</summary>
    public int Count => _weights.Length;

    /// <summary>
    /// Returns the features of a sequence that are not 0, ordered by index; n-grams that do not occur in training are left out.
    /// </summary>
    /// <param name="data">The data set of the sequence.</param>
    /// <param name="sequence">The sequence, with its symbols numbered as in the training data.</param>
    public (int Index, double Value)[] Of(SequenceDataset data, Sequence sequence)
    {
        var counts = new SortedDictionary<int, double>();
        foreach ((int Channel, ulong Key) gram in Grams(data, sequence))
            if (_indices.TryGetValue(gram, out int index))
                counts[index] = counts.GetValueOrDefault(index) + 1;
        (int Index, double Value)[] row = [.. counts.Select(pair => (pair.Key, pair.Value * _weights[pair.Key]))];
        double length = Math.Sqrt(row.Sum(one => one.Value * one.Value));
        return Array.ConvertAll(row, one => (one.Index, one.Value / length));
    }

    private static IEnumerable<(int Channel, ulong Key)> Grams(SequenceDataset data, Sequence sequence)
    {
        for (int channel = 0; channel < data.Channels; channel++)
        {
            if (data.Vocabularies[channel] is null)
                continue;
            ulong[] symbols = [Start, .. Enumerable.Range(0, sequence.Steps)
                .Select(step => sequence.Values.Span[(step * data.Channels) + channel])
                .Where(value => !float.IsNaN(value)).Select(value => (ulong)value + FirstSymbol), End];
            for (int i = 0; i < symbols.Length; i++)
            {
                ulong key = 0;
                for (int n = 0; n < Longest && i + n < symbols.Length; n++)
                    yield return (channel, key = (key << BitsOfASymbol) | symbols[i + n]);
            }
        }
    }
}
