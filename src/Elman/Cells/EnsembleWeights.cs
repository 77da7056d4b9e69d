using System.Collections;
using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace Elman;

/// <summary>The names of models to average, with their counts. Immutable; equal if all are equal.</summary>
/// <remarks>The text form is <c>NAME:COUNT,NAME:COUNT</c>, such as <c>counts:3,gru:1</c>; a name alone has the count 1.</remarks>
[CollectionBuilder(typeof(EnsembleWeights), nameof(Create))]
public sealed class EnsembleWeights : IReadOnlyList<KeyValuePair<string, int>>, IEquatable<EnsembleWeights>
{
    private readonly ImmutableArray<KeyValuePair<string, int>> _counts;

    private EnsembleWeights(ImmutableArray<KeyValuePair<string, int>> counts) => _counts = counts;

    /// <summary>Empty: the models are chosen automatically.</summary>
    public static EnsembleWeights None { get; } = new([]);

    /// <summary>The number of named models.</summary>
    public int Count => _counts.Length;

    /// <summary>A name with its count.</summary>
    /// <param name="index">From 0 to <see cref="Count"/> − 1.</param>
    public KeyValuePair<string, int> this[int index] => _counts[index];

    /// <summary>Creates weights from names with counts.</summary>
    /// <param name="counts">The names, each listed once, with counts above 0.</param>
    /// <exception cref="ArgumentException">A name is empty or listed twice, or a count is not above 0.</exception>
    public static EnsembleWeights Create(params ReadOnlySpan<KeyValuePair<string, int>> counts)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach ((string name, int count) in counts)
        {
            if (string.IsNullOrWhiteSpace(name) || !seen.Add(name))
                throw new ArgumentException($"The model {Quoted(name)} is {(string.IsNullOrWhiteSpace(name) ? "empty" : "listed twice")}; "
                    + "name each once.", nameof(counts));
            if (count < 1)
                throw new ArgumentException($"The model {Quoted(name)} has the count {count}; it must be at least 1.", nameof(counts));
        }
        return new([.. counts]);
    }

    /// <summary>Parses the text form.</summary>
    /// <param name="text">The text, such as <c>counts:3,gru:1</c>.</param>
    /// <exception cref="FormatException">The text does not have this form.</exception>
    public static EnsembleWeights Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        try
        {
            return Create([.. text.Split(',', StringSplitOptions.TrimEntries).Select(ParsePair)]);
        }
        catch (ArgumentException e)
        {
            throw new FormatException(e.Message.Split(" (Parameter")[0], e);
        }
    }

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, int>> GetEnumerator() => ((IEnumerable<KeyValuePair<string, int>>)_counts).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <inheritdoc/>
    public bool Equals(EnsembleWeights? other) => other is not null && _counts.AsSpan().SequenceEqual(other._counts.AsSpan());

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as EnsembleWeights);

    /// <inheritdoc/>
    public override int GetHashCode() => _counts.Aggregate(0, HashCode.Combine);

    /// <summary>Returns the text form.</summary>
    public override string ToString() =>
        Count == 0 ? "none" : string.Join(',', _counts.Select(pair => FormattableString.Invariant($"{pair.Key}:{pair.Value}")));

    private static KeyValuePair<string, int> ParsePair(string text)
    {
        string[] parts = text.Split(':', StringSplitOptions.TrimEntries);
        return (parts, parts.Length == 2 && int.TryParse(parts[1], CultureInfo.InvariantCulture, out int count) ? count : 0) switch
        {
            ([string name], _) => new(name, 1),
            ([string name, _], int times and > 0) => new(name, times),
            _ => throw new FormatException($"{Quoted(text)} is not a model with its count, such as counts:3."),
        };
    }
}
