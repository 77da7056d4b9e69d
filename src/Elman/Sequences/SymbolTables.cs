using System.Collections;
using System.Collections.Immutable;

namespace Elman.Sequences;

/// <summary>The channels of symbols of a model, in the order of the channels. Immutable; equal if all are.</summary>
internal sealed class SymbolTables : IReadOnlyList<SymbolTable>, IEquatable<SymbolTables>
{
    private readonly ImmutableArray<SymbolTable> _tables;

    /// <summary>Puts tables in order.</summary>
    public SymbolTables(IEnumerable<SymbolTable> tables) => _tables = [.. tables.OrderBy(table => table.Channel)];

    /// <summary>None: all channels are numbers.</summary>
    public static SymbolTables None { get; } = new([]);

    /// <summary>The number of channels that hold symbols.</summary>
    public int Count => _tables.Length;

    /// <summary>One of them, from 0 to <see cref="Count"/> − 1.</summary>
    public SymbolTable this[int index] => _tables[index];

    /// <summary>Whether a channel, counted from 1, holds symbols.</summary>
    public bool Include(int channel) => _tables.Any(table => table.Channel == channel);

    /// <summary>
    /// Values of a step once a vector is put instead of every symbol: those of the other channels, then the vectors.
    /// </summary>
    /// <param name="channels">Values of a step before.</param>
    public long InputsOf(int channels) => channels - _tables.Length + _tables.Sum(table => (long)table.Size);

    /// <summary>The first value of a step that is none of its channel's symbols; <see langword="null"/> if there is none.</summary>
    /// <param name="step">The values.</param>
    /// <param name="last">The last value of each channel before, which replaces a missing one; NaN if there is none, or nothing
    /// where a missing one is a stranger in any case.</param>
    public SymbolTable? FindStranger(ReadOnlySpan<float> step, ReadOnlySpan<float> last)
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
