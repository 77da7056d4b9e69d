namespace Elman;

/// <summary>
/// Builds a data set from sequences whose steps are objects, such as records of readings. Each channel is a property of the objects.
/// </summary>
/// <typeparam name="TStep">The type of a step.</typeparam>
/// <remarks>
/// <code>
/// record Reading(DateTime Time, double Ax, double Ay);
///
/// SequenceDataset data = new SequenceDatasetBuilder&lt;Reading&gt;()
///     .Channel("ax", reading => (float)reading.Ax)
///     .Channel("ay", reading => (float)reading.Ay)
///     .Add(walk, label: "walk")
///     .Build();
/// </code>
/// </remarks>
public sealed class SequenceDatasetBuilder<TStep>
{
    private readonly List<(string Name, Func<TStep, float> Value, VocabularyBuilder? Text)> _channels = [];
    private SequenceDatasetBuilder? _builder;

    /// <summary>Adds a channel. All channels must be added before the first sequence.</summary>
    /// <param name="name">The name; different from all others.</param>
    /// <param name="value">The value in a step; NaN if it is missing.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentException">There is already a channel with this name.</exception>
    /// <exception cref="InvalidOperationException">There are already sequences.</exception>
    public SequenceDatasetBuilder<TStep> Channel(string name, Func<TStep, float> value)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(value);
        return Channel(name, value, text: null);
    }

    /// <summary>Adds a channel of text, such as the names of events. All channels must be added before the first sequence.</summary>
    /// <param name="name">The name; different from all others.</param>
    /// <param name="text">The text in a step, which is one symbol; <see langword="null"/> or empty if it is missing.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentException">There is already a channel with this name.</exception>
    /// <exception cref="InvalidOperationException">There are already sequences.</exception>
    public SequenceDatasetBuilder<TStep> Text(string name, Func<TStep, string?> text)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(text);
        var symbols = new VocabularyBuilder(TextTokens.Whole);
        var numbers = new List<float>();
        return Channel(name, NumberOf, symbols);

        float NumberOf(TStep step)
        {
            numbers.Clear();
            symbols.Add(text(step) ?? "", numbers);
            return numbers.Count == 0 ? float.NaN : numbers[0];
        }
    }

    private SequenceDatasetBuilder<TStep> Channel(string name, Func<TStep, float> value, VocabularyBuilder? text)
    {
        if (_builder is not null)
            throw new InvalidOperationException("There are sequences already; add all channels before the first.");
        if (_channels.Any(channel => channel.Name == name))
            throw new ArgumentException($"There is a channel {Quoted(name)} already.", nameof(name));
        _channels.Add((name, value, text));
        return this;
    }

    /// <summary>Adds a sequence.</summary>
    /// <param name="steps">The steps.</param>
    /// <param name="label">The class; <see langword="null"/> if it is not known.</param>
    /// <param name="id">The name of the sequence.</param>
    /// <param name="group">The group: see <see cref="Sequence.Group"/>.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentException">There is no step.</exception>
    /// <exception cref="InvalidOperationException">There is no channel yet.</exception>
    public SequenceDatasetBuilder<TStep> Add(IEnumerable<TStep> steps, string? label = null, string? id = null, string? group = null)
    {
        ArgumentNullException.ThrowIfNull(steps);
        float[] values = [.. steps.SelectMany(step => _channels.Select(channel => channel.Value(step)))]; // [steps, channels]
        Begun().AddNumbers(values, label, id, group);
        return this;
    }

    /// <summary>Creates a data set of the sequences added so far.</summary>
    /// <param name="name">The name of the data set in messages.</param>
    /// <exception cref="InvalidOperationException">There is no channel yet.</exception>
    public SequenceDataset Build(string name = "data") => Begun().Build(name);

    private SequenceDatasetBuilder Begun() => _builder ??= _channels.Count > 0
        ? new SequenceDatasetBuilder([.. _channels.Select(channel => channel.Name)], [.. _channels.Select(channel => channel.Text)])
        : throw new InvalidOperationException("There is no channel; call Channel to define the values of a step.");
}
