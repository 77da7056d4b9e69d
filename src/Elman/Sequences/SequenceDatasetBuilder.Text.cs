namespace Elman;

/// <content>Text channels.</content>
public sealed partial class SequenceDatasetBuilder
{
    private readonly VocabularyBuilder?[] _texts = []; // for each channel; empty if no channel holds text

    /// <summary>Creates a builder for channels of which some hold text.</summary>
    internal SequenceDatasetBuilder(string[] channelNames, VocabularyBuilder?[] texts)
        : this(channelNames) => _texts = texts.Any(text => text is not null) ? texts : [];

    private SequenceDatasetBuilder(VocabularyBuilder text)
        : this(1) => _texts = [text];

    /// <summary>Creates a builder for a data set of texts, each a sequence of one channel.</summary>
    /// <param name="tokens">The kind of symbols into which texts are split, one per step; by default characters.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="tokens"/> is not a defined value.</exception>
    public static SequenceDatasetBuilder ForText(TextTokens tokens = TextTokens.Characters) => new(new VocabularyBuilder(tokens));

    /// <summary>Adds a text to a data set of texts.</summary>
    /// <param name="text">The text, of at least one symbol.</param>
    /// <param name="label">The class; <see langword="null"/> if it is not known.</param>
    /// <param name="id">The name of the sequence.</param>
    /// <param name="group">The group: see <see cref="Sequence.Group"/>.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentException">The text has no symbol, has half of a surrogate pair, or there are too many symbols.</exception>
    /// <exception cref="InvalidOperationException">The builder was not created by <see cref="ForText"/>.</exception>
    public SequenceDatasetBuilder Add(string text, string? label = null, string? id = null, string? group = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (_texts is not [{ } symbols])
            throw new InvalidOperationException("This is not a data set of texts; create it with ForText.");
        var numbers = new List<float>();
        symbols.Add(text, numbers);
        return numbers.Count > 0
            ? AddNumbers([.. numbers], label, id, group)
            : throw new ArgumentException("The text has no symbols; it needs at least one.", nameof(text));
    }

    /// <summary>Adds a sequence of numbers; in text channels these are provisional symbol numbers.</summary>
    internal SequenceDatasetBuilder AddNumbers(float[] values, string? label, string? id, string? group)
    {
        _sequences.Add(new Sequence(values, Channels, LabelOf(label)) { Id = id, Group = group });
        return this;
    }

    private (Vocabulary?[] Vocabularies, IReadOnlyList<int>?[] Numbers) BuildVocabularies()
    {
        var numbers = new IReadOnlyList<int>?[_texts.Length];
        var vocabularies = new Vocabulary?[_texts.Length];
        for (int c = 0; c < _texts.Length; c++)
            vocabularies[c] = _texts[c]?.Build(out numbers[c]!);
        return (vocabularies, numbers);
    }

    private static Sequence Numbered(Sequence sequence, IReadOnlyList<int>?[] numbers)
    {
        float[] values = sequence.Values.ToArray(); // [steps, channels]
        for (int i = 0; i < values.Length; i++)
            if (numbers[i % numbers.Length] is { } ofChannel && !float.IsNaN(values[i]))
                values[i] = ofChannel[(int)values[i]];
        return sequence.WithValues(values);
    }
}
