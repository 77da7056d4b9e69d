namespace Elman.Sequences.Stages;

/// <summary>
/// N-grams that have a separate vector, each by a key: a hash of 32 bits, so that two of them are hardly ever taken for one. Immutable;
/// equal if all are.
/// </summary>
internal sealed class NgramKeys : IEquatable<NgramKeys>
{
    /// <summary>The most that there may be.</summary>
    public const int Most = 1 << 16;

    /// <summary>N-grams that occur less often have no vector: what is learned of them is learned of a single sequence.</summary>
    private const int LeastCount = 2;

    private readonly uint[] _keys;
    private readonly Dictionary<uint, int> _rows;

    /// <summary>Lists keys.</summary>
    /// <param name="keys">The keys, in rising order.</param>
    /// <exception cref="FormatException">They do not rise, or are too many.</exception>
    public NgramKeys(IEnumerable<uint> keys)
    {
        _keys = [.. keys];
        if (_keys.Length > Most)
            throw new FormatException(FormattableString.Invariant($"there are {_keys.Length} n-grams; there may be at most {Most}."));
        for (int i = 1; i < _keys.Length; i++)
            if (_keys[i] <= _keys[i - 1])
                throw new FormatException("the keys of n-grams are not ascending.");
        _rows = new Dictionary<uint, int>(_keys.Length);
        for (int i = 0; i < _keys.Length; i++)
            _rows.Add(_keys[i], i);
    }

    /// <summary>No n-gram.</summary>
    public static NgramKeys None { get; } = new([]);

    /// <summary>Rows of a table that has a vector for each; at least one.</summary>
    public int Rows => Math.Max(_keys.Length, 1);

    /// <summary>The keys, in rising order.</summary>
    public ReadOnlySpan<uint> Keys => _keys;

    /// <summary>The n-grams that occur more than once, of very many the most frequent ones.</summary>
    public static NgramKeys MostFrequent(IReadOnlyDictionary<uint, int> counts) => new(counts.Where(pair => pair.Value >= LeastCount)
        .OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key).Take(Most).Select(pair => pair.Key).Order());

    /// <summary>The key of an n-gram.</summary>
    /// <param name="symbols">Its symbols, the last first.</param>
    public static uint KeyOf(ReadOnlySpan<int> symbols)
    {
        ulong hash = (ulong)symbols.Length * 0xD6E8FEB86659FD93; // far from small numbers, which it would cancel
        foreach (int symbol in symbols)
        {
            hash = (hash ^ (uint)symbol) * 0x9E3779B97F4A7C15;
            hash ^= hash >> 32;
        }
        return (uint)hash;
    }

    /// <summary>The row of a key; −1 if it is not listed.</summary>
    public int RowOf(uint key) => _rows.GetValueOrDefault(key, -1);

    /// <inheritdoc/>
    public bool Equals(NgramKeys? other) => other is not null && _keys.AsSpan().SequenceEqual(other._keys);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as NgramKeys);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.AddBytes(System.Runtime.InteropServices.MemoryMarshal.AsBytes<uint>(_keys));
        return hash.ToHashCode();
    }
}
