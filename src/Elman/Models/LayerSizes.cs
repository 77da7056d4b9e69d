using System.Collections;
using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace Elman;

/// <summary>
/// The number of units of each recurrent layer of a stack, first layer first. Immutable; equal if all sizes are equal.
/// </summary>
/// <remarks>Created from <c>[128, 64]</c> or with <see cref="Parse"/> from <c>128,64</c>.</remarks>
[CollectionBuilder(typeof(LayerSizes), nameof(Create))]
public sealed class LayerSizes : IReadOnlyList<int>, IEquatable<LayerSizes>
{
    private readonly ImmutableArray<int> _sizes;

    private LayerSizes(ImmutableArray<int> sizes) => _sizes = sizes;

    /// <summary>The number of layers.</summary>
    public int Count => _sizes.Length;

    /// <summary>The number of units of a layer.</summary>
    /// <param name="index">From 0 to <see cref="Count"/> − 1.</param>
    /// <exception cref="IndexOutOfRangeException"><paramref name="index"/> is outside the stack.</exception>
    public int this[int index] => _sizes[index];

    /// <summary>Creates a list of sizes. They are validated with the other options.</summary>
    /// <param name="sizes">The number of units of each layer.</param>
    public static LayerSizes Create(ReadOnlySpan<int> sizes) => new([.. sizes]);

    /// <summary>Parses sizes separated by commas, such as <c>128,64</c>.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="FormatException">The text does not have this form.</exception>
    public static LayerSizes Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return new(
            [.. text.Split(',').Select(part => int.TryParse(part.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out int size)
                ? size
                : throw new FormatException(
                    $"{Quoted(text)} is no list of layer sizes; write whole numbers divided by commas, such as 128,64."))]);
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

    /// <summary>Returns the sizes separated by commas.</summary>
    public override string ToString() => string.Join(',', _sizes.Select(size => size.ToString(CultureInfo.InvariantCulture)));

    /// <inheritdoc/>
    public IEnumerator<int> GetEnumerator() => ((IEnumerable<int>)_sizes).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
