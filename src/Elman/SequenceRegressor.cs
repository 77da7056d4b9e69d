using System.Numerics.Tensors;
using Elman.Fitted;
using Elman.Persistence;
using Elman.Training.Tasks;

namespace Elman;

/// <summary>Predicts one or more numbers for each sequence.</summary>
/// <remarks>
/// The numbers are <see cref="Sequence.Targets"/>; a NaN is not trained on. They are standardised for training if the channels are.
/// </remarks>
public sealed class SequenceRegressor : SequenceEstimator
{
    /// <summary>Creates an unfitted regressor.</summary>
    /// <param name="options">The training options; <see langword="null"/> for the defaults.</param>
    /// <exception cref="ArgumentException">An option is out of its range; the message names every such option.</exception>
    public SequenceRegressor(TrainingOptions? options = null)
        : base(options, SequenceTask.Regress)
    {
    }

    internal SequenceRegressor(FittedModel fitted, LoadOptions? load = null)
        : this(OptionsOf(fitted, load)) => Adopt(fitted);

    /// <summary>The names of the numbers, in the order in which they are predicted.</summary>
    /// <exception cref="InvalidOperationException">The regressor is not fitted.</exception>
    public IReadOnlyList<string> Targets => Fitted.Names;

    /// <summary>Predicts the numbers of each sequence, with <see cref="SequenceEstimator.Offsets"/> subtracted.</summary>
    /// <param name="data">The sequences; their targets are ignored.</param>
    /// <returns><c>[sequences, targets]</c>.</returns>
    /// <exception cref="ArgumentException">The number of channels differs from the regressor's, or a value is infinite, too large to
    /// compute with, or missing although the regressor refuses missing values.</exception>
    /// <exception cref="InvalidOperationException">The regressor is not fitted.</exception>
    public Tensor<float> Predict(SequenceDataset data) => AnswersTogether(data, Targets.Count);

    /// <summary>Predicts the numbers of one sequence, in the order of <see cref="Targets"/>.</summary>
    /// <param name="sequence">The sequence.</param>
    /// <inheritdoc cref="Predict(SequenceDataset)" path="/exception"/>
    public float[] Predict(Sequence sequence) => Answers(Alone(sequence))[0];

    /// <summary>Compares the regressor's predictions with the targets, on data that it was not trained on.</summary>
    /// <param name="data">Sequences with targets, which are matched to the regressor's by name.</param>
    /// <exception cref="ArgumentException">There is no sequence, a sequence has no targets, a target is missing, or the sequences don't
    /// match the regressor.</exception>
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
    /// <param name="options">Settings that the file does not contain: custom activations that it names, the number of threads.</param>
    /// <exception cref="ModelFileException">The file does not exist or is not a valid file of this kind;
    /// the message names what is wrong.</exception>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public static SequenceRegressor Load(string path, LoadOptions? options = null) => Load(ModelSource.Of(path), options);

    /// <summary>Reads a regressor from a stream, from its current position to its end.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="options">Settings that the model does not contain, as for a file.</param>
    /// <inheritdoc cref="Load(string, LoadOptions)" path="/exception"/>
    public static SequenceRegressor Load(Stream stream, LoadOptions? options = null) => Load(ModelSource.Of(stream), options);

    /// <summary>Reads a regressor from the bytes of such a file.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="options">Settings that the model does not contain, as for a file.</param>
    /// <inheritdoc cref="Load(string, LoadOptions)" path="/exception"/>
    public static SequenceRegressor Load(ReadOnlySpan<byte> bytes, LoadOptions? options = null) => Load(ModelSource.Of(bytes), options);

    private static SequenceRegressor Load(ModelSource source, LoadOptions? options) =>
        new(Read(source, options, SequenceTask.Regress), options);

    private protected override SequenceTask TaskOf(SequenceDataset data) => SequenceTask.Regress;
}
