namespace Elman.Sequences;

/// <summary>Maps the text symbols of data to the symbol numbers of a model.</summary>
internal static class TextNumbers
{
    /// <summary>Returns the data with the symbol numbers of a model; unknown symbols become <see cref="Vocabulary.Unknown"/>.</summary>
    /// <param name="data">The data, with their channels in the order of the model.</param>
    /// <param name="known">The model's vocabularies, one per channel; empty if no channel of the model holds text.</param>
    /// <param name="parameter">The caller's parameter, for the exception.</param>
    /// <exception cref="ArgumentException">A channel holds text in the data and numbers in the model or vice versa, or text that is split
    /// in a different way.</exception>
    public static SequenceDataset Arrange(SequenceDataset data, IReadOnlyList<Vocabulary?> known, string parameter)
    {
        if (known.Count == 0 && data.Vocabularies.Count == 0)
            return data;
        if (Math.Max(known.Count, data.Vocabularies.Count) != data.Channels)
            return data; // a different number of channels is reported elsewhere
        var numbers = new float[data.Channels][];
        bool areSame = true;
        for (int channel = 0; channel < data.Channels; channel++)
        {
            Vocabulary? mine = known.Count > 0 ? known[channel] : null;
            Vocabulary? given = data.Vocabularies.Count > 0 ? data.Vocabularies[channel] : null;
            if (mine?.Tokens != given?.Tokens)
                throw new ArgumentException($"Channel {data.NameOfChannel(channel)} of '{data.Name}' holds {Describe(given)}; the "
                    + $"training data have {Describe(mine)} there. Read the data in the same way.", parameter);
            if (mine is null || mine.HasSymbolsOf(given!))
                continue;
            areSame = false;
            numbers[channel] = [Vocabulary.Unknown, .. given!.Symbols.Select(symbol => (float)mine.NumberOf(symbol))];
        }
        if (areSame && data.Vocabularies.Count > 0 && data.Vocabularies.SequenceEqual(known))
            return data;
        return new SequenceDataset(
            data.Channels, data.ClassLabels, areSame ? data : data.Select(sequence => Numbered(sequence, numbers)), data.Name,
            data.TargetNames)
        {
            ChannelNames = data.ChannelNames,
            Columns = data.Columns,
            Preparation = data.Preparation,
            Warnings = data.Warnings,
            Offsets = data.Offsets,
            Vocabularies = known,
        };
    }

    /// <summary>Returns the vocabularies of data with the counts of their symbols; empty if no channel holds text.</summary>
    public static IReadOnlyList<Vocabulary?> Counted(SequenceDataset data) => SymbolDropout.Of(data) is not { } counted ? []
        : [.. data.Vocabularies.Select((vocabulary, channel) => vocabulary is null ? null
            : new Vocabulary(vocabulary.Tokens, vocabulary.Symbols, counted.Counts[channel]!.Skip(1)))];

    /// <summary>Returns the symbols of data that a model does not know, with their counts.</summary>
    /// <param name="data">The data, with their channels in the order of the model.</param>
    /// <param name="known">The model's vocabularies.</param>
    public static Dictionary<string, long> Unknown(SequenceDataset data, IReadOnlyList<Vocabulary?> known)
    {
        var unknown = new Dictionary<string, long>(StringComparer.Ordinal);
        for (int channel = 0; channel < data.Vocabularies.Count && channel < known.Count; channel++)
        {
            if (data.Vocabularies[channel] is not { } given || known[channel] is not { } mine)
                continue;
            bool[] isUnknown = [true, .. given.Symbols.Select(symbol => mine.NumberOf(symbol) == Vocabulary.Unknown)];
            foreach (Sequence sequence in data)
            {
                ReadOnlySpan<float> values = sequence.Values.Span;
                for (int i = channel; i < values.Length; i += data.Channels)
                {
                    if (float.IsNaN(values[i]) || !isUnknown[(int)values[i]])
                        continue;
                    string symbol = values[i] == Vocabulary.Unknown ? "" : given.Symbols[(int)values[i] - 1];
                    unknown[symbol] = unknown.GetValueOrDefault(symbol) + 1;
                }
            }
        }
        return unknown;
    }

    private static Sequence Numbered(Sequence sequence, float[][] numbers)
    {
        float[] values = sequence.Values.ToArray(); // [steps, channels]
        for (int i = 0; i < values.Length; i++)
            if (numbers[i % numbers.Length] is { } ofChannel && !float.IsNaN(values[i]))
                values[i] = ofChannel[(int)values[i]];
        return sequence.WithValues(values);
    }

    private static string Describe(Vocabulary? vocabulary) => vocabulary?.Tokens switch
    {
        null => "numbers",
        TextTokens.Characters => "text in characters",
        TextTokens.Words => "text in words",
        _ => "whole texts",
    };
}
