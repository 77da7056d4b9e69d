using System.Numerics.Tensors;
using Elman.Kernels;
using Elman.Models;
using Elman.Persistence;
using Elman.Sequences;
using Elman.Training;

namespace Elman;

/// <summary>Learns from labelled sequences and tells the class of others.</summary>
/// <remarks>
/// The same data, options and seed give the same classifier, bit for bit, whatever the number of threads; a sequence gets the
/// same probabilities alone and among others. A fitted classifier may be asked by several threads at once; <see cref="Fit"/>
/// and <see cref="Dispose"/> may not run at the same time. A question about many sequences is shared among
/// <see cref="TrainingOptions.Threads"/> threads of its own: where many callers ask at once, set that to 1.
/// </remarks>
public sealed class SequenceClassifier : IDisposable
{
    private SequenceModel<float>? _model;
    private Inference? _idle;
    private bool _disposed;

    /// <summary>A classifier yet to be fitted.</summary>
    /// <param name="options">What is chosen rather than learned; by default every default.</param>
    /// <exception cref="ArgumentException">An option is out of its range; the message names every one that is.</exception>
    public SequenceClassifier(TrainingOptions? options = null)
    {
        Options = options ?? new TrainingOptions();
        IReadOnlyList<string> problems = Options.FindProblems();
        if (problems.Count > 0)
            throw new ArgumentException(string.Join(" ", problems), nameof(options));
    }

    /// <summary>What was chosen. After <see cref="Load"/> only what shapes the model is as it was.</summary>
    public TrainingOptions Options { get; }

    /// <summary>Whether the classifier has learned or was loaded.</summary>
    public bool IsFitted => _model is not null;

    /// <summary>The classes, in the order of the probabilities.</summary>
    /// <exception cref="InvalidOperationException">The classifier is not fitted.</exception>
    public IReadOnlyList<string> Classes { get => IsFitted ? field : throw NotFitted(); private set; } = [];

    /// <summary>Channels of the sequences it takes.</summary>
    /// <exception cref="InvalidOperationException">The classifier is not fitted.</exception>
    public int Channels => Model.Spec.InputSize;

    /// <summary>How many numbers were learned.</summary>
    /// <exception cref="InvalidOperationException">The classifier is not fitted.</exception>
    public long ParameterCount => Model.Values.Layout.Count;

    /// <summary>How values are shifted and scaled on their way in, or <see langword="null"/> where they are taken as they are.</summary>
    public Standardization? Standardization { get; private set; }

    /// <summary>How it was trained, or <see langword="null"/> where that is not known.</summary>
    public TrainingSummary? Summary { get; private set; }

    /// <summary>The figures of every epoch; empty for a model from a file.</summary>
    public IReadOnlyList<EpochResult> History { get; private set; } = [];

    private SequenceModel<float> Model
    {
        get
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            return _model ?? throw NotFitted();
        }
    }

    /// <summary>Learns from labelled sequences. What was learned before is forgotten; if it fails, it is kept.</summary>
    /// <param name="data">The training data: at least two classes with sequences.</param>
    /// <param name="validation">
    /// Data to watch: the weights of the epoch with the lowest loss on it are kept. By default the share
    /// <see cref="TrainingOptions.Validation"/> of the training data.
    /// </param>
    /// <param name="progress">Hears how it goes.</param>
    /// <param name="cancellationToken">Stops training early; what was learned until then is kept and usable.</param>
    /// <returns>What came out.</returns>
    /// <exception cref="ArgumentException">The data can't be learned from; the message says why, and where.</exception>
    /// <exception cref="TrainingDivergedException">The loss or a weight stopped being finite.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled before the first step: nothing was learned, and what was known is kept.</exception>
    public TrainingSummary Fit(SequenceDataset data, SequenceDataset? validation = null,
        IProgress<TrainingProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        ObjectDisposedException.ThrowIf(_disposed, this);
        TrainingData.Check(data, nameof(data));
        if (validation is not null)
            validation = TrainingData.Align(validation, data.ClassLabels, data.Channels, nameof(validation));

        var random = new SeededRandom(Options.Seed);
        if (validation is null && Options.Validation > 0)
        {
            (data, validation) = StratifiedSplit.Draw(data, Options.Validation, random);
            if (validation.Count == 0)
                throw new ArgumentException("No class has two sequences, so none can be held out for validation; give validation data of your own, or leave Validation at 0.", nameof(data));
        }

        Standardization? standardization = Options.Standardize ? Standardization.Fit(data) : null;
        var model = new SequenceModel<float>(Options.SpecFor(data.Channels, data.ClassLabels.Count));
        model.Initialize(Options.Init, random, Options.ForgetBias, cancellationToken);
        using var trainer = new Trainer(model, Options, data, validation, standardization, random);
        (TrainingSummary summary, IReadOnlyList<EpochResult> history) = trainer.Run(progress, cancellationToken);
        Adopt(model, standardization, data.ClassLabels, summary, history);
        return summary;
    }

    /// <summary>The class of each sequence: the one with the highest probability.</summary>
    /// <param name="data">The sequences; their labels are not looked at.</param>
    /// <exception cref="ArgumentException">They have another number of channels than the classifier, or a value that is not finite or too large to compute with.</exception>
    /// <exception cref="InvalidOperationException">The classifier is not fitted.</exception>
    public string[] Predict(SequenceDataset data)
    {
        float[] probabilities = Probabilities(data);
        int classes = Classes.Count;
        return [.. Enumerable.Range(0, data.Count).Select(i => Classes[TensorPrimitives.IndexOfMax<float>(probabilities.AsSpan(i * classes, classes))])];
    }

    /// <summary>The class of one sequence.</summary>
    /// <param name="sequence">The sequence.</param>
    /// <inheritdoc cref="Predict(SequenceDataset)" path="/exception"/>
    public string Predict(Sequence sequence) => Predict(Alone(sequence))[0];

    /// <summary>The probability of every class for each sequence.</summary>
    /// <param name="data">The sequences; their labels are not looked at.</param>
    /// <returns><c>[sequences, classes]</c>; each row adds up to 1.</returns>
    /// <inheritdoc cref="Predict(SequenceDataset)" path="/exception"/>
    public Tensor<float> PredictProbabilities(SequenceDataset data) =>
        Tensor.Create(Probabilities(data), [data.Count, Classes.Count]);

    /// <summary>The probability of every class for one sequence, in the order of <see cref="Classes"/>.</summary>
    /// <param name="sequence">The sequence.</param>
    /// <inheritdoc cref="Predict(SequenceDataset)" path="/exception"/>
    public float[] PredictProbabilities(Sequence sequence) => Probabilities(Alone(sequence));

    /// <summary>Compares the classifier's answers with the labels of data it has not learned from.</summary>
    /// <param name="data">Labelled sequences. Their classes are matched to the classifier's by name.</param>
    /// <exception cref="ArgumentException">There is no sequence, one is not labelled, a label is no class of the classifier, or the sequences don't fit it.</exception>
    /// <exception cref="InvalidOperationException">The classifier is not fitted.</exception>
    public Evaluation Evaluate(SequenceDataset data)
    {
        ArgumentNullException.ThrowIfNull(data);
        data = TrainingData.Align(data, Classes, Channels, nameof(data));
        int[] labels = [.. data.Select(sequence => sequence.Label)];
        return Evaluation.From(Classes, labels, Infer(data));
    }

    /// <summary>Writes the classifier to a <c>.safetensors</c> file, in one piece: a failure leaves what stood there.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="ModelFileException">The file can't be written.</exception>
    /// <exception cref="InvalidOperationException">The classifier is not fitted.</exception>
    public void Save(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        new ModelFile(ModelFile.ClassifierKind, Model.Spec, Classes, Standardization, Summary).Write(path, Model.Values);
    }

    /// <summary>Reads a classifier that <see cref="Save"/> wrote.</summary>
    /// <param name="path">The file.</param>
    /// <param name="customActivation">The activation, where the classifier was made with one of your own.</param>
    /// <exception cref="ModelFileException">The file is not there, or is not exactly such a file; the message names what is wrong.</exception>
    public static SequenceClassifier Load(string path, Activation? customActivation = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        (ModelFile description, Safetensors content) = ModelFile.Read(path, ModelFile.ClassifierKind, customActivation);
        ModelSpec spec = description.Spec;
        if (description.Classes.Count != spec.ClassCount || description.Classes.Distinct(StringComparer.Ordinal).Count() != spec.ClassCount)
            throw ModelFileException.At(path, $"It names {description.Classes.Distinct(StringComparer.Ordinal).Count()} different classes; the model has {spec.ClassCount}.");
        if (description.Standardization is { } s && s.Means.Count != spec.InputSize)
            throw ModelFileException.At(path, $"It standardises {s.Means.Count} channels; the model has {spec.InputSize}.");

        ModelFile.CheckTensors(path, content, spec);
        var model = new SequenceModel<float>(spec);
        ModelFile.Load(path, content, model.Values);
        model.Pack(forTraining: false);
        var classifier = new SequenceClassifier(TrainingOptions.From(spec) with { Standardize = description.Standardization is not null });
        classifier.Adopt(model, description.Standardization, description.Classes, description.Training, []);
        return classifier;
    }

    /// <summary>Frees the native memory at once; without it, the garbage collector does so in time.</summary>
    public void Dispose()
    {
        _disposed = true;
        Interlocked.Exchange(ref _idle, null)?.Dispose();
        Interlocked.Exchange(ref _model, null)?.Dispose();
    }

    private void Adopt(SequenceModel<float> model, Standardization? standardization, IReadOnlyList<string> classes,
        TrainingSummary? summary, IReadOnlyList<EpochResult> history)
    {
        _model = model;
        Standardization = standardization;
        _idle = null;
        Classes = classes;
        Summary = summary;
        History = history;
    }

    private float[] Probabilities(SequenceDataset data)
    {
        ArgumentNullException.ThrowIfNull(data);
        TrainingData.CheckValues(data, Channels, nameof(data));
        return Infer(data);
    }

    /// <exception cref="ArgumentException">A sequence overflows the model's arithmetic, so that its probabilities are no numbers.</exception>
    private float[] Infer(SequenceDataset data)
    {
        using var workers = new Workers(data.Count > 1 ? Options.ResolvedThreads : 1);
        float[] probabilities = Use(inference => inference.Probabilities(data, workers));
        int bad = Array.FindIndex(probabilities, p => !float.IsFinite(p));
        if (bad >= 0)
            throw new ArgumentException($"Sequence {(bad / Classes.Count) + 1} of '{data.Name}' has values so large that the model can't compute with them. Check its units.", nameof(data));
        return probabilities;
    }

    /// <summary>Lends out the buffers of an inference; a second caller at the same time gets its own.</summary>
    private TResult Use<TResult>(Func<Inference, TResult> work)
    {
        SequenceModel<float> model = Model;
        Inference inference = Interlocked.Exchange(ref _idle, null) ?? new Inference(model, Standardization);
        TResult result = work(inference);
        if (ReferenceEquals(model, _model))
            Interlocked.Exchange(ref _idle, inference)?.Dispose();
        return result;
    }

    private static SequenceDataset Alone(Sequence sequence) => sequence.Steps == 0
        ? throw new ArgumentException("The sequence is empty; it needs at least one step.", nameof(sequence))
        : new(sequence.Channels, [], [sequence.WithLabel(Sequence.NoLabel)], "the sequence");

    private static InvalidOperationException NotFitted() => new("The classifier has not learned anything yet: call Fit, or Load a model.");
}
