using Elman.Sequences;

namespace Elman;

/// <summary>One sequence: a value per channel at every time step, and what is known about it, such as the class it belongs to.</summary>
/// <remarks>
/// A value that is missing is NaN; <see cref="TrainingOptions.Missing"/> says what a model does with it. A sequence holds no copy:
/// <see cref="Values"/> and the labels refer to the memory they were given.
/// </remarks>
public readonly record struct Sequence
{
    /// <summary>The label of a sequence whose class is not known.</summary>
    public const int NoLabel = -1;

    private readonly SequenceId _id;

    /// <summary>Describes a sequence over existing values.</summary>
    /// <param name="values">The values, step after step: <c>[steps, channels]</c>.</param>
    /// <param name="channels">How many values each step has; at least 1.</param>
    /// <param name="label">Index of the class in the data set's class labels, or <see cref="NoLabel"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="channels"/> is below 1,
    /// or <paramref name="label"/> below −1.</exception>
    /// <exception cref="ArgumentException">There is no step, or the number of values is no multiple of
    /// <paramref name="channels"/>.</exception>
    public Sequence(ReadOnlyMemory<float> values, int channels, int label = NoLabel)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(channels, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(label, NoLabel);
        if (values.IsEmpty)
            throw new ArgumentException("A sequence needs at least one step; this one is empty.", nameof(values));
        if (values.Length % channels != 0)
            throw new ArgumentException($"{values.Length} values can't be divided into steps of {channels} channels.", nameof(values));
        Values = values;
        Channels = channels;
        Label = label;
    }

    private Sequence(in Sequence sequence, SequenceId id)
    {
        this = sequence;
        _id = id;
    }

    /// <summary>The values, step after step: <c>[steps, channels]</c>.</summary>
    public ReadOnlyMemory<float> Values { get; private init; }

    /// <summary>How many values each step has.</summary>
    public int Channels { get; }

    /// <summary>Index of the class in the data set's class labels, or <see cref="NoLabel"/>.</summary>
    public int Label { get; private init; }

    /// <summary>What the sequence is called, such as its id in a file; <see langword="null"/> where it has no name.</summary>
    public string? Id
    {
        get => _id.Text;
        init => _id = new SequenceId(value);
    }

    /// <summary>
    /// What it has in common with others, such as the person whom it was recorded from; sequences of a group are never divided between
    /// training and validation. <see langword="null"/> where that is not known.
    /// </summary>
    public string? Group { get; init; }

    /// <summary>When its steps were; <see langword="null"/> where that is not known.</summary>
    /// <exception cref="ArgumentException">There are not as many times as steps.</exception>
    public SequenceTimes? Times
    {
        get;
        init => field = value is null || value.Count == Steps
            ? value
            : throw new ArgumentException($"{value.Count} times were given for {Steps} steps.", nameof(value));
    }

    /// <summary>
    /// Steps at its beginning that are only context: a forecast begins to be learned and judged with the values behind them. The other
    /// tasks don't look at it. Default 0.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">It is below 0, or no step is left.</exception>
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

    /// <summary>Of each step whether forecasts are neither learned nor judged with its values; empty where none is hidden.</summary>
    internal ReadOnlyMemory<bool> HiddenSteps { get; init; }

    /// <summary>How many time steps the sequence has; at least 1.</summary>
    public int Steps => Channels == 0 ? 0 : Values.Length / Channels;

    /// <summary>
    /// The class of every step, by its index in the data set's class labels, or <see cref="NoLabel"/>: what a <see cref="SequenceTagger"/>
    /// learns. Empty where there is none.
    /// </summary>
    public ReadOnlyMemory<int> StepLabels { get; private init; }

    /// <summary>
    /// Numbers to learn: one for each of the data set's target names, for a <see cref="SequenceRegressor"/>; where classes may apply side
    /// by side, one for each class, 1 if it applies, else 0. NaN where one is not known. Empty where there are none.
    /// </summary>
    public ReadOnlyMemory<float> Targets { get; private init; }

    /// <summary>The vocabularies of the data set that it is in, where channels hold text: what its values mean.</summary>
    internal IReadOnlyList<Vocabulary?>? Vocabularies { get; init; }

    /// <summary>
    /// Whether targets were given, even if there were none to give: in data of several classes a sequence of none,
    /// where no class occurs at all.
    /// </summary>
    internal bool HasTargets { get; private init; }

    /// <summary>
    /// The same with an id that is looked up when it is asked for: a list that makes its texts then takes little memory, however many.
    /// </summary>
    /// <param name="ids">The ids, which must not change.</param>
    /// <param name="index">Which of them.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="index"/> is outside the list.</exception>
    public Sequence WithId(IReadOnlyList<string> ids, int index)
    {
        ArgumentNullException.ThrowIfNull(ids);
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, ids.Count);
        return new Sequence(this, new SequenceId(ids, index));
    }

    /// <summary>The same with another label.</summary>
    /// <param name="label">Index of the class, or <see cref="NoLabel"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="label"/> is below −1.</exception>
    public Sequence WithLabel(int label)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(label, NoLabel);
        return this with { Label = label };
    }

    /// <summary>The same with other values, as many.</summary>
    internal Sequence WithValues(ReadOnlyMemory<float> values) => this with { Values = values };

    /// <summary>Some of its steps, with what is known about it; the values are not copied, and context ends with the first.</summary>
    /// <param name="start">The first step.</param>
    /// <param name="count">How many, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">They are not all within the sequence.</exception>
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

    /// <summary>Whether a forecast may be learned and judged with the values of a step: it exists, and is neither context nor hidden.
    /// </summary>
    internal bool IsJudged(int step) =>
        step >= ContextSteps && step < Steps && (HiddenSteps.IsEmpty || !HiddenSteps.Span[step]);

    /// <summary>The same with a label for every step.</summary>
    /// <param name="labels">Index of the class of each step, or <see cref="NoLabel"/>.</param>
    /// <exception cref="ArgumentException">There are not as many as steps.</exception>
    /// <exception cref="ArgumentOutOfRangeException">One is below −1.</exception>
    public Sequence WithStepLabels(ReadOnlyMemory<int> labels)
    {
        if (labels.Length != Steps)
            throw new ArgumentException($"{labels.Length} labels were given for {Steps} steps.", nameof(labels));
        foreach (int label in labels.Span)
            ArgumentOutOfRangeException.ThrowIfLessThan(label, NoLabel, nameof(labels));
        return this with { StepLabels = labels };
    }

    /// <summary>The same with numbers to learn.</summary>
    /// <param name="targets">One for each target of the data set; NaN where it is not known.</param>
    /// <exception cref="ArgumentException">One is infinite.</exception>
    public Sequence WithTargets(ReadOnlyMemory<float> targets)
    {
        foreach (float target in targets.Span)
            if (float.IsInfinity(target))
                throw new ArgumentException("A target is infinite; it must be finite, or NaN where it is not known.", nameof(targets));
        return this with { Targets = targets, HasTargets = true };
    }
}
