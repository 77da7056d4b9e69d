using Elman.Sequences.Stages;

namespace Elman;

/// <summary>How data become the inputs of a model. Part of <see cref="TrainingOptions"/>; stored with the model.</summary>
public sealed record InputOptions
{
    /// <summary>
    /// Whether every input is shifted and scaled to mean 0 and deviation 1 over the training data: the last stage, of what the others
    /// give. Default true.
    /// </summary>
    public bool Standardize { get; init; } = true;

    /// <summary>What is done with missing values, NaN. Default: they are refused.</summary>
    public MissingValues Missing { get; init; }

    /// <summary>
    /// Whether each channel of each sequence is shifted and scaled to mean 0 and deviation 1 over the sequence's own steps, which leaves
    /// its shape and takes its level and size away; a channel that never changes becomes 0. Values that stand for missing ones count. Such
    /// a model needs whole sequences: it can't run on a stream, tag or forecast. Default false.
    /// </summary>
    public bool ScaleSequences { get; init; }

    /// <summary>
    /// Up to which order differences go into the model as further inputs, 0 to 2: of each channel first <c>d_t = x_t − x_{t−1}</c>, then
    /// <c>e_t = d_t − d_{t−1}</c>, both 0 at the first step; the step before is the last one that was not skipped. Default 0.
    /// </summary>
    public int Differences { get; init; }

    /// <summary>
    /// Whether the first differences replace the values instead of following them, so that the model sees changes and no levels. The
    /// inputs that <see cref="MissingValues.Indicate"/> adds stay. Needs <see cref="Differences"/> of 1 or 2; neither for forecasts, which
    /// are made in the values' own units, nor with <see cref="Embed"/>. Default false.
    /// </summary>
    public bool DifferencesAlone { get; init; }

    /// <summary>
    /// How many steps N go into the model side by side as one, at least 2, or 0 for none; a patch begins every ⌈N/2⌉ steps, so that T steps
    /// become about 2·T/N (after Y. Nie and others, 2023). What is left at the end, or a sequence of fewer steps, is a patch whose last
    /// step is repeated. A stream is answered after every step as the sequence so far would be, which takes a step of the model each time.
    /// Steps of <see cref="TrainingOptions.Truncate"/> are then patches. Not for models that answer at every step, nor with
    /// <see cref="Embed"/>. Default 0.
    /// </summary>
    public int Patch { get; init; }

    /// <summary>
    /// Which channels hold symbols, whole numbers from 0 on such as codes of events or of words: each goes into the model as a vector of
    /// its own that is learned, not as a number, and is not standardised. The symbols are those up to the greatest in the training data, at
    /// most 2²⁰; others are refused afterwards. Where they may be missing, <see cref="Missing"/> must be <see cref="MissingValues.Mask"/>
    /// or <see cref="MissingValues.Last"/>. Not for a <see cref="SequenceForecaster"/>, <c>esn</c>,
    /// <c>oscillator</c> or <c>delays</c>. Default none.
    /// </summary>
    public Embeddings Embed { get; init; } = Embeddings.None;

    /// <summary>
    /// Up to how many symbols n-grams have whose vectors are added to those of symbols, text or those of <see cref="Embed"/>: 2 for pairs
    /// of neighbours, 3 also for triples, at most 4; 0 for none. Each that occurs twice in the training data has a vector that is
    /// learned, at first 0; of very many the 65,536 most frequent. Default 0.
    /// </summary>
    public int Ngrams { get; init; }

    /// <summary>
    /// Whether the end of a sequence counts as a symbol in <see cref="Ngrams"/>: how a word ends often says more than what is inside. Such
    /// a model needs whole sequences: it can't run on a stream, or answer at every step. Default false.
    /// </summary>
    public bool Endings { get; init; }

    /// <summary>The stages between missing values and standardisation.</summary>
    internal InputStages Stages => new(ScaleSequences, Differences, Patch, DifferencesAlone,
        Ngrams == 0 ? null : new Ngrams(Ngrams, Endings));

    /// <summary>What is wrong between these options, one sentence each.</summary>
    internal IEnumerable<string> FindProblems()
    {
        if (Ngrams is < 0 or 1 or > Sequences.Stages.Ngrams.MostSymbols)
            yield return FormattableString.Invariant(
                $"Ngrams is {Ngrams}; it may be 2 to {Sequences.Stages.Ngrams.MostSymbols} symbols, or 0 for none.");
        if (Endings && Ngrams == 0)
            yield return "Endings are n-grams at the end of a sequence, but Ngrams is 0; set it to 2 or more as well.";
    }
}
