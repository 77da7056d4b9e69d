using Elman.Fitted;
using Elman.Training;

namespace Elman;

/// <summary>Learns numbers that belong to sequences, one or many each, and tells those of others.</summary>
/// <remarks>
/// The numbers are <see cref="Sequence.Targets"/>; if one is NaN it is not learned from.
/// They are learned in standardised units, if the channels are.
/// </remarks>
public sealed class SequenceRegressor : SequenceEstimator
{
    /// <summary>A regressor yet to be fitted.</summary>
    /// <param name="options">What is chosen rather than learned; by default every default.</param>
    /// <exception cref="ArgumentException">An option is out of its range; the message names every one that is.</exception>
    public SequenceRegressor(TrainingOptions? options = null)
        : base(options, SequenceTask.Regress)
    {
    }

    internal SequenceRegressor(FittedModel fitted)
        : this(OptionsOf(fitted)) => Adopt(fitted);

    /// <summary>The names of the numbers, in the order in which they are given.</summary>
    /// <exception cref="InvalidOperationException">The regressor is not fitted.</exception>
    public IReadOnlyList<string> Targets => Fitted.Names;

    /// <summary>The numbers of each sequence, less <see cref="SequenceEstimator.Offsets"/>.</summary>
    /// <param name="data">The sequences; their targets are not looked at.</param>
    /// <exception cref="ArgumentException">They have another number of channels than the regressor, or a value that is infinite, too large
    /// to compute with, or missing where that is refused.</exception>
    /// <exception cref="InvalidOperationException">The regressor is not fitted.</exception>
    public float[][] Predict(SequenceDataset data) => Answers(data);

    /// <summary>The numbers of one sequence.</summary>
    /// <param name="sequence">The sequence.</param>
    /// <inheritdoc cref="Predict(SequenceDataset)" path="/exception"/>
    public float[] Predict(Sequence sequence) => Predict(Alone(sequence))[0];

    /// <summary>Compares the regressor's answers with the targets, on data it has not learned from.</summary>
    /// <param name="data">Sequences with targets, which are matched to the regressor's by name.</param>
    /// <exception cref="ArgumentException">There is no sequence, one has no targets, a target is missing,
    /// or the sequences don't fit the regressor.</exception>
    /// <exception cref="InvalidOperationException">The regressor is not fitted.</exception>
    public NumberEvaluation Evaluate(SequenceDataset data)
    {
        ArgumentNullException.ThrowIfNull(data);
        data = AlignLabels(data);
        return NumberEvaluation.From(Targets, [.. data.Select(sequence => sequence.Targets)], Predict(data));
    }

    /// <summary>Reads a regressor that <see cref="SequenceEstimator.Save"/> wrote.</summary>
    /// <param name="path">The file.</param>
    /// <param name="customActivation">The activation, where the regressor was made with one of your own.</param>
    /// <exception cref="ModelFileException">The file is not there, or is not exactly such a file;
    /// the message names what is wrong.</exception>
    public static SequenceRegressor Load(string path, Activation? customActivation = null) =>
        new(Read(path, customActivation, SequenceTask.Regress));

    private protected override SequenceTask TaskOf(SequenceDataset data) => SequenceTask.Regress;
}
