namespace Elman;

/// <summary>One sequence: a value per channel at every time step, and the class it belongs to if that is known.</summary>
/// <remarks>A sequence holds no copy: <see cref="Values"/> refers to the memory it was given.</remarks>
public readonly record struct Sequence
{
    /// <summary>The label of a sequence whose class is not known.</summary>
    public const int NoLabel = -1;

    /// <summary>Describes a sequence over existing values.</summary>
    /// <param name="values">The values, step after step: <c>[steps, channels]</c>.</param>
    /// <param name="channels">How many values each step has; at least 1.</param>
    /// <param name="label">Index of the class in the data set's class labels, or <see cref="NoLabel"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="channels"/> is below 1, or <paramref name="label"/> below −1.</exception>
    /// <exception cref="ArgumentException">There is no step, or the number of values is no multiple of <paramref name="channels"/>.</exception>
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

    /// <summary>The values, step after step: <c>[steps, channels]</c>.</summary>
    public ReadOnlyMemory<float> Values { get; }

    /// <summary>How many values each step has.</summary>
    public int Channels { get; }

    /// <summary>Index of the class in the data set's class labels, or <see cref="NoLabel"/>.</summary>
    public int Label { get; }

    /// <summary>How many time steps the sequence has; at least 1.</summary>
    public int Steps => Channels == 0 ? 0 : Values.Length / Channels;

    /// <summary>The same values with another label.</summary>
    /// <param name="label">Index of the class, or <see cref="NoLabel"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="label"/> is below −1.</exception>
    public Sequence WithLabel(int label) => new(Values, Channels, label);
}
