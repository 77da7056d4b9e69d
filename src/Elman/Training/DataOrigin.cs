namespace Elman.Training;

/// <summary>What the data that a model has learned from are called: other data are matched by these names.</summary>
/// <param name="ChannelNames">The channels, in the order in which the model takes them; empty where they have no names.</param>
/// <param name="Columns">Where in a table the data were found; <see langword="null"/> where they come from no table.</param>
internal sealed record DataOrigin(IReadOnlyList<string> ChannelNames, TableColumns? Columns)
{
    /// <summary>That of data without names.</summary>
    public static DataOrigin None { get; } = new([], null);

    /// <summary>Of each channel its symbols, where it holds text; empty where none does.</summary>
    public IReadOnlyList<Vocabulary?> Vocabularies { get; init; } = [];

    /// <summary>Whether nothing is known.</summary>
    public bool IsNone => ChannelNames.Count == 0 && Columns is null && Vocabularies.Count == 0;

    /// <summary>The origin of data.</summary>
    public static DataOrigin Of(SequenceDataset data) =>
        new(data.ChannelNames, data.Columns) { Vocabularies = TextNumbers.Counted(data) };

    /// <summary>The same with a vocabulary, or none, for each of some channels.</summary>
    public DataOrigin ForChannels(int channels) => Vocabularies.Count == 0 ? this : this with
    {
        Vocabularies = [.. Vocabularies, .. new Vocabulary?[channels - Vocabularies.Count]],
    };

    /// <summary>
    /// The data with their channels in the order in which the model takes them, and symbols of text numbered as the model numbers them.
    /// Where either has no names of channels, they are taken in the order in which they come.
    /// </summary>
    /// <param name="data">The data.</param>
    /// <param name="parameter">The caller's parameter, for the exception.</param>
    /// <exception cref="ArgumentException">A channel of the model is missing,
    /// or the data have one that the model does not know.</exception>
    public SequenceDataset Arrange(SequenceDataset data, string parameter) =>
        TextNumbers.Arrange(ArrangeChannels(data, parameter), Vocabularies, parameter);

    /// <summary>The data with their channels in the order in which the model takes them.</summary>
    /// <inheritdoc cref="Arrange" path="/exception"/>
    public SequenceDataset ArrangeChannels(SequenceDataset data, string parameter)
    {
        if (ChannelNames.Count == 0 || data.ChannelNames.Count == 0 || data.ChannelNames.SequenceEqual(ChannelNames))
            return data;
        var given = new ClassIndex(data.ChannelNames);
        int[] places = [.. ChannelNames.Select(given.Find)];
        if (places.Contains(-1))
            throw new ArgumentException($"'{data.Name}' has no channel {List(ChannelNames.Where((_, c) => places[c] < 0))}, "
                + $"which the model has learned from; its channels are {List(data.ChannelNames)}.", parameter);
        if (data.Channels > places.Length)
            throw new ArgumentException(
                $"'{data.Name}' has the channel {List(data.ChannelNames.Except(ChannelNames, StringComparer.Ordinal))}, "
                    + $"which the model has not learned from; it takes {List(ChannelNames)}. Leave the others out.", parameter);
        return new SequenceDataset(
            data.Channels, data.ClassLabels, data.Select(sequence => Arranged(sequence, places)), data.Name, data.TargetNames)
        {
            ChannelNames = ChannelNames,
            Columns = data.Columns,
            Warnings = data.Warnings,
            Vocabularies = data.Vocabularies.Count == 0 ? [] : [.. places.Select(place => data.Vocabularies[place])],
        };
    }

    private static Sequence Arranged(Sequence sequence, int[] places)
    {
        ReadOnlySpan<float> from = sequence.Values.Span;
        float[] values = new float[from.Length]; // [steps, channels]
        for (int row = 0; row < from.Length; row += places.Length)
            for (int c = 0; c < places.Length; c++)
                values[row + c] = from[row + places[c]];
        return sequence.WithValues(values);
    }

    private static string List(IEnumerable<string> names) => string.Join(", ", names.Select(name => $"'{name}'"));
}
