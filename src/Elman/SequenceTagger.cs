using System.Numerics.Tensors;
using Elman.Fitted;
using Elman.Persistence;
using Elman.Training.Tasks;

namespace Elman;

/// <summary>Predicts the class of every step of a sequence; trained on sequences whose steps are labelled.</summary>
/// <remarks>
/// The labels are <see cref="Sequence.StepLabels"/>; steps without one are read but not evaluated. Unless the model is
/// <see cref="ModelOptions.Bidirectional"/>, the class of a step depends on this step and earlier ones only.
/// </remarks>
public sealed class SequenceTagger : SequenceEstimator
{
    /// <summary>Creates an unfitted tagger.</summary>
    /// <param name="options">The training options; <see langword="null"/> for the defaults.</param>
    /// <exception cref="ArgumentException">An option is out of its range; the message names every such option.</exception>
    public SequenceTagger(TrainingOptions? options = null)
        : base(options, SequenceTask.Tag)
    {
    }

    internal SequenceTagger(FittedModel fitted, LoadOptions? load = null)
        : this(OptionsOf(fitted, load)) => Adopt(fitted);

    /// <summary>The classes, in the order of the probabilities.</summary>
    /// <exception cref="InvalidOperationException">The tagger is not fitted.</exception>
    public IReadOnlyList<string> Classes => Fitted.Names;

    /// <summary>Predicts the class of each step of each sequence: the one with the highest probability.</summary>
    /// <param name="data">The sequences; their labels are ignored.</param>
    /// <exception cref="ArgumentException">The number of channels differs from the tagger's, or a value is infinite, too large to compute
    /// with, or missing although the tagger refuses missing values.</exception>
    /// <exception cref="InvalidOperationException">The tagger is not fitted.</exception>
    public string[][] Predict(SequenceDataset data)
    {
        FittedModel known = Fitted;
        return [.. AnswersOneByOne(known, data).Select(scores =>
            scores.Chunk(known.Names.Count).Select(row => known.Names[TensorPrimitives.IndexOfMax<float>(row)]).ToArray())];
    }

    /// <summary>Predicts the class of each step of one sequence.</summary>
    /// <param name="sequence">The sequence.</param>
    /// <inheritdoc cref="Predict(SequenceDataset)" path="/exception"/>
    public string[] Predict(Sequence sequence) => Predict(Alone(sequence))[0];

    /// <summary>Predicts the probability of every class at each step of one sequence.</summary>
    /// <param name="sequence">The sequence.</param>
    /// <returns><c>[steps, classes]</c>; each row adds up to 1.</returns>
    /// <inheritdoc cref="Predict(SequenceDataset)" path="/exception"/>
    public Tensor<float> PredictProbabilities(Sequence sequence) =>
        Tensor.Create(Answers(Alone(sequence))[0], [sequence.Steps, Classes.Count]);

    /// <summary>Predicts the probability of every class at each step of each sequence.</summary>
    /// <param name="data">The sequences; their labels are ignored.</param>
    /// <returns>For each sequence <c>[steps, classes]</c>; each row adds up to 1.</returns>
    /// <inheritdoc cref="Predict(SequenceDataset)" path="/exception"/>
    public Tensor<float>[] PredictProbabilities(SequenceDataset data)
    {
        ArgumentNullException.ThrowIfNull(data);
        return [.. Answers(data).Select((rows, i) => Tensor.Create(rows, [data[i].Steps, Classes.Count]))];
    }

    /// <summary>Compares the tagger's predictions with the labels of data that it was not trained on.</summary>
    /// <param name="data">Sequences with labelled steps. Their classes are matched to the tagger's by name.</param>
    /// <exception cref="ArgumentException">There is no sequence, no step is labelled, a label is not a class of the tagger, or the
    /// sequences don't match the tagger.</exception>
    /// <exception cref="InvalidOperationException">The tagger is not fitted.</exception>
    public TagEvaluation Evaluate(SequenceDataset data)
    {
        ArgumentNullException.ThrowIfNull(data);
        FittedModel known = Fitted;
        data = AlignLabels(known, data);
        return TagEvaluation.From(known.Names, [.. data.Select(sequence => sequence.StepLabels)], AnswersOneByOne(known, data));
    }

    /// <summary>Reads a tagger that <see cref="SequenceEstimator.Save(string)"/> wrote.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">Settings that the file does not contain: custom activations that it names, the number of threads.</param>
    /// <exception cref="ModelFileException">The file does not exist or is not a valid file of this kind;
    /// the message names what is wrong.</exception>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public static SequenceTagger Load(string path, LoadOptions? options = null) => Load(ModelSource.Of(path), options);

    /// <summary>Reads a tagger from a stream, from its current position to its end.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="options">Settings that the model does not contain, as for a file.</param>
    /// <inheritdoc cref="Load(string, LoadOptions)" path="/exception"/>
    public static SequenceTagger Load(Stream stream, LoadOptions? options = null) => Load(ModelSource.Of(stream), options);

    /// <summary>Reads a tagger from the bytes of such a file.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="options">Settings that the model does not contain, as for a file.</param>
    /// <inheritdoc cref="Load(string, LoadOptions)" path="/exception"/>
    public static SequenceTagger Load(ReadOnlySpan<byte> bytes, LoadOptions? options = null) => Load(ModelSource.Of(bytes), options);

    private static SequenceTagger Load(ModelSource source, LoadOptions? options) =>
        new(Read(source, options, SequenceTask.Tag), options);

    private protected override SequenceTask TaskOf(SequenceDataset data) => SequenceTask.Tag;
}
