namespace Elman;

/// <summary>
/// A channel of symbols, whole numbers such as codes of events or of words:
/// each goes into the model as a vector of its own that is learned (Y. Bengio and others, 2003).
/// </summary>
/// <param name="Channel">The channel, counted from 1; <see langword="null"/> for the only one.</param>
/// <param name="Size">Numbers of a vector.</param>
public sealed record Embedding(int? Channel, int Size)
{
    /// <summary>Such as <c>1:16</c>, or <c>16</c> for the only channel.</summary>
    public override string ToString() =>
        FormattableString.Invariant($"{(Channel is { } channel ? FormattableString.Invariant($"{channel}:") : "")}{Size}");
}
