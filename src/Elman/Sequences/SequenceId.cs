namespace Elman.Sequences;

/// <summary>The name of a sequence: a text, or an entry of a list of texts that is looked up on access.</summary>
internal readonly struct SequenceId : IEquatable<SequenceId>
{
    private readonly object? _source;
    private readonly int _index;

    /// <summary>Creates a name from a text, or an empty one.</summary>
    public SequenceId(string? text) => _source = text;

    /// <summary>Creates a name from an entry of a list.</summary>
    public SequenceId(IReadOnlyList<string> texts, int index) => (_source, _index) = (texts, index);

    /// <summary>The text; <see langword="null"/> if there is none.</summary>
    public string? Text => _source is IReadOnlyList<string> texts ? texts[_index] : (string?)_source;

    public bool Equals(SequenceId other) => (_source == other._source && _index == other._index) || Text == other.Text;

    public override bool Equals(object? obj) => obj is SequenceId other && Equals(other);

    public override int GetHashCode() => Text?.GetHashCode(StringComparison.Ordinal) ?? 0;
}
