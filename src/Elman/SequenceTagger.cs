using System.Numerics.Tensors;
using Elman.Fitted;
using Elman.Training;

namespace Elman;

/// <summary>Learns from sequences whose steps are labelled and tells the class of every step of others.</summary>
/// <remarks>
/// The labels are <see cref="Sequence.StepLabels"/>; steps without one are read but not evaluated. Unless it is
/// <see cref="TrainingOptions.Bidirectional"/>, a step is evaluated on itself and those before it.
/// </remarks>
public sealed class SequenceTagger : SequenceEstimator
{
    /// <summary>A tagger yet to be fitted.</summary>
    /// <param name="options">What is chosen rather than learned; by default every default.</param>
    /// <exception cref="ArgumentException">An option is out of its range; the message names every one that is.</exception>
    public SequenceTagger(TrainingOptions? options = null)
        : base(options, SequenceTask.Tag)
    {
    }

    internal SequenceTagger(FittedModel fitted)
        : this(OptionsOf(fitted)) => Adopt(fitted);

    /// <summary>The classes, in the order of the probabilities.</summary>
    /// <exception cref="InvalidOperationException">The tagger is not fitted.</exception>
    public IReadOnlyList<string> Classes => Fitted.Names;

    /// <summary>The class of each step of each sequence: the one with the highest probability.</summary>
    /// <param name="data">The sequences; their labels are not looked at.</param>
    /// <exception cref="ArgumentException">They have another number of channels than the tagger, or a value that is infinite, too large to
    /// compute with, or missing where that is refused.</exception>
    /// <exception cref="InvalidOperationException">The tagger is not fitted.</exception>
    public string[][] Predict(SequenceDataset data)
    {
        return [.. AnswersOneByOne(data)
            .Select(scores => scores.Chunk(Classes.Count).Select(row => Classes[TensorPrimitives.IndexOfMax<float>(row)]).ToArray())];
    }

    /// <summary>The class of each step of one sequence.</summary>
    /// <param name="sequence">The sequence.</param>
    /// <inheritdoc cref="Predict(SequenceDataset)" path="/exception"/>
    public string[] Predict(Sequence sequence) => Predict(Alone(sequence))[0];

    /// <summary>The probability of every class at each step of one sequence.</summary>
    /// <param name="sequence">The sequence.</param>
    /// <returns><c>[steps, classes]</c>; each row adds up to 1.</returns>
    /// <inheritdoc cref="Predict(SequenceDataset)" path="/exception"/>
    public Tensor<float> PredictProbabilities(Sequence sequence) =>
        Tensor.Create(Answers(Alone(sequence))[0], [sequence.Steps, Classes.Count]);

    /// <summary>The probability of every class at each step of each sequence.</summary>
    /// <param name="data">The sequences; their labels are not looked at.</param>
    /// <returns>For each sequence <c>[steps, classes]</c>; each row adds up to 1.</returns>
    /// <inheritdoc cref="Predict(SequenceDataset)" path="/exception"/>
    public Tensor<float>[] PredictProbabilities(SequenceDataset data)
    {
        ArgumentNullException.ThrowIfNull(data);
        return [.. Answers(data).Select((rows, i) => Tensor.Create(rows, [data[i].Steps, Classes.Count]))];
    }

    /// <summary>Compares the tagger's answers with the labels of data it has not learned from.</summary>
    /// <param name="data">Sequences with labelled steps. Their classes are matched to the tagger's by name.</param>
    /// <exception cref="ArgumentException">There is no sequence, none has a labelled step, a label is not a class of the tagger, or the
    /// sequences don't fit it.</exception>
    /// <exception cref="InvalidOperationException">The tagger is not fitted.</exception>
    public TagEvaluation Evaluate(SequenceDataset data)
    {
        ArgumentNullException.ThrowIfNull(data);
        data = AlignLabels(data);
        return TagEvaluation.From(Classes, [.. data.Select(sequence => sequence.StepLabels)], AnswersOneByOne(data));
    }

    /// <summary>Reads a tagger that <see cref="SequenceEstimator.Save"/> wrote.</summary>
    /// <param name="path">The file.</param>
    /// <param name="customActivation">The activation, where the tagger was made with one of your own.</param>
    /// <exception cref="ModelFileException">The file is not there, or is not exactly such a file;
    /// the message names what is wrong.</exception>
    public static SequenceTagger Load(string path, Activation? customActivation = null) =>
        new(Read(path, customActivation, SequenceTask.Tag));

    private protected override SequenceTask TaskOf(SequenceDataset data) => SequenceTask.Tag;
}
