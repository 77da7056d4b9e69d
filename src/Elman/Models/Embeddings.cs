using System.Collections;
using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.CompilerServices;
using Elman.Models;
using Elman.Sequences;

namespace Elman;

/// <summary>
/// The channels that hold symbols instead of numbers, and the sizes of their vectors. Immutable; equal if all are equal.
/// </summary>
/// <remarks>Created from <c>[new(1, 16), new(3, 8)]</c> or with <see cref="Parse"/> from <c>1:16,3:8</c>.</remarks>
[CollectionBuilder(typeof(Embeddings), nameof(Create))]
public sealed class Embeddings : IReadOnlyList<Embedding>, IEquatable<Embeddings>
{
    private const string NoneName = "none";

    private readonly ImmutableArray<Embedding> _embeddings;

    private Embeddings(ImmutableArray<Embedding> embeddings) => _embeddings = embeddings;

    /// <summary>All channels are numbers.</summary>
    public static Embeddings None { get; } = new([]);

    /// <summary>The number of channels that hold symbols.</summary>
    public int Count => _embeddings.Length;

    /// <summary>The embedding at an index.</summary>
    /// <param name="index">From 0 to <see cref="Count"/> − 1.</param>
    /// <exception cref="IndexOutOfRangeException"><paramref name="index"/> is outside the list.</exception>
    public Embedding this[int index] => _embeddings[index];

    /// <summary>Creates a list of embeddings. They are validated with the other options.</summary>
    /// <param name="embeddings">The channels, each once, in any order.</param>
    public static Embeddings Create(ReadOnlySpan<Embedding> embeddings) => new([.. embeddings]);

    /// <summary>
    /// Parses channels and sizes, such as <c>1:16,3:8</c>; <c>16</c> if the data have one channel, or <c>none</c>.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <exception cref="FormatException">The text does not have this form.</exception>
    public static Embeddings Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Trim() == NoneName ? None : new([.. text.Split(',').Select(part => part.Split(':') switch
        {
            [string size] => new Embedding(null, Number(size)),
            [string channel, string size] => new Embedding(Number(channel), Number(size)),
            _ => throw Unsound(),
        })]);

        int Number(string word) =>
            int.TryParse(word.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : throw Unsound();

        FormatException Unsound() => new($"{Quoted(text)} is no list of embeddings; write channels with the size of their vectors, "
            + "such as 1:16,3:8, or a size alone where there is one channel.");
    }

    /// <summary>Returns the problems that do not depend on the data, one sentence each.</summary>
    internal IEnumerable<string> FindProblems()
    {
        if (_embeddings.Any(embedding => embedding is null))
        {
            yield return "Embed has an embedding that is missing.";
            yield break;
        }
        foreach (Embedding embedding in _embeddings)
        {
            if (embedding.Channel is < 1 or > ModelSpec.MaxSize)
                yield return FormattableString.Invariant(
                    $"Embed names channel {embedding.Channel}; channels are counted from 1 to at most {ModelSpec.MaxSize}.");
            if (embedding.Size is < 1 or > ModelSpec.MaxSize)
                yield return FormattableString.Invariant(
                    $"Embed has vectors of {embedding.Size} numbers; it may be 1 to {ModelSpec.MaxSize}.");
        }
        if (Count > 1 && _embeddings.Any(embedding => embedding.Channel is null))
            yield return $"Embed is {this}; only a size that is alone may do without its channel.";
        foreach (IGrouping<int?, Embedding> same in _embeddings.Where(embedding => embedding.Channel is not null)
            .GroupBy(embedding => embedding.Channel).Where(group => group.Count() > 1))
            yield return FormattableString.Invariant($"Embed names channel {same.Key} more than once.");
    }

    /// <summary>Returns the tables of vectors.</summary>
    /// <param name="symbols">The number of symbols of a channel, which is counted from 1.</param>
    internal SymbolTables Tables(Func<int, int> symbols) =>
        new(_embeddings.Select(embedding => new SymbolTable(embedding.Channel ?? 1, symbols(embedding.Channel ?? 1), embedding.Size)));

    /// <inheritdoc/>
    public bool Equals(Embeddings? other) => other is not null && _embeddings.AsSpan().SequenceEqual(other._embeddings.AsSpan());

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Embeddings);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (Embedding embedding in _embeddings)
            hash.Add(embedding);
        return hash.ToHashCode();
    }

    /// <summary>Returns the embeddings separated by commas, or <c>none</c>.</summary>
    public override string ToString() => Count == 0 ? NoneName : string.Join(',', _embeddings);

    /// <inheritdoc/>
    public IEnumerator<Embedding> GetEnumerator() => ((IEnumerable<Embedding>)_embeddings).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
