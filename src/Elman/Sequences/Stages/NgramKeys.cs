namespace Elman.Sequences.Stages;

/// <summary>
/// The keys of the n-grams that have a vector. A key is a 32-bit hash, so that collisions are very rare. Immutable; equal if all keys are
/// equal.
/// </summary>
internal sealed class NgramKeys : IEquatable<NgramKeys>
{
    /// <summary>The maximum number of n-grams.</summary>
    public const int Most = 1 << 16;

    /// <summary>The minimum count of an n-gram with a vector; a vector with fewer would be learned from a single occurrence.</summary>
    private const int LeastCount = 2;

    /// <summary>The constants of the hash: it starts at the first times the number of symbols, and multiplies by the second.</summary>
    internal const ulong Start = 0xD6E8FEB86659FD93, Factor = 0x9E3779B97F4A7C15;

    private readonly uint[] _keys;
    private readonly Dictionary<uint, int> _rows;

    /// <summary>Creates a list of keys.</summary>
    /// <param name="keys">The keys, in ascending order.</param>
    /// <exception cref="FormatException">The keys are not in ascending order, or are too many.</exception>
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

    /// <summary>No n-grams.</summary>
    public static NgramKeys None { get; } = new([]);

    /// <summary>The number of rows of a table with a vector for each n-gram; at least one.</summary>
    public int Rows => Math.Max(_keys.Length, 1);

    /// <summary>The keys, in ascending order.</summary>
    public ReadOnlySpan<uint> Keys => _keys;

    /// <summary>Returns the n-grams that occur more than once; if there are too many, the most frequent ones.</summary>
    public static NgramKeys MostFrequent(IReadOnlyDictionary<uint, int> counts) => new(counts.Where(pair => pair.Value >= LeastCount)
        .OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key).Take(Most).Select(pair => pair.Key).Order());

    /// <summary>Returns the key of an n-gram.</summary>
    /// <param name="symbols">The symbols of the n-gram, the last one first.</param>
    public static uint KeyOf(ReadOnlySpan<int> symbols)
    {
        ulong hash = (ulong)symbols.Length * Start; // not a small number, which a symbol could cancel
        foreach (int symbol in symbols)
        {
            hash = (hash ^ (uint)symbol) * Factor;
            hash ^= hash >> 32;
        }
        return (uint)hash;
    }

    /// <summary>Returns the row of a key; −1 if it is not listed.</summary>
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
