using System.Collections;
using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace Elman;

/// <summary>
/// How many units each recurrent layer of a stack has, the one that sees the data first. Immutable; equal where all sizes are.
/// </summary>
/// <remarks>Made by <c>[128, 64]</c> or by <see cref="Parse"/> from <c>128,64</c>.</remarks>
[CollectionBuilder(typeof(LayerSizes), nameof(Create))]
public sealed class LayerSizes : IReadOnlyList<int>, IEquatable<LayerSizes>
{
    private readonly ImmutableArray<int> _sizes;

    private LayerSizes(ImmutableArray<int> sizes) => _sizes = sizes;

    /// <summary>How many layers there are.</summary>
    public int Count => _sizes.Length;

    /// <summary>The units of a layer.</summary>
    /// <param name="index">From 0 to <see cref="Count"/> − 1.</param>
    /// <exception cref="IndexOutOfRangeException"><paramref name="index"/> is outside the stack.</exception>
    public int this[int index] => _sizes[index];

    /// <summary>Lists sizes. Whether they make sense is checked with the other options.</summary>
    /// <param name="sizes">Units of each layer.</param>
    public static LayerSizes Create(ReadOnlySpan<int> sizes) => new([.. sizes]);

    /// <summary>Reads sizes divided by commas, such as <c>128,64</c>.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="FormatException">It is not that.</exception>
    public static LayerSizes Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return new(
            [.. text.Split(',').Select(part => int.TryParse(part.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out int size)
                ? size
                : throw new FormatException(
                    $"'{text}' is no list of layer sizes; write whole numbers divided by commas, such as 128,64."))]);
    }

    /// <inheritdoc/>
    public bool Equals(LayerSizes? other) => other is not null && _sizes.AsSpan().SequenceEqual(other._sizes.AsSpan());

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as LayerSizes);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (int size in _sizes)
            hash.Add(size);
        return hash.ToHashCode();
    }

    /// <summary>The sizes divided by commas.</summary>
    public override string ToString() => string.Join(',', _sizes.Select(size => size.ToString(CultureInfo.InvariantCulture)));

    /// <inheritdoc/>
    public IEnumerator<int> GetEnumerator() => ((IEnumerable<int>)_sizes).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
