using Elman.Sequences.Stages;

namespace Elman;

/// <summary>The preprocessing that turns data into the inputs of a model. Part of <see cref="TrainingOptions"/>; stored with the
/// model.</summary>
public sealed record InputOptions
{
    /// <summary>
    /// Whether every input is shifted and scaled to mean 0 and standard deviation 1 over the training data. This is the last stage, applied
    /// to the outputs of the others. Default true.
    /// </summary>
    public bool Standardize { get; init; } = true;

    /// <summary>How missing values (NaN) are handled. Default: they are refused.</summary>
    public MissingValues Missing { get; init; }

    /// <summary>
    /// Whether each channel of each sequence is shifted and scaled to mean 0 and standard deviation 1 over the sequence's own steps. This
    /// keeps the shape of the sequence and removes its level and scale; a constant channel becomes 0. Values that replace missing ones
    /// count. Such a model needs whole sequences: it can't run on a stream, tag or forecast. Default false.
    /// </summary>
    public bool ScaleSequences { get; init; }

    /// <summary>
    /// The order of the differences that are added as inputs, 0 to 2: for each channel first <c>d_t = x_t − x_{t−1}</c>, then
    /// <c>e_t = d_t − d_{t−1}</c>, both 0 at the first step. The previous step is the last one that was not skipped. Default 0.
    /// </summary>
    public int Differences { get; init; }

    /// <summary>
    /// Whether the first differences replace the values instead of following them, so that the model sees changes and no levels. The inputs
    /// that <see cref="MissingValues.Indicate"/> adds stay. Needs <see cref="Differences"/> of 1 or 2. Not for forecasts, which are in the
    /// units of the values, and not with <see cref="Embed"/>. Default false.
    /// </summary>
    public bool DifferencesAlone { get; init; }

    /// <summary>
    /// The number N of steps that are concatenated to one input step, at least 2, or 0 for none. A patch begins every ⌈N/2⌉ steps, so that
    /// T steps become about 2·T/N (after Y. Nie and others, 2023). Remaining steps at the end, or a sequence of fewer than N steps, form a
    /// patch whose last step is repeated. A stream gives after every step the prediction for the sequence so far, which costs one step of
    /// the model each time. <see cref="TrainingOptions.Truncate"/> counts patches. Not for models with an output at every step, and not
    /// with <see cref="Embed"/>. Default 0.
    /// </summary>
    public int Patch { get; init; }

    /// <summary>
    /// The channels that hold symbols: integers from 0, such as codes of events or words. Each symbol has a vector, which is learned and is
    /// the input in place of the number; it is not standardised. The symbols of a channel range up to the maximum in the training data, at
    /// most 2²⁰; others are refused afterwards. If symbols may be missing, <see cref="Missing"/> must be <see cref="MissingValues.Mask"/>
    /// or <see cref="MissingValues.Last"/>. Not for a <see cref="SequenceForecaster"/>, <c>esn</c>, <c>oscillator</c> or <c>delays</c>.
    /// Default none.
    /// </summary>
    public Embeddings Embed { get; init; } = Embeddings.None;

    /// <summary>
    /// The maximum length of n-grams of symbols (text or <see cref="Embed"/>), whose vectors are added to those of the symbols: 2 for pairs
    /// of neighbours, 3 also for triples, at most 4; 0 for none. Each n-gram that occurs at least twice in the training data has a learned
    /// vector that starts at 0; at most the 65,536 most frequent ones. Default 0.
    /// </summary>
    public int Ngrams { get; init; }

    /// <summary>
    /// Whether the end of a sequence counts as a symbol in <see cref="Ngrams"/>, since the end of a word is often more informative than its
    /// middle. Such a model needs whole sequences: it can't run on a stream or have an output at every step. Default false.
    /// </summary>
    public bool Endings { get; init; }

    /// <summary>The stages between missing values and standardisation.</summary>
    internal InputStages Stages => new(ScaleSequences, Differences, Patch, DifferencesAlone,
        Ngrams == 0 ? null : new Ngrams(Ngrams, Endings));

    /// <summary>The problems of these options, one sentence each.</summary>
    internal IEnumerable<string> FindProblems()
    {
        if (Ngrams is < 0 or 1 or > Sequences.Stages.Ngrams.MostSymbols)
            yield return FormattableString.Invariant(
                $"Ngrams is {Ngrams}; it may be 2 to {Sequences.Stages.Ngrams.MostSymbols} symbols, or 0 for none.");
        if (Endings && Ngrams == 0)
            yield return "Endings are n-grams at the end of a sequence, but Ngrams is 0; set it to 2 or more as well.";
    }
}
