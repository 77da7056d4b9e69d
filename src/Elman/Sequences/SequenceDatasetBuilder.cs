namespace Elman;

/// <summary>Builds a data set from sequences in memory, with class labels as text.</summary>
/// <remarks>
/// Values are copied. Classes are in the order of first occurrence. Not thread-safe.
/// <code>
/// SequenceDataset data = new SequenceDatasetBuilder("ax", "ay")
///     .Add([[0.1f, 0.3f], [0.2f, 0.3f]], label: "walk")
///     .Add([[0.9f, 0.8f], [0.9f, 0.7f], [0.8f, 0.9f]], label: "run", id: "monday")
///     .Build();
/// SequenceDataset names = SequenceDatasetBuilder.ForText().Add("Rossi", label: "Italian").Add("Garcia", label: "Spanish").Build();
/// </code>
/// </remarks>
public sealed partial class SequenceDatasetBuilder
{
    private readonly ClassIndex _classes = new();
    private readonly List<Sequence> _sequences = [];
    private readonly string[] _names;

    /// <summary>Creates a builder for a data set with channel names.</summary>
    /// <param name="channelNames">The names, all different; at least one.</param>
    /// <exception cref="ArgumentException">There is no name, or a name is listed twice.</exception>
    public SequenceDatasetBuilder(params string[] channelNames)
    {
        ArgumentNullException.ThrowIfNull(channelNames);
        if (channelNames.Length == 0)
            throw new ArgumentException("A data set needs at least one channel; give its name.", nameof(channelNames));
        if (channelNames.Distinct(StringComparer.Ordinal).Count() < channelNames.Length)
            throw new ArgumentException("Two channels have the same name; names must be different.", nameof(channelNames));
        (_names, Channels) = ([.. channelNames], channelNames.Length);
    }

    /// <summary>Creates a builder for a data set without channel names.</summary>
    /// <param name="channels">The number of channels, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="channels"/> is below 1.</exception>
    public SequenceDatasetBuilder(int channels)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(channels, 1);
        (_names, Channels) = ([], channels);
    }

    /// <summary>The number of channels of each sequence.</summary>
    public int Channels { get; }

    /// <summary>The number of sequences so far.</summary>
    public int Count => _sequences.Count;

    /// <summary>Adds a sequence from a span of values.</summary>
    /// <param name="values">The values, <c>[steps, channels]</c>; NaN for missing ones.</param>
    /// <param name="label">The class; <see langword="null"/> if it is not known.</param>
    /// <param name="id">The name of the sequence.</param>
    /// <param name="group">The group: see <see cref="Sequence.Group"/>.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentException">There is no step, or the number of values is not a multiple of the number of
    /// channels.</exception>
    public SequenceDatasetBuilder Add(ReadOnlySpan<float> values, string? label = null, string? id = null, string? group = null)
    {
        if (_texts.Length > 0)
            throw new ArgumentException("The data set holds text, not numbers; add texts.", nameof(values));
        return AddNumbers(values.ToArray(), label, id, group);
    }

    /// <summary>Adds a sequence from a rectangular array, <c>[steps, channels]</c>.</summary>
    /// <inheritdoc cref="Add(ReadOnlySpan{float}, string?, string?, string?)"/>
    /// <exception cref="ArgumentException">The array has no row, or its number of columns differs from the number of channels.</exception>
    public SequenceDatasetBuilder Add(float[,] values, string? label = null, string? id = null, string? group = null)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (values.GetLength(1) != Channels)
            throw new ArgumentException(
                $"The array has {Amount.Of(values.GetLength(1), "column")}; the data set has "
                    + $"{Amount.Of(Channels, "channel")}.", nameof(values));
        float[] copy = new float[values.Length];
        Buffer.BlockCopy(values, 0, copy, 0, copy.Length * sizeof(float));
        return Add(copy, label, id, group);
    }

    /// <summary>Adds a sequence step by step.</summary>
    /// <param name="steps">The steps, each with a value for every channel; NaN for missing ones.</param>
    /// <param name="label">The class; <see langword="null"/> if it is not known.</param>
    /// <param name="id">The name of the sequence.</param>
    /// <param name="group">The group: see <see cref="Sequence.Group"/>.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentException">There is no step, or the number of values of a step differs from the number of
    /// channels.</exception>
    public SequenceDatasetBuilder Add(
        IEnumerable<IReadOnlyList<float>> steps, string? label = null, string? id = null, string? group = null)
    {
        ArgumentNullException.ThrowIfNull(steps);
        var values = new List<float>();
        foreach (IReadOnlyList<float> step in steps)
        {
            if (step.Count != Channels)
            {
                throw new ArgumentException(
                    $"Step {(values.Count / Channels) + 1} has {Amount.Of(step.Count, "value")}; the data set has "
                        + $"{Amount.Of(Channels, "channel")}.", nameof(steps));
            }
            values.AddRange(step);
        }
        return Add([.. values], label, id, group);
    }

    /// <summary>
    /// Adds a <see cref="Sequence"/> unchanged, for example one with targets or step labels. Its <see cref="Sequence.Label"/> is not
    /// translated.
    /// </summary>
    /// <param name="sequence">The sequence.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentException">The number of channels differs.</exception>
    public SequenceDatasetBuilder Add(Sequence sequence)
    {
        if (sequence.Channels != Channels)
            throw new ArgumentException($"The sequence has {Amount.Of(sequence.Channels, "channel")}; the data set has "
                + $"{Channels}.", nameof(sequence));
        if (_texts.Length > 0)
            throw new ArgumentException("The data set holds text, but a sequence has only numbers; add texts.", nameof(sequence));
        _sequences.Add(sequence);
        return this;
    }

    /// <summary>Creates a data set of the sequences added so far. More sequences may be added afterwards.</summary>
    /// <param name="name">The name of the data set in messages.</param>
    /// <param name="targetNames">The names of <see cref="Sequence.Targets"/>, if there are any.</param>
    /// <exception cref="ArgumentException">Targets don't match their names, or a label is outside the classes.</exception>
    public SequenceDataset Build(string name = "data", IEnumerable<string>? targetNames = null)
    {
        (Vocabulary?[] vocabularies, IReadOnlyList<int>?[] numbers) = BuildVocabularies();
        return new(Channels, _classes.Labels, _texts.Length == 0 ? _sequences : _sequences.Select(sequence => Numbered(sequence, numbers)),
            name, targetNames)
        {
            ChannelNames = _names,
            Vocabularies = vocabularies,
        };
    }

    private int LabelOf(string? label) => label is null ? Sequence.NoLabel : _classes.Add(label);
}
