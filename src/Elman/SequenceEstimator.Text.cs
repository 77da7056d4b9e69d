using Elman.Sequences;

namespace Elman;

/// <content>Text.</content>
public abstract partial class SequenceEstimator
{
    /// <summary>
    /// The symbols of data that the model does not know, each with how often it occurs: it takes them all alike, as
    /// <see cref="Vocabulary.Unknown"/>. Many of them say that the data are of another kind.
    /// </summary>
    /// <param name="data">The data.</param>
    /// <exception cref="ArgumentException">They have other channels than the model.</exception>
    /// <exception cref="InvalidOperationException">It is not fitted.</exception>
    public IReadOnlyDictionary<string, long> FindUnknownSymbols(SequenceDataset data)
    {
        ArgumentNullException.ThrowIfNull(data);
        return TextNumbers.Unknown(Fitted.Origin.InOrder(data, nameof(data)), Fitted.Origin.Vocabularies);
    }

    /// <summary>Whether the model takes a single channel, which holds text; otherwise says what it takes.</summary>
    private protected Vocabulary TextChannel() => Fitted.Origin.Vocabularies is [{ } only]
        ? only
        : throw new InvalidOperationException("The model does not take a single channel of text; give it sequences.");

    /// <summary>A sequence of the symbols of a text.</summary>
    /// <exception cref="ArgumentException">The text is empty, or has half of a surrogate pair.</exception>
    /// <exception cref="InvalidOperationException">The model does not take a single channel of text.</exception>
    private protected Sequence SequenceOf(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        float[] numbers = TextChannel().Encode(text);
        return numbers.Length > 0
            ? new Sequence(numbers, 1) { Vocabularies = Fitted.Origin.Vocabularies }
            : throw new ArgumentException("The text has no symbols; it needs at least one.", nameof(text));
    }
}
