using System.Numerics.Tensors;
using Elman.Fitted;
using Elman.Persistence;
using Elman.Training.Tasks;

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

    internal SequenceRegressor(FittedModel fitted, LoadOptions? load = null)
        : this(OptionsOf(fitted, load)) => Adopt(fitted);

    /// <summary>The names of the numbers, in the order in which they are given.</summary>
    /// <exception cref="InvalidOperationException">The regressor is not fitted.</exception>
    public IReadOnlyList<string> Targets => Fitted.Names;

    /// <summary>The numbers of each sequence, less <see cref="SequenceEstimator.Offsets"/>.</summary>
    /// <param name="data">The sequences; their targets are not looked at.</param>
    /// <returns><c>[sequences, targets]</c>.</returns>
    /// <exception cref="ArgumentException">They have another number of channels than the regressor, or a value that is infinite, too large
    /// to compute with, or missing where that is refused.</exception>
    /// <exception cref="InvalidOperationException">The regressor is not fitted.</exception>
    public Tensor<float> Predict(SequenceDataset data) => AnswersTogether(data, Targets.Count);

    /// <summary>The numbers of one sequence, in the order of <see cref="Targets"/>.</summary>
    /// <param name="sequence">The sequence.</param>
    /// <inheritdoc cref="Predict(SequenceDataset)" path="/exception"/>
    public float[] Predict(Sequence sequence) => Answers(Alone(sequence))[0];

    /// <summary>Compares the regressor's answers with the targets, on data it has not learned from.</summary>
    /// <param name="data">Sequences with targets, which are matched to the regressor's by name.</param>
    /// <exception cref="ArgumentException">There is no sequence, one has no targets, a target is missing,
    /// or the sequences don't fit the regressor.</exception>
    /// <exception cref="InvalidOperationException">The regressor is not fitted.</exception>
    public NumberEvaluation Evaluate(SequenceDataset data)
    {
        ArgumentNullException.ThrowIfNull(data);
        FittedModel known = Fitted;
        data = AlignLabels(known, data);
        return NumberEvaluation.From(known.Names, [.. data.Select(sequence => sequence.Targets)], [.. AnswersOneByOne(known, data)]);
    }

    /// <summary>Reads a regressor that <see cref="SequenceEstimator.Save(string)"/> wrote.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">What the file can't say: activations of your own that it names, the number of threads.</param>
    /// <exception cref="ModelFileException">The file is not there, or is not exactly such a file;
    /// the message names what is wrong.</exception>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public static SequenceRegressor Load(string path, LoadOptions? options = null) => Load(ModelSource.Of(path), options);

    /// <summary>The same from a stream, from where it stands to its end.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="options">What the model can't say itself, as from a file.</param>
    /// <inheritdoc cref="Load(string, LoadOptions)" path="/exception"/>
    public static SequenceRegressor Load(Stream stream, LoadOptions? options = null) => Load(ModelSource.Of(stream), options);

    /// <summary>The same from the bytes of such a file.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="options">What the model can't say itself, as from a file.</param>
    /// <inheritdoc cref="Load(string, LoadOptions)" path="/exception"/>
    public static SequenceRegressor Load(ReadOnlySpan<byte> bytes, LoadOptions? options = null) => Load(ModelSource.Of(bytes), options);

    private static SequenceRegressor Load(ModelSource source, LoadOptions? options) =>
        new(Read(source, options, SequenceTask.Regress), options);

    private protected override SequenceTask TaskOf(SequenceDataset data) => SequenceTask.Regress;
}
