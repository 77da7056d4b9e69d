using Elman.Sequences;

namespace Elman;

/// <summary>One sequence: a value per channel at every time step, with its label, targets, id and group.</summary>
/// <remarks>
/// A missing value is NaN; <see cref="InputOptions.Missing"/> sets how it is handled. A sequence holds no copy: <see cref="Values"/> and
/// the labels refer to the given memory.
/// </remarks>
public readonly record struct Sequence
{
    /// <summary>The label of a sequence with an unknown class.</summary>
    public const int NoLabel = -1;

    private readonly SequenceId _id;

    /// <summary>Creates a sequence over existing values.</summary>
    /// <param name="values">The values, step by step: <c>[steps, channels]</c>.</param>
    /// <param name="channels">The number of values of a step; at least 1.</param>
    /// <param name="label">The index of the class in the data set's class labels, or <see cref="NoLabel"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="channels"/> is below 1,
    /// or <paramref name="label"/> below −1.</exception>
    /// <exception cref="ArgumentException">There is no step, or the number of values is not a multiple of
    /// <paramref name="channels"/>.</exception>
    public Sequence(ReadOnlyMemory<float> values, int channels, int label = NoLabel)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(channels, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(label, NoLabel);
        if (values.IsEmpty)
            throw new ArgumentException("A sequence needs at least one step; this one is empty.", nameof(values));
        if (values.Length % channels != 0)
            throw new ArgumentException($"The number of values, {values.Length}, is not a multiple of the "
                + $"{Amount.Of(channels, "channel")}.", nameof(values));
        Values = values;
        Channels = channels;
        Label = label;
    }

    private Sequence(in Sequence sequence, SequenceId id)
    {
        this = sequence;
        _id = id;
    }

    /// <summary>The values, step by step: <c>[steps, channels]</c>.</summary>
    public ReadOnlyMemory<float> Values { get; private init; }

    /// <summary>The number of values of a step.</summary>
    public int Channels { get; }

    /// <summary>The index of the class in the data set's class labels, or <see cref="NoLabel"/>.</summary>
    public int Label { get; private init; }

    /// <summary>The name of the sequence, such as its id in a file; <see langword="null"/> if it has no name.</summary>
    public string? Id
    {
        get => _id.Text;
        init => _id = new SequenceId(value);
    }

    /// <summary>
    /// The group of the sequence, such as the person who was recorded; sequences of a group are never split between training and
    /// validation. <see langword="null"/> if there is none.
    /// </summary>
    public string? Group { get; init; }

    /// <summary>The times of the steps; <see langword="null"/> if unknown.</summary>
    /// <exception cref="ArgumentException">The number of times differs from the number of steps.</exception>
    public SequenceTimes? Times
    {
        get;
        init => field = value is null || value.Count == Steps
            ? value
            : throw new ArgumentException($"{Amount.Of(value.Count, "time")} for {Amount.Of(Steps, "step")}; give one for "
                + "each.", nameof(value));
    }

    /// <summary>
    /// The number of steps at the beginning that are only context: a forecast is trained and evaluated on the values after them. Other
    /// tasks ignore it. Default 0.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 0, or no step remains.</exception>
    public int ContextSteps
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(value, Steps);
            field = value;
        }
    }

    /// <summary>For each step, whether it is excluded from training and evaluation of forecasts; empty if none is.</summary>
    internal ReadOnlyMemory<bool> HiddenSteps { get; init; }

    /// <summary>The number of time steps; at least 1.</summary>
    public int Steps => Channels == 0 ? 0 : Values.Length / Channels;

    /// <summary>
    /// The class of every step, as an index into the data set's class labels, or <see cref="NoLabel"/>, for a <see cref="SequenceTagger"/>.
    /// Empty if there are no step labels.
    /// </summary>
    public ReadOnlyMemory<int> StepLabels { get; private init; }

    /// <summary>
    /// Targets: one for each of the data set's target names, for a <see cref="SequenceRegressor"/>; in multi-label data one for each class,
    /// 1 if it applies, otherwise 0. NaN if unknown. Empty if there are none.
    /// </summary>
    public ReadOnlyMemory<float> Targets { get; private init; }

    /// <summary>The vocabularies of its data set, if channels hold text.</summary>
    internal IReadOnlyList<Vocabulary?>? Vocabularies { get; init; }

    /// <summary>
    /// Whether targets were given, even if they are empty: in multi-label data without any class.
    /// </summary>
    internal bool HasTargets { get; private init; }

    /// <summary>
    /// Returns the sequence with an id that is looked up on access, so that a list of ids takes little memory.
    /// </summary>
    /// <param name="ids">The ids, which must not change.</param>
    /// <param name="index">The index of the id.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="index"/> is outside the list.</exception>
    public Sequence WithId(IReadOnlyList<string> ids, int index)
    {
        ArgumentNullException.ThrowIfNull(ids);
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, ids.Count);
        return new Sequence(this, new SequenceId(ids, index));
    }

    /// <summary>Returns the sequence with another label.</summary>
    /// <param name="label">The index of the class, or <see cref="NoLabel"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="label"/> is below −1.</exception>
    public Sequence WithLabel(int label)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(label, NoLabel);
        return this with { Label = label };
    }

    /// <summary>Returns the sequence with other values, of the same number.</summary>
    internal Sequence WithValues(ReadOnlyMemory<float> values) => this with { Values = values };

    /// <summary>Returns a range of the steps with their metadata. The values are not copied; context is counted from the start of the
    /// range.</summary>
    /// <param name="start">The first step.</param>
    /// <param name="count">The number of steps, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The range is not within the sequence.</exception>
    public Sequence Slice(int start, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, Steps - start);
        return new Sequence(Values.Slice(start * Channels, count * Channels), Channels, Label)
        {
            Id = Id,
            Group = Group,
            Times = Times?.Slice(start, count),
            StepLabels = StepLabels.IsEmpty ? StepLabels : StepLabels.Slice(start, count),
            Targets = Targets,
            HasTargets = HasTargets,
            HiddenSteps = HiddenSteps.IsEmpty ? HiddenSteps : HiddenSteps.Slice(start, count),
        };
    }

    /// <summary>Whether a forecast may be trained and evaluated on a step: it exists, and is neither context nor excluded.</summary>
    internal bool IsJudged(int step) =>
        step >= ContextSteps && step < Steps && (HiddenSteps.IsEmpty || !HiddenSteps.Span[step]);

    /// <summary>Returns the sequence with a label for every step.</summary>
    /// <param name="labels">The index of the class of each step, or <see cref="NoLabel"/>.</param>
    /// <exception cref="ArgumentException">The number of labels differs from the number of steps.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A label is below −1.</exception>
    public Sequence WithStepLabels(ReadOnlyMemory<int> labels)
    {
        if (labels.Length != Steps)
            throw new ArgumentException($"{Amount.Of(labels.Length, "label")} for {Amount.Of(Steps, "step")}; give one for "
                + "each.", nameof(labels));
        foreach (int label in labels.Span)
            ArgumentOutOfRangeException.ThrowIfLessThan(label, NoLabel, nameof(labels));
        return this with { StepLabels = labels };
    }

    /// <summary>Returns the sequence with targets.</summary>
    /// <param name="targets">The targets, one for each target name of the data set; NaN for unknown ones.</param>
    /// <exception cref="ArgumentException">A target is infinite.</exception>
    public Sequence WithTargets(ReadOnlyMemory<float> targets)
    {
        foreach (float target in targets.Span)
            if (float.IsInfinity(target))
                throw new ArgumentException("A target is infinite; it must be finite, or NaN if it is unknown.", nameof(targets));
        return this with { Targets = targets, HasTargets = true };
    }
}
