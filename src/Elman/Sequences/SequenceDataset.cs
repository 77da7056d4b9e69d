using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Numerics.Tensors;
using Elman.Sequences;

namespace Elman;

/// <summary>Labelled sequences of one kind: the same channels at every step, lengths that may differ, one list of classes.</summary>
/// <remarks>Immutable. A sequence's <see cref="Sequence.Label"/> indexes <see cref="ClassLabels"/>.</remarks>
public sealed partial class SequenceDataset : IReadOnlyList<Sequence>
{
    private readonly IReadOnlyList<Sequence> _sequences;

    /// <summary>Creates a data set from sequences.</summary>
    /// <param name="channels">The number of channels of every sequence; at least 1.</param>
    /// <param name="classLabels">The names of the classes, in the order that labels index; empty if nothing is labelled.</param>
    /// <param name="sequences">The sequences.</param>
    /// <param name="name">The name of the data set in messages.</param>
    /// <param name="targetNames">The names of <see cref="Sequence.Targets"/>; by default the class labels, if there are targets.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="channels"/> is below 1.</exception>
    /// <exception cref="ArgumentException">
    /// A class label or the name of a target occurs twice, a sequence has a different number of channels or of targets, or a label is
    /// outside <paramref name="classLabels"/>.
    /// </exception>
    public SequenceDataset(
        int channels, IEnumerable<string> classLabels, IEnumerable<Sequence> sequences, string name = "data",
        IEnumerable<string>? targetNames = null)
        : this(channels, classLabels, Copy(sequences), name, targetNames)
    {
    }

    private SequenceDataset(
        int channels, IEnumerable<string> classLabels, IReadOnlyList<Sequence> sequences, string name, IEnumerable<string>? targetNames)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(channels, 1);
        ArgumentNullException.ThrowIfNull(classLabels);
        ArgumentNullException.ThrowIfNull(name);
        Channels = channels;
        ClassLabels = [.. classLabels];
        Name = name;
        _sequences = sequences;
        TargetNames = targetNames is null ? _sequences.Any(s => !s.Targets.IsEmpty) ? ClassLabels : [] : [.. targetNames];
        CheckNames(ClassLabels, "Class label", nameof(classLabels));
        CheckNames(TargetNames, "Target name", nameof(targetNames));
        for (int i = 0; i < _sequences.Count; i++)
        {
            Sequence s = _sequences[i];
            if (s.Channels != channels)
                throw new ArgumentException(
                    $"Sequence {i + 1} of '{name}' has {Amount.Of(s.Channels, "channel")}; the data set has "
                        + $"{channels}.", nameof(sequences));
            if (s.Label >= ClassLabels.Count)
                throw new ArgumentException(
                    $"Sequence {i + 1} of '{name}' has label {s.Label}; the data set has "
                        + $"{Amount.Of(ClassLabels.Count, "class")}.", nameof(sequences));
            if (!s.StepLabels.IsEmpty && TensorPrimitives.Max(s.StepLabels.Span) >= ClassLabels.Count)
                throw new ArgumentException($"Sequence {i + 1} of '{name}' has a step with label "
                    + $"{TensorPrimitives.Max(s.StepLabels.Span)}; the data set has "
                    + $"{Amount.Of(ClassLabels.Count, "class")}.", nameof(sequences));
            if (!s.Targets.IsEmpty && s.Targets.Length != TargetNames.Count)
                throw new ArgumentException(
                    $"Sequence {i + 1} of '{name}' has {Amount.Of(s.Targets.Length, "target")}; the data set has {TargetNames.Count}.",
                    nameof(sequences));
            TotalSteps += s.Steps;
            MaxSteps = Math.Max(MaxSteps, s.Steps);
            MinSteps = i == 0 ? s.Steps : Math.Min(MinSteps, s.Steps);
        }
    }

    /// <summary>The name of the data set in messages; for a file, its name.</summary>
    public string Name { get; }

    /// <summary>The number of channels of every sequence.</summary>
    public int Channels { get; }

    /// <summary>The names of the classes, in the order that labels index.</summary>
    public IReadOnlyList<string> ClassLabels { get; }

    /// <summary>The names of the targets, in the order of <see cref="Sequence.Targets"/>; empty if there are none.</summary>
    public IReadOnlyList<string> TargetNames { get; }

    /// <summary>
    /// The names of the channels, all different; empty if channels have no names. A model trained on data with names matches the channels
    /// of other data by name.
    /// </summary>
    /// <exception cref="ArgumentException">The number of names differs from the number of channels, or a name is listed twice.</exception>
    public IReadOnlyList<string> ChannelNames
    {
        get;
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            field = [.. value];
            if (field.Count > 0 && field.Count != Channels)
                throw new ArgumentException($"{Amount.Of(field.Count, "name")} for the {Amount.Of(Channels, "channel")} of "
                    + $"'{Name}'.", nameof(value));
            CheckNames(field, "Channel name", nameof(value));
        }
    } = [];

    /// <summary>
    /// The vocabulary of each text channel; <see langword="null"/> for numeric channels. Empty if no channel holds text. A value is the
    /// number of a symbol, <see cref="Vocabulary.Unknown"/> or NaN.
    /// </summary>
    /// <exception cref="ArgumentException">The number of vocabularies differs from the number of channels, or a value is not the number of
    /// a symbol.</exception>
    public IReadOnlyList<Vocabulary?> Vocabularies
    {
        get;
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            // A list referenced by sequences was copied before.
            bool isOwn = _sequences.Count > 0 && ReferenceEquals(_sequences[0].Vocabularies, value);
            field = isOwn ? value : value.Any(vocabulary => vocabulary is not null) ? [.. value] : [];
            if (field.Count == 0)
                return;
            if (field.Count != Channels)
                throw new ArgumentException(
                    $"There are {field.Count} vocabularies for the {Amount.Of(Channels, "channel")} of '{Name}'.", nameof(value));
            Sequence[] sequences = [.. _sequences];
            for (int i = 0; i < sequences.Length; i++)
            {
                CheckNumbers(sequences[i], field, i, nameof(value));
                sequences[i] = sequences[i] with { Vocabularies = field };
            }
            _sequences = sequences;
        }
    } = [];

    /// <summary>The table columns of the data; <see langword="null"/> if they were not read from a table.</summary>
    public TableColumns? Columns { get; init; }

    /// <summary>
    /// How the values were computed, such as the features of audio with their settings; <see langword="null"/> if they are unchanged or it
    /// is unknown. A model stores it and refuses data that were computed differently; if either is <see langword="null"/>, the caller is
    /// responsible.
    /// </summary>
    public string? Preparation { get; init; }

    /// <summary>
    /// Offsets that were subtracted from <see cref="Sequence.Values"/> and <see cref="Sequence.Targets"/>, so that 32-bit floats can
    /// distinguish them.
    /// </summary>
    /// <exception cref="ArgumentException">The number of offsets differs from the number of channels.</exception>
    public ValueOffsets Offsets
    {
        get;
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            if (value.Channels.Count > 0 && value.Channels.Count != Channels)
                throw new ArgumentException(
                    $"{Amount.Of(value.Channels.Count, "offset")} for the {Amount.Of(Channels, "channel")} of '{Name}'.", nameof(value));
            field = value;
        }
    } = ValueOffsets.None;

    /// <summary>Warnings that the data may have been misread, each with what to do.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>The number of covariate channels, the last ones: inputs of a forecaster that it does not forecast.</summary>
    internal int CovariateChannels { get; init; }

    /// <summary>The number of channels that are forecast.</summary>
    internal int OwnChannels => Channels - CovariateChannels;

    /// <summary>The number of sequences.</summary>
    public int Count => _sequences.Count;

    /// <summary>The total number of time steps of all sequences.</summary>
    public long TotalSteps { get; }

    /// <summary>The number of steps of the shortest sequence; 0 if there is none.</summary>
    public int MinSteps { get; }

    /// <summary>The number of steps of the longest sequence; 0 if there is none.</summary>
    public int MaxSteps { get; }

    /// <summary>The sequence at an index.</summary>
    /// <param name="index">From 0 to <see cref="Count"/> − 1.</param>
    /// <exception cref="IndexOutOfRangeException"><paramref name="index"/> is outside the data set.</exception>
    [SuppressMessage(
        "Usage", "CA2201:Do not raise reserved exception types", Justification = "Any underlying list behaves like an array.")]
    public Sequence this[int index] => _sequences is Sequence[] array ? array[index]
        : (uint)index < (uint)_sequences.Count ? _sequences[index]
        : throw new IndexOutOfRangeException($"There is no sequence {index} in '{Name}', which has {_sequences.Count}; indices count from "
            + "0.");

    /// <summary>Returns the number of sequences of each class, in the order of <see cref="ClassLabels"/>; unlabelled ones are not
    /// counted.</summary>
    public int[] CountByClass()
    {
        int[] counts = new int[ClassLabels.Count];
        foreach (Sequence s in _sequences)
            if (s.Label >= 0)
                counts[s.Label]++;
        return counts;
    }

    /// <summary>Returns the number of missing values (NaN).</summary>
    public long CountMissing()
    {
        long missing = 0;
        foreach (Sequence s in _sequences)
            foreach (float value in s.Values.Span)
                missing += float.IsNaN(value) ? 1 : 0;
        return missing;
    }

    /// <summary>Returns a data set of the sequences at the given indices, in that order.</summary>
    /// <param name="indices">Indices into this data set; one may occur more than once.</param>
    /// <exception cref="IndexOutOfRangeException">An index is outside the data set.</exception>
    public SequenceDataset Subset(IEnumerable<int> indices)
    {
        ArgumentNullException.ThrowIfNull(indices);
        return With(ClassLabels, indices.Select(i => this[i]), TargetNames);
    }

    /// <summary>Returns a data set of other sequences with the same channels.</summary>
    internal SequenceDataset With(
        IEnumerable<string> classLabels, IEnumerable<Sequence> sequences, IEnumerable<string>? targetNames = null) =>
        new(Channels, classLabels, sequences, Name, targetNames)
        {
            ChannelNames = ChannelNames,
            Columns = Columns,
            Preparation = Preparation,
            CovariateChannels = CovariateChannels,
            Vocabularies = Vocabularies,
            Offsets = Offsets,
        };

    /// <summary>
    /// Returns the same data with the text symbols numbered as in other data, so that both can be compared. Symbols that the other data do
    /// not have become <see cref="Vocabulary.Unknown"/>.
    /// </summary>
    /// <param name="other">The other data, with the same channels in the same order.</param>
    /// <exception cref="ArgumentException">A channel holds text in one data set and numbers in the other, or text that is split in a
    /// different way.</exception>
    public SequenceDataset WithVocabulariesOf(SequenceDataset other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return TextNumbers.Arrange(this, other.Vocabularies, nameof(other));
    }

    /// <summary>Returns the name of a channel (from 0) for messages: its name in quotes, otherwise its number from 1.</summary>
    internal string NameOfChannel(int channel) =>
        ChannelNames.Count > 0 ? Quoted(ChannelNames[channel]) : FormattableString.Invariant($"{channel + 1}");

    /// <summary>
    /// Creates a data set over a list, without copying it. A list that creates its sequences on access takes little memory, for any number
    /// of sequences.
    /// </summary>
    /// <remarks>The list must always return the same sequences, also to several threads at the same time.</remarks>
    /// <param name="channels">The number of channels of every sequence; at least 1.</param>
    /// <param name="classLabels">The names of the classes, in the order that labels index; empty if nothing is labelled.</param>
    /// <param name="sequences">The sequences, which are not copied.</param>
    /// <param name="name">The name of the data set in messages.</param>
    /// <param name="targetNames">The names of <see cref="Sequence.Targets"/>; by default the class labels, if there are targets.</param>
    /// <param name="channelNames">The value of <see cref="ChannelNames"/>.</param>
    /// <param name="columns">The value of <see cref="Columns"/>.</param>
    /// <param name="warnings">The value of <see cref="Warnings"/>.</param>
    /// <param name="vocabularies">The value of <see cref="Vocabularies"/>; if there are some, the sequences are copied.</param>
    /// <param name="offsets">The value of <see cref="Offsets"/>.</param>
    /// <param name="preparation">The value of <see cref="Preparation"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="channels"/> is below 1.</exception>
    /// <exception cref="ArgumentException">As in the constructor, or the names of the channels are not valid.</exception>
    public static SequenceDataset Over(
        int channels, IEnumerable<string> classLabels, IReadOnlyList<Sequence> sequences, string name = "data",
        IEnumerable<string>? targetNames = null, IReadOnlyList<string>? channelNames = null, TableColumns? columns = null,
        IReadOnlyList<string>? warnings = null, IReadOnlyList<Vocabulary?>? vocabularies = null,
        ValueOffsets? offsets = null, string? preparation = null)
    {
        ArgumentNullException.ThrowIfNull(sequences);
        return new SequenceDataset(channels, classLabels, sequences, name, targetNames)
        {
            ChannelNames = channelNames ?? [],
            Columns = columns,
            Warnings = warnings ?? [],
            Vocabularies = vocabularies ?? [],
            Offsets = offsets ?? ValueOffsets.None,
            Preparation = preparation,
        };
    }

    /// <summary>Creates a data set of sequences of equal length from a dense tensor, which is copied.</summary>
    /// <param name="x">The values, <c>[batch, steps, channels]</c>.</param>
    /// <param name="labels">The class labels, one per sequence; empty if they are unknown. Classes are listed in the order of first
    /// occurrence.</param>
    /// <param name="name">The name of the data set in messages.</param>
    /// <exception cref="ArgumentException"><paramref name="x"/> is not of rank 3, has no step or no channel, or <paramref name="labels"/>
    /// has a length that differs from the batch.</exception>
    public static SequenceDataset FromTensor(in ReadOnlyTensorSpan<float> x, ReadOnlySpan<string> labels, string name = "data")
    {
        if (x.Rank != 3)
            throw new ArgumentException($"Sequences come as [batch, steps, channels]; this tensor has {x.Rank} dimensions.", nameof(x));
        int batch = checked((int)x.Lengths[0]), steps = checked((int)x.Lengths[1]), channels = checked((int)x.Lengths[2]);
        if (steps < 1 || channels < 1)
            throw new ArgumentException(
                $"Sequences need at least one step and one channel; this tensor is [{batch}, {steps}, {channels}].", nameof(x));
        if (!labels.IsEmpty && labels.Length != batch)
            throw new ArgumentException($"{Amount.Of(labels.Length, "label")} for {Amount.Of(batch, "sequence")}; give one for "
                + "each.", nameof(labels));

        float[] values = new float[checked(batch * steps * channels)]; // [batch, steps, channels]
        x.FlattenTo(values);
        var classes = new ClassIndex();
        var sequences = new Sequence[batch];
        for (int i = 0; i < batch; i++)
        {
            int label = labels.IsEmpty ? Sequence.NoLabel : classes.Add(labels[i]);
            sequences[i] = new Sequence(values.AsMemory(i * steps * channels, steps * channels), channels, label);
        }
        return new SequenceDataset(channels, classes.Labels, sequences, name);
    }

    /// <inheritdoc/>
    public IEnumerator<Sequence> GetEnumerator() => _sequences.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private static Sequence[] Copy(IEnumerable<Sequence> sequences)
    {
        ArgumentNullException.ThrowIfNull(sequences);
        return [.. sequences];
    }

    private void CheckNumbers(Sequence sequence, IReadOnlyList<Vocabulary?> vocabularies, int index, string parameter)
    {
        if (ReferenceEquals(sequence.Vocabularies, vocabularies))
            return; // already checked in their original data set
        ReadOnlySpan<float> values = sequence.Values.Span;
        for (int i = 0; i < values.Length; i++)
        {
            if (vocabularies[i % Channels] is { } vocabulary && !float.IsNaN(values[i])
                && !(values[i] >= 0 && values[i] <= vocabulary.Symbols.Count && values[i] == MathF.Truncate(values[i])))
                throw new ArgumentException(FormattableString.Invariant(
                    $"Channel {(i % Channels) + 1} of sequence {index + 1} of '{Name}' is {values[i]}; ")
                    + FormattableString.Invariant(
                    $"it holds text, so values must be symbol numbers from 0 to {vocabulary.Symbols.Count - 1}."), parameter);
        }
    }

    private static void CheckNames(IReadOnlyList<string> names, string what, string parameter)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (string? name in names)
        {
            if (name is null)
                throw new ArgumentException($"A {what.ToLowerInvariant()} is null.", parameter);
            if (!seen.Add(name))
                throw new ArgumentException($"{what} '{name}' is listed twice.", parameter);
        }
    }
}
