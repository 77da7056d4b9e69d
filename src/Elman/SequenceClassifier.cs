using System.Numerics.Tensors;
using Elman.Fitted;
using Elman.Training;

namespace Elman;

/// <summary>Classifies sequences: one class for each, or several classes if any number may apply.</summary>
/// <remarks>
/// The second it does where the training data have <see cref="Sequence.Targets"/>, one for each class, instead of labels.
/// What <see cref="SequenceEstimator"/> says about repeatable results and threads holds here too.
/// </remarks>
public sealed class SequenceClassifier : SequenceEstimator
{
    /// <summary>A classifier yet to be fitted.</summary>
    /// <param name="options">What is chosen rather than learned; by default every default.</param>
    /// <exception cref="ArgumentException">An option is out of its range; the message names every one that is.</exception>
    public SequenceClassifier(TrainingOptions? options = null)
        : base(options, SequenceTask.Classify, SequenceTask.ClassifyMany)
    {
    }

    internal SequenceClassifier(FittedModel fitted)
        : this(OptionsOf(fitted)) => Adopt(fitted);

    /// <summary>The classes, in the order of the probabilities.</summary>
    /// <exception cref="InvalidOperationException">The classifier is not fitted.</exception>
    public IReadOnlyList<string> Classes => Fitted.Names;

    /// <summary>Whether several classes may apply to a sequence, or none.</summary>
    /// <exception cref="InvalidOperationException">The classifier is not fitted.</exception>
    public bool IsMultiLabel => Fitted.Task == SequenceTask.ClassifyMany;

    /// <summary>The class of each sequence: the one with the highest probability.</summary>
    /// <param name="data">The sequences; their labels are not looked at.</param>
    /// <exception cref="ArgumentException">They have another number of channels than the classifier, or a value that is infinite, too large
    /// to compute with, or missing where that is refused.</exception>
    /// <exception cref="InvalidOperationException">The classifier is not fitted.</exception>
    public string[] Predict(SequenceDataset data)
    {
        return [.. AnswersOneByOne(data).Select(row => Classes[TensorPrimitives.IndexOfMax<float>(row)])];
    }

    /// <summary>The class of one sequence.</summary>
    /// <param name="sequence">The sequence.</param>
    /// <inheritdoc cref="Predict(SequenceDataset)" path="/exception"/>
    public string Predict(Sequence sequence) => Predict(Alone(sequence))[0];

    /// <summary>The class of a text.</summary>
    /// <param name="text">The text; the classifier takes a single channel, which holds text.</param>
    /// <exception cref="ArgumentException">The text is empty, or has half of a surrogate pair.</exception>
    /// <exception cref="InvalidOperationException">The classifier is not fitted, or takes other channels.</exception>
    public string Predict(string text) => Predict(SequenceOf(text));

    /// <summary>All classes whose probability is at least a half, for each sequence.</summary>
    /// <param name="data">The sequences; their labels are not looked at.</param>
    /// <inheritdoc cref="Predict(SequenceDataset)" path="/exception"/>
    public IReadOnlyList<string>[] PredictLabels(SequenceDataset data) =>
        [.. AnswersOneByOne(data).Select(row => (IReadOnlyList<string>)[.. Classes.Where((_, c) => row[c] >= 0.5f)])];

    /// <summary>The probability of every class for each sequence.</summary>
    /// <param name="data">The sequences; their labels are not looked at.</param>
    /// <returns><c>[sequences, classes]</c>; each row adds up to 1, unless several classes may apply to a sequence.</returns>
    /// <inheritdoc cref="Predict(SequenceDataset)" path="/exception"/>
    public Tensor<float> PredictProbabilities(SequenceDataset data) =>
        Tensor.Create([.. Answers(data).SelectMany(row => row)], [data.Count, Classes.Count]);

    /// <summary>The probability of every class for one sequence, in the order of <see cref="Classes"/>.</summary>
    /// <param name="sequence">The sequence.</param>
    /// <inheritdoc cref="Predict(SequenceDataset)" path="/exception"/>
    public float[] PredictProbabilities(Sequence sequence) => Answers(Alone(sequence))[0];

    /// <summary>The probability of every class for a text, in the order of <see cref="Classes"/>.</summary>
    /// <inheritdoc cref="Predict(string)" path="/param"/>
    /// <inheritdoc cref="Predict(string)" path="/exception"/>
    public float[] PredictProbabilities(string text) => PredictProbabilities(SequenceOf(text));

    /// <summary>Compares the classifier's answers with the labels of data it has not learned from.</summary>
    /// <param name="data">Labelled sequences. Their classes are matched to the classifier's by name.</param>
    /// <exception cref="ArgumentException">There is no sequence, one is not labelled, a label is not a class of the classifier, or the
    /// sequences don't fit it.</exception>
    /// <exception cref="InvalidOperationException">The classifier is not fitted, or several classes may apply to a sequence: see
    /// <see cref="EvaluateLabels"/>.</exception>
    public Evaluation Evaluate(SequenceDataset data)
    {
        ArgumentNullException.ThrowIfNull(data);
        if (IsMultiLabel)
            throw new InvalidOperationException("Several classes may apply to a sequence of this classifier: use EvaluateLabels.");
        data = AlignLabels(data);
        int[] labels = [.. data.Select(sequence => sequence.Label)];
        return Evaluation.From(Classes, labels, AnswersOneByOne(data));
    }

    /// <summary>The same where several classes may apply to a sequence.</summary>
    /// <param name="data">Sequences with a target for each class of the data. The classes are matched to the classifier's by name; one that
    /// the data lack applies to no sequence.</param>
    /// <exception cref="ArgumentException">There is no sequence, one has no targets, a class is not one of the
    /// classifier, or the sequences do not match it.</exception>
    /// <exception cref="InvalidOperationException">The classifier is not fitted, or exactly one class applies to a sequence: see
    /// <see cref="Evaluate"/>.</exception>
    public LabelEvaluation EvaluateLabels(SequenceDataset data)
    {
        ArgumentNullException.ThrowIfNull(data);
        if (!IsMultiLabel)
            throw new InvalidOperationException("Exactly one class applies to a sequence of this classifier: use Evaluate.");
        data = AlignLabels(data);
        return LabelEvaluation.From(Classes, [.. data.Select(sequence => sequence.Targets)], AnswersOneByOne(data));
    }

    /// <summary>Reads a classifier that <see cref="SequenceEstimator.Save"/> wrote.</summary>
    /// <param name="path">The file.</param>
    /// <param name="customActivation">The activation, where the classifier was made with one of your own.</param>
    /// <exception cref="ModelFileException">The file is not there, or is not exactly such a file;
    /// the message names what is wrong.</exception>
    public static SequenceClassifier Load(string path, Activation? customActivation = null) =>
        new(Read(path, customActivation, SequenceTask.Classify));

    private protected override SequenceTask TaskOf(SequenceDataset data) =>
        data.Any(sequence => !sequence.Targets.IsEmpty) ? SequenceTask.ClassifyMany : SequenceTask.Classify;
}
