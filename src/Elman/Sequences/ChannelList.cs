using System.Collections;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;

namespace Elman;

/// <summary>An ordered list of channel names. Immutable; equal if all names are equal.</summary>
/// <remarks>Created from <c>["temperature", "holiday"]</c>.</remarks>
[CollectionBuilder(typeof(ChannelList), nameof(Create))]
public sealed class ChannelList : IReadOnlyList<string>, IEquatable<ChannelList>
{
    private readonly ImmutableArray<string> _names;

    private ChannelList(ImmutableArray<string> names) => _names = names;

    /// <summary>No channel.</summary>
    public static ChannelList None { get; } = new([]);

    /// <summary>The number of names.</summary>
    public int Count => _names.Length;

    /// <summary>The name at an index.</summary>
    /// <param name="index">From 0 to <see cref="Count"/> − 1.</param>
    /// <exception cref="IndexOutOfRangeException"><paramref name="index"/> is outside the list.</exception>
    public string this[int index] => _names[index];

    /// <summary>Creates a list of names. Whether such channels exist is checked with the data.</summary>
    /// <param name="names">The names.</param>
    public static ChannelList Create(ReadOnlySpan<string> names) => names.IsEmpty && None is not null ? None : new([.. names]);

    /// <summary>Parses names that are separated by commas.</summary>
    /// <param name="text">The text, such as <c>temperature, holiday</c>.</param>
    public static ChannelList Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return [.. text.Split(',', StringSplitOptions.TrimEntries)];
    }

    /// <inheritdoc/>
    public bool Equals(ChannelList? other) => other is not null && _names.SequenceEqual(other._names, StringComparer.Ordinal);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ChannelList);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (string name in _names)
            hash.Add(name, StringComparer.Ordinal);
        return hash.ToHashCode();
    }

    /// <summary>Returns the names separated by commas.</summary>
    public override string ToString() => string.Join(", ", _names);

    /// <inheritdoc/>
    public IEnumerator<string> GetEnumerator() => ((IEnumerable<string>)_names).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
