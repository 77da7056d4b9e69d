using System.Collections;
using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace Elman;

/// <summary>Levels of quantiles, in ascending order. Immutable; equal if all levels are equal.</summary>
/// <remarks>Created from <c>[0.1, 0.5, 0.9]</c> or with <see cref="Parse"/> from <c>0.1,0.5,0.9</c>.</remarks>
[CollectionBuilder(typeof(QuantileLevels), nameof(Create))]
public sealed class QuantileLevels : IReadOnlyList<double>, IEquatable<QuantileLevels>
{
    private readonly ImmutableArray<double> _levels;

    private QuantileLevels(ImmutableArray<double> levels) => _levels = levels;

    /// <summary>The number of levels.</summary>
    public int Count => _levels.Length;

    /// <summary>
    /// The minimum number of forecast errors for the quantiles to have their levels: 9 for 0.1 and for 0.9, 19 for 0.05. With fewer, the
    /// smallest and the largest error are used, and the band is too narrow. 0 if there is no level.
    /// </summary>
    public int LeastCases =>
        _levels.Select(level => Math.Min(level, 1 - level)).Select(tail => (int)Math.Min(int.MaxValue, Math.Ceiling((1 / tail) - 1 - 1e-9)))
            .DefaultIfEmpty().Max();

    /// <summary>The level at an index.</summary>
    /// <param name="index">From 0 to <see cref="Count"/> − 1.</param>
    /// <exception cref="IndexOutOfRangeException"><paramref name="index"/> is outside the list.</exception>
    public double this[int index] => _levels[index];

    /// <summary>Creates a list of levels. They are validated with the other options.</summary>
    /// <param name="levels">The levels.</param>
    public static QuantileLevels Create(ReadOnlySpan<double> levels) => new([.. levels]);

    /// <summary>Parses levels separated by commas, such as <c>0.1,0.9</c>; <c>none</c> means no levels.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="FormatException">The text is not a list of levels.</exception>
    public static QuantileLevels Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text == "none")
            return [];
        return new(
            [.. text.Split(',').Select(part => double.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out double level)
                ? level
                : throw new FormatException($"{Quoted(text)} is not a list of quantiles; write numbers between 0 and 1, such as "
                    + "0.1,0.5,0.9, or none."))]);
    }

    /// <inheritdoc/>
    public bool Equals(QuantileLevels? other) => other is not null && _levels.AsSpan().SequenceEqual(other._levels.AsSpan());

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as QuantileLevels);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (double level in _levels)
            hash.Add(level);
        return hash.ToHashCode();
    }

    /// <summary>Returns the levels separated by commas.</summary>
    public override string ToString() =>
        Count == 0 ? "none" : string.Join(',', _levels.Select(level => level.ToString(CultureInfo.InvariantCulture)));

    /// <inheritdoc/>
    public IEnumerator<double> GetEnumerator() => ((IEnumerable<double>)_levels).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
