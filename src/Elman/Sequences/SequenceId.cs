namespace Elman.Sequences;

/// <summary>The name of a sequence: a text, or one of a list of texts that is looked up when it is asked for.</summary>
internal readonly struct SequenceId : IEquatable<SequenceId>
{
    private readonly object? _source;
    private readonly int _index;

    /// <summary>A text, or none.</summary>
    public SequenceId(string? text) => _source = text;

    /// <summary>One of a list.</summary>
    public SequenceId(IReadOnlyList<string> texts, int index) => (_source, _index) = (texts, index);

    /// <summary>The text; <see langword="null"/> if there is none.</summary>
    public string? Text => _source is IReadOnlyList<string> texts ? texts[_index] : (string?)_source;

    public bool Equals(SequenceId other) => (_source == other._source && _index == other._index) || Text == other.Text;

    public override bool Equals(object? obj) => obj is SequenceId other && Equals(other);

    public override int GetHashCode() => Text?.GetHashCode(StringComparison.Ordinal) ?? 0;
}
