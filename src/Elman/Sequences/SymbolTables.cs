using System.Collections;
using System.Collections.Immutable;

namespace Elman.Sequences;

/// <summary>The symbol channels of a model, in the order of the channels. Immutable; equal if all tables are equal.</summary>
internal sealed class SymbolTables : IReadOnlyList<SymbolTable>, IEquatable<SymbolTables>
{
    private readonly ImmutableArray<SymbolTable> _tables;

    /// <summary>Creates a list of tables, sorted by channel.</summary>
    public SymbolTables(IEnumerable<SymbolTable> tables) => _tables = [.. tables.OrderBy(table => table.Channel)];

    /// <summary>No symbol channels: all channels are numbers.</summary>
    public static SymbolTables None { get; } = new([]);

    /// <summary>The number of channels that hold symbols.</summary>
    public int Count => _tables.Length;

    /// <summary>The table at an index, from 0 to <see cref="Count"/> − 1.</summary>
    public SymbolTable this[int index] => _tables[index];

    /// <summary>Whether a channel, counted from 1, holds symbols.</summary>
    public bool Include(int channel) => _tables.Any(table => table.Channel == channel);

    /// <summary>
    /// The number of values of a step after each symbol is replaced with its vector: first the other channels, then the vectors.
    /// </summary>
    /// <param name="channels">The number of values of a step before.</param>
    public long InputsOf(int channels) => channels - _tables.Length + _tables.Sum(table => (long)table.Size);

    /// <summary>Returns the table of the first value of a step that is not a symbol of its channel; <see langword="null"/> if there is
    /// none.</summary>
    /// <param name="step">The values.</param>
    /// <param name="last">The last value of each channel, which replaces a missing one; NaN if there is none. Empty if missing values are
    /// never replaced.</param>
    public SymbolTable? FindUnknownSymbol(ReadOnlySpan<float> step, ReadOnlySpan<float> last)
    {
        foreach (SymbolTable table in _tables)
        {
            int c = table.Channel - 1;
            bool isFilled = float.IsNaN(step[c]) && last.Length > 0 && !float.IsNaN(last[c]);
            if (!isFilled && !table.Has(step[c]))
                return table;
        }
        return null;
    }

    /// <inheritdoc/>
    public bool Equals(SymbolTables? other) => other is not null && _tables.AsSpan().SequenceEqual(other._tables.AsSpan());

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as SymbolTables);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (SymbolTable table in _tables)
            hash.Add(table);
        return hash.ToHashCode();
    }

    /// <inheritdoc/>
    public IEnumerator<SymbolTable> GetEnumerator() => ((IEnumerable<SymbolTable>)_tables).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
