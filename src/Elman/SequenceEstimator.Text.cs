using Elman.Sequences;

namespace Elman;

/// <content>Models of text.</content>
public abstract partial class SequenceEstimator
{
    /// <summary>
    /// Returns the symbols of data that the model does not know, with their counts. The model treats them all as
    /// <see cref="Vocabulary.Unknown"/>. Many unknown symbols suggest that the data are of another kind.
    /// </summary>
    /// <param name="data">The data.</param>
    /// <exception cref="ArgumentException">The channels of the data differ from the model's.</exception>
    /// <exception cref="InvalidOperationException">The model is not fitted.</exception>
    public IReadOnlyDictionary<string, long> FindUnknownSymbols(SequenceDataset data)
    {
        ArgumentNullException.ThrowIfNull(data);
        return TextNumbers.Unknown(Fitted.Origin.InOrder(data, nameof(data)), Fitted.Origin.Vocabularies);
    }

    /// <summary>Returns the vocabulary of a model with a single channel, which holds text; throws for other models.</summary>
    private protected Vocabulary TextChannel() => Fitted.Origin.Vocabularies is [{ } only]
        ? only
        : throw new InvalidOperationException("The model does not take a single channel of text; give it sequences.");

    /// <summary>Returns the sequence of the symbols of a text.</summary>
    /// <exception cref="ArgumentException">The text is empty, or has half of a surrogate pair.</exception>
    /// <exception cref="InvalidOperationException">The model does not have a single channel of text.</exception>
    private protected Sequence SequenceOf(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        float[] numbers = TextChannel().Encode(text);
        return numbers.Length > 0
            ? new Sequence(numbers, 1) { Vocabularies = Fitted.Origin.Vocabularies }
            : throw new ArgumentException("The text has no symbols; it needs at least one.", nameof(text));
    }
}
