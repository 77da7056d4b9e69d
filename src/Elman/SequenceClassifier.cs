using System.Numerics.Tensors;
using Elman.Fitted;
using Elman.Persistence;
using Elman.Training.Tasks;

namespace Elman;

/// <summary>Classifies sequences: into one class each, or into any number of classes (multi-label).</summary>
/// <remarks>
/// Classification is multi-label if the training data have <see cref="Sequence.Targets"/>, one for each class, instead of labels. What
/// <see cref="SequenceEstimator"/> says about repeatable results and threads holds here too.
/// </remarks>
public sealed class SequenceClassifier : SequenceEstimator
{
    /// <summary>Creates an unfitted classifier.</summary>
    /// <param name="options">The training options; <see langword="null"/> for the defaults.</param>
    /// <exception cref="ArgumentException">An option is out of its range; the message names every such option.</exception>
    public SequenceClassifier(TrainingOptions? options = null)
        : base(options, SequenceTask.Classify, SequenceTask.ClassifyMany)
    {
    }

    internal SequenceClassifier(FittedModel fitted, LoadOptions? load = null)
        : this(OptionsOf(fitted, load)) => Adopt(fitted);

    /// <summary>The classes, in the order of the probabilities.</summary>
    /// <exception cref="InvalidOperationException">The classifier is not fitted.</exception>
    public IReadOnlyList<string> Classes => Fitted.Names;

    /// <summary>Whether the classifier is multi-label: any number of classes, including none, may apply to a sequence.</summary>
    /// <exception cref="InvalidOperationException">The classifier is not fitted.</exception>
    public bool IsMultiLabel => Fitted.Task == SequenceTask.ClassifyMany;

    /// <summary>Predicts the class of each sequence: the one with the highest probability.</summary>
    /// <param name="data">The sequences; their labels are ignored.</param>
    /// <exception cref="ArgumentException">The number of channels differs from the classifier's, or a value is infinite, too large to
    /// compute with, or missing although the classifier refuses missing values.</exception>
    /// <exception cref="InvalidOperationException">The classifier is not fitted.</exception>
    public string[] Predict(SequenceDataset data)
    {
        FittedModel known = Fitted;
        return [.. AnswersOneByOne(known, data).Select(row => known.Names[TensorPrimitives.IndexOfMax<float>(row)])];
    }

    /// <summary>Predicts the class of one sequence.</summary>
    /// <param name="sequence">The sequence.</param>
    /// <inheritdoc cref="Predict(SequenceDataset)" path="/exception"/>
    public string Predict(Sequence sequence) => Predict(Alone(sequence))[0];

    /// <summary>Predicts the class of a text.</summary>
    /// <param name="text">The text; the classifier must have a single channel, which holds text.</param>
    /// <exception cref="ArgumentException">The text is empty, or has half of a surrogate pair.</exception>
    /// <exception cref="InvalidOperationException">The classifier is not fitted, or has other channels.</exception>
    public string Predict(string text) => Predict(SequenceOf(text));

    /// <summary>Predicts all classes whose probability is at least a half, for each sequence.</summary>
    /// <param name="data">The sequences; their labels are ignored.</param>
    /// <inheritdoc cref="Predict(SequenceDataset)" path="/exception"/>
    public IReadOnlyList<string>[] PredictLabels(SequenceDataset data)
    {
        FittedModel known = Fitted;
        return [.. AnswersOneByOne(known, data).Select(row => (IReadOnlyList<string>)[.. known.Names.Where((_, c) => row[c] >= 0.5f)])];
    }

    /// <summary>Predicts the probability of every class for each sequence.</summary>
    /// <param name="data">The sequences; their labels are ignored.</param>
    /// <returns><c>[sequences, classes]</c>; each row adds up to 1, unless several classes may apply to a sequence.</returns>
    /// <inheritdoc cref="Predict(SequenceDataset)" path="/exception"/>
    public Tensor<float> PredictProbabilities(SequenceDataset data) =>
        AnswersTogether(data, Classes.Count);

    /// <summary>Predicts the probability of every class for one sequence, in the order of <see cref="Classes"/>.</summary>
    /// <param name="sequence">The sequence.</param>
    /// <inheritdoc cref="Predict(SequenceDataset)" path="/exception"/>
    public float[] PredictProbabilities(Sequence sequence) => Answers(Alone(sequence))[0];

    /// <summary>Predicts the probability of every class for a text, in the order of <see cref="Classes"/>.</summary>
    /// <inheritdoc cref="Predict(string)" path="/param"/>
    /// <inheritdoc cref="Predict(string)" path="/exception"/>
    public float[] PredictProbabilities(string text) => PredictProbabilities(SequenceOf(text));

    /// <summary>Compares the classifier's predictions with the labels of data that it was not trained on.</summary>
    /// <param name="data">Labelled sequences. Their classes are matched to the classifier's by name.</param>
    /// <exception cref="ArgumentException">There is no sequence, a sequence is not labelled, a label is not a class of the classifier, or
    /// the sequences don't match the classifier.</exception>
    /// <exception cref="InvalidOperationException">The classifier is not fitted, or is multi-label: see
    /// <see cref="EvaluateLabels"/>.</exception>
    public Evaluation Evaluate(SequenceDataset data)
    {
        ArgumentNullException.ThrowIfNull(data);
        if (IsMultiLabel)
            throw new InvalidOperationException("Several classes may apply to a sequence of this classifier: use EvaluateLabels.");
        FittedModel known = Fitted;
        data = AlignLabels(known, data);
        int[] labels = [.. data.Select(sequence => sequence.Label)];
        return Evaluation.From(known.Names, labels, AnswersOneByOne(known, data));
    }

    /// <summary>The same for a multi-label classifier.</summary>
    /// <param name="data">Sequences with a target for each class of the data. The classes are matched to the classifier's by name; a class
    /// that the data lack applies to no sequence.</param>
    /// <exception cref="ArgumentException">There is no sequence, a sequence has no targets, a class is not a class of the classifier, or
    /// the sequences do not match it.</exception>
    /// <exception cref="InvalidOperationException">The classifier is not fitted, or is not multi-label: see
    /// <see cref="Evaluate"/>.</exception>
    public LabelEvaluation EvaluateLabels(SequenceDataset data)
    {
        ArgumentNullException.ThrowIfNull(data);
        if (!IsMultiLabel)
            throw new InvalidOperationException("Exactly one class applies to a sequence of this classifier: use Evaluate.");
        FittedModel known = Fitted;
        data = AlignLabels(known, data);
        return LabelEvaluation.From(known.Names, [.. data.Select(sequence => sequence.Targets)], AnswersOneByOne(known, data));
    }

    /// <summary>Reads a classifier that <see cref="SequenceEstimator.Save(string)"/> wrote.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">Settings that the file does not contain: custom activations that it names, the number of threads.</param>
    /// <exception cref="ModelFileException">The file does not exist or is not a valid file of this kind;
    /// the message names what is wrong.</exception>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public static SequenceClassifier Load(string path, LoadOptions? options = null) => Load(ModelSource.Of(path), options);

    /// <summary>Reads a classifier from a stream, from its current position to its end.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="options">Settings that the model does not contain, as for a file.</param>
    /// <inheritdoc cref="Load(string, LoadOptions)" path="/exception"/>
    public static SequenceClassifier Load(Stream stream, LoadOptions? options = null) => Load(ModelSource.Of(stream), options);

    /// <summary>Reads a classifier from the bytes of such a file.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="options">Settings that the model does not contain, as for a file.</param>
    /// <inheritdoc cref="Load(string, LoadOptions)" path="/exception"/>
    public static SequenceClassifier Load(ReadOnlySpan<byte> bytes, LoadOptions? options = null) => Load(ModelSource.Of(bytes), options);

    private static SequenceClassifier Load(ModelSource source, LoadOptions? options) =>
        new(Read(source, options, SequenceTask.Classify), options);

    private protected override SequenceTask TaskOf(SequenceDataset data) =>
        data.Any(sequence => !sequence.Targets.IsEmpty) ? SequenceTask.ClassifyMany : SequenceTask.Classify;
}
