namespace Elman;

/// <summary>
/// A channel of symbols: integers such as codes of events or of words. Each symbol has a learned vector, which is the input of the model
/// (Y. Bengio and others, 2003).
/// </summary>
/// <param name="Channel">The channel, counted from 1; <see langword="null"/> for the only one.</param>
/// <param name="Size">The size of a vector.</param>
public sealed record Embedding(int? Channel, int Size)
{
    /// <summary>Returns the text form, such as <c>1:16</c>, or <c>16</c> for the only channel.</summary>
    public override string ToString() =>
        FormattableString.Invariant($"{(Channel is { } channel ? FormattableString.Invariant($"{channel}:") : "")}{Size}");
}
