using System.Numerics.Tensors;
using Elman.Fitted;
using Elman.Inference;
using Elman.Kernels;
using Elman.Learners;
using Elman.Training;
using Elman.Training.Tasks;

namespace Elman;

/// <summary>
/// Base class of all sequence models: a <see cref="SequenceClassifier"/>, a <see cref="SequenceTagger"/>, a
/// <see cref="SequenceRegressor"/>, a <see cref="SequenceForecaster"/>.
/// </summary>
/// <remarks>
/// The same data, options and seed give the same model, bit for bit, at any number of threads. A sequence gets the same prediction alone
/// and in a data set. Several threads may predict with a fitted model at the same time, and one thread may call <see cref="Fit"/>
/// meanwhile: predictions that have begun use the previous weights. A second <see cref="Fit"/> or <see cref="PartialFit"/> at the same time
/// is refused. <see cref="PartialFit"/> changes weights in place: predictions at the same time throw, at their beginning or at their end.
/// <see cref="Dispose"/> lets calls that have begun complete. A prediction for many sequences uses <see cref="TrainingOptions.Threads"/>
/// threads of its own: if many callers predict at the same time, set that to 1 (for a model from a file with
/// <see cref="LoadOptions.Threads"/>).
/// </remarks>
public abstract partial class SequenceEstimator : IDisposable
{
    private FittedModel? _fitted;
    private EnsembleInference? _idle;
    private ILearner? _learner;

    /// <summary>Creates an unfitted model.</summary>
    private protected SequenceEstimator(TrainingOptions? options, params ReadOnlySpan<SequenceTask> tasks)
    {
        Options = options ?? new TrainingOptions();
        List<string> problems = [.. Options.FindProblems()];
        IReadOnlyList<string>[] ofTasks = [.. tasks.ToArray().Select(task => task.FindProblems(Options))];
        if (ofTasks.All(found => found.Count > 0))
            problems.AddRange(ofTasks[0]);
        if (problems.Count > 0)
            throw new ArgumentException(string.Join(" ", problems), nameof(options));
    }

    /// <summary>
    /// The options of the model. After loading, only those that shape the model are the ones it was trained with, the others are defaults;
    /// after <see cref="FitFrom"/>, those that shape the model are the ones of the model it started from.
    /// </summary>
    public TrainingOptions Options { get; private set; }

    /// <summary>Whether the model was trained or loaded.</summary>
    public bool IsFitted => _fitted is not null;

    /// <summary>Whether the model can run on a stream (<see cref="OpenSession"/>), which needs that all of its members can.</summary>
    /// <exception cref="InvalidOperationException">The model is not fitted.</exception>
    public bool CanStream => Fitted.CanStream;

    /// <summary>The models whose predictions are averaged: one, or possibly several if they were chosen automatically.</summary>
    /// <exception cref="InvalidOperationException">The model is not fitted.</exception>
    public IReadOnlyList<MemberInfo> Members => [.. Fitted.Members.Select(MemberInfo.Of)];

    /// <summary>The number of channels of its input sequences.</summary>
    /// <exception cref="InvalidOperationException">The model is not fitted.</exception>
    public int Channels => Fitted.GivenChannels;

    /// <summary>
    /// The names of the channels, in the order in which the model takes them; empty if the training data had no channel names.
    /// </summary>
    /// <exception cref="InvalidOperationException">The model is not fitted.</exception>
    public IReadOnlyList<string> ChannelNames => Fitted.Origin.ChannelNames;

    /// <summary>The columns of the table from which the training data were read; <see langword="null"/> if they came from no
    /// table.</summary>
    /// <exception cref="InvalidOperationException">The model is not fitted.</exception>
    public TableColumns? Columns => Fitted.Origin.Columns;

    /// <summary>
    /// How the values of the training data were computed, such as features of audio (<see cref="SequenceDataset.Preparation"/>); the values
    /// of other data must be computed in the same way. <see langword="null"/> if they were not changed.
    /// </summary>
    /// <exception cref="InvalidOperationException">The model is not fitted.</exception>
    public string? Preparation => Fitted.Origin.Preparation;

    /// <summary>
    /// The offsets that the model subtracts from values. In data sets it subtracts them itself. Values of a stream, or of a
    /// <see cref="Sequence"/> alone, must have them subtracted already, and predicted numbers have them subtracted.
    /// </summary>
    /// <exception cref="InvalidOperationException">The model is not fitted.</exception>
    public ValueOffsets Offsets => Fitted.Origin.Offsets;

    /// <summary>
    /// For each channel of text the symbols that the model knows, for each channel of numbers <see langword="null"/>; empty if no channel
    /// holds text.
    /// </summary>
    /// <exception cref="InvalidOperationException">The model is not fitted.</exception>
    public IReadOnlyList<Vocabulary?> Vocabularies => Fitted.Origin.Vocabularies;

    /// <summary>The number of parameters of the model.</summary>
    /// <exception cref="InvalidOperationException">The model is not fitted.</exception>
    public long ParameterCount => Fitted.Members.Sum(member => member.Model.Values.Layout.Count);

    /// <summary>The number of trained parameters: all, but for an <c>esn</c> only those of the output layer.</summary>
    /// <exception cref="InvalidOperationException">The model is not fitted.</exception>
    public long LearnedParameterCount => Layers.Where(layer => !layer.IsFixed).Sum(layer => layer.Parameters);

    /// <summary>
    /// The shift and scale of the inputs, for each channel, or with <see cref="InputOptions.Differences"/> and
    /// <see cref="InputOptions.Patch"/> for each input; <see langword="null"/> if inputs are not standardised.
    /// </summary>
    public Standardization? Standardization => _fitted?.Preprocessing.Standardization;

    /// <summary>
    /// Where training saves its state, so that it can continue after an interruption; <see langword="null"/>, the default, for nowhere. If
    /// the folder has the checkpoint of an interrupted training, the next <see cref="Fit"/> or <see cref="FitFrom"/> continues it.
    /// </summary>
    public CheckpointOptions? Checkpoint { get; set; }

    /// <summary>The summary of the training, or <see langword="null"/> if it is not known.</summary>
    public TrainingSummary? Summary => _fitted?.Summary;

    /// <summary>
    /// What the automatic choice tried and chose; <see langword="null"/> if nothing was chosen (<see cref="TrainingOptions.Auto"/>),
    /// and for a model from a file.
    /// </summary>
    public Leaderboard? Leaderboard => _fitted?.Leaderboard;

    /// <summary>The figures of every epoch; empty for a model from a file.</summary>
    public IReadOnlyList<EpochResult> History => _fitted?.History ?? [];

    /// <summary>The layers of the model, in the order in which data pass through them.</summary>
    /// <exception cref="InvalidOperationException">The model is not fitted.</exception>
    public IReadOnlyList<LayerInfo> Layers => ModelDescription.Of(Fitted);

    /// <summary>The fitted model.</summary>
    /// <exception cref="InvalidOperationException">The model is not fitted.</exception>
    internal FittedModel Fitted
    {
        get
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            return _fitted ?? throw new InvalidOperationException(
                $"The {GetType().Name["Sequence".Length..].ToLowerInvariant()} has not been trained: call Fit, or Load a model.");
        }
    }

    /// <summary>Trains the model. The previous weights are discarded; if training fails, they are kept.</summary>
    /// <param name="data">The training data.</param>
    /// <param name="validation">
    /// The validation data: the weights of the epoch with the lowest loss on them are kept. By default the share
    /// <see cref="TrainingOptions.Validation"/> of the training data. An <c>esn</c> is evaluated on them, but has no epochs to choose from.
    /// </param>
    /// <param name="progress">Receives progress reports.</param>
    /// <param name="cancellationToken">Stops training early; the weights trained so far are kept and usable.</param>
    /// <returns>The summary of the training.</returns>
    /// <exception cref="ArgumentException">The data are not suitable for training; the message names reason and position.</exception>
    /// <exception cref="TrainingDivergedException">The loss or a weight stopped being finite, twice: the first time, training goes on from
    /// the last good weights with a third of the learning rate (<see cref="TrainingSummary.DivergedEpoch"/>).</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled before the first step: nothing was trained, and the previous
    /// weights are kept.</exception>
    /// <exception cref="CheckpointException">The checkpoint of <see cref="Checkpoint"/> is of other data or options, or can't be read or
    /// written.</exception>
    /// <exception cref="InvalidOperationException">The model is already being trained, on another thread, or the call comes from a progress
    /// report.</exception>
    /// <exception cref="ObjectDisposedException">The model has been disposed, possibly during the call.</exception>
    public TrainingSummary Fit(SequenceDataset data, SequenceDataset? validation = null,
        IProgress<TrainingProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        using Learning _ = BeginLearning();
        return FitAs(null, data, validation, Options, progress, cancellationToken);
    }

    /// <summary>
    /// Continues training with one pass over new data. The first call also fixes all that depends on the data, such as classes and scaling.
    /// </summary>
    /// <param name="data">The new data. Their classes or targets must be those of the first call, which must list all of them, even those
    /// that do not occur yet.</param>
    /// <returns>The mean loss on these data during training; for an <c>esn</c>, after it.</returns>
    /// <remarks>
    /// An <c>esn</c> then equals one that <see cref="Fit"/> trained on all data so far, standardised as the first data were; data of an
    /// earlier <see cref="Fit"/> count as well. For other cells the learning rate stays at <see cref="TrainingOptions.LearningRate"/>, and
    /// momentum is kept from call to call until <see cref="Fit"/>. Balanced class weights are those of each call's data. Validation and
    /// epochs are not used. Sessions that were opened before can't be used afterwards.
    /// </remarks>
    /// <exception cref="ArgumentException">The data are not suitable for training; the message names reason and position.</exception>
    /// <exception cref="TrainingDivergedException">The loss or a weight stopped being finite;
    /// the model is as it was before the call.</exception>
    /// <exception cref="InvalidOperationException">The model is a reservoir from a file, which does not have the sums from which its
    /// weights were computed. Or the model is chosen automatically (<see cref="TrainingOptions.Auto"/>), or is already being trained on
    /// another thread.</exception>
    /// <exception cref="ObjectDisposedException">The model has been disposed, possibly during the call.</exception>
    public double PartialFit(SequenceDataset data)
    {
        ArgumentNullException.ThrowIfNull(data);
        using Learning _ = BeginLearning();
        if (Options.IsAuto)
            throw new InvalidOperationException("The model was chosen automatically on all its training data and can't be trained "
                + "further. Call Fit with all data, or choose a Cell.");
        FittedModel known = _fitted ?? First(data);
        SequenceTask task = known.Task;
        data = known.Origin.Arrange(data, nameof(data));
        data = TakenOf(task.Align(data, known.Names, known.Channels, Options, nameof(data)), task.CheckFurther, Options, nameof(data));
        EmbeddingOptions.Check(data, known.Model.Spec.Symbols, Options.Inputs.Missing, nameof(data));
        ILearner learner = Interlocked.Exchange(ref _learner, null) ?? LearnerOf(known);
        known.Hold(this);
        known.Model.BeginChange();
        try
        {
            double loss = learner.Continue(known, data);
            known.LastWeights = null;
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (_fitted is null)
                Adopt(known);
            _learner = learner;
            return loss;
        }
        catch (Exception e)
        {
            if (e is TrainingDivergedException && _fitted is not null)
                _learner = learner;
            else
                learner.Dispose();
            throw;
        }
        finally
        {
            known.Model.EndChange();
            known.Release();
        }
    }

    /// <summary>Returns the prediction for every sequence: probabilities, or numbers in the units of the data.</summary>
    /// <exception cref="ArgumentException">The data don't match the model, or a sequence overflows the model's arithmetic.</exception>
    private protected float[][] Answers(SequenceDataset data) => [.. AnswersOneByOne(Fitted, data)];

    /// <summary>
    /// The same, computed lazily, one part of the data at a time. If the caller does not keep the predictions, memory does not grow with
    /// the data.
    /// </summary>
    /// <param name="known">The fitted model, read once per call because another thread may replace it meanwhile.</param>
    /// <param name="data">The data.</param>
    /// <exception cref="ArgumentException">The data don't match the model, or a sequence overflows the model's arithmetic.</exception>
    /// <exception cref="InvalidOperationException">The weights change at the same time.</exception>
    /// <exception cref="ObjectDisposedException">The model was disposed before.</exception>
    private protected IEnumerable<float[]> AnswersOneByOne(FittedModel known, SequenceDataset data)
    {
        data = Arranged(known, data);
        known.Hold(this);
        try
        {
            int version = known.BeginReading();
            using var workers = new Workers(data.Count > 1 ? Options.ResolvedThreads : 1);
            // A second caller at the same time gets an instance of its own.
            EnsembleInference? idle = Interlocked.Exchange(ref _idle, null);
            EnsembleInference inference = idle is not null && ReferenceEquals(idle.Fitted, known) ? idle : new EnsembleInference(known);
            foreach (float[] answer in inference.AnswersOneByOne(data, workers, nameof(data)))
            {
                known.CheckUnchanged(version, "it was asked; ask it again.");
                yield return answer;
            }
            if (ReferenceEquals(known, _fitted))
                Interlocked.Exchange(ref _idle, inference)?.Dispose();
        }
        finally
        {
            known.Release();
        }
    }

    /// <summary>Returns data with the channels of the model, checked.</summary>
    /// <exception cref="ArgumentException">The data don't match the model.</exception>
    internal SequenceDataset Arranged(FittedModel known, SequenceDataset data)
    {
        ArgumentNullException.ThrowIfNull(data);
        data = known.Origin.Arrange(data, nameof(data));
        TrainingData.CheckValues(data, known.Channels, Options.Inputs.Missing, nameof(data));
        EmbeddingOptions.Check(data, known.Model.Spec.Symbols, Options.Inputs.Missing, nameof(data));
        return data;
    }

    /// <summary>Returns the predictions for all sequences of a data set as one tensor, with the sequences as its first dimension.</summary>
    /// <param name="data">The data.</param>
    /// <param name="shape">The shape of one prediction.</param>
    /// <returns><c>[sequences, …]</c>.</returns>
    /// <exception cref="ArgumentException">The data don't match the model, or a sequence overflows the model's arithmetic.</exception>
    private protected Tensor<float> AnswersTogether(SequenceDataset data, params ReadOnlySpan<nint> shape)
    {
        ArgumentNullException.ThrowIfNull(data);
        int size = (int)TensorPrimitives.Product(shape);
        float[] all = new float[checked(data.Count * size)];
        int next = 0;
        foreach (float[] answer in AnswersOneByOne(Fitted, data))
        {
            answer.AsSpan(answer.Length - size).CopyTo(all.AsSpan(next, size)); // if there is an output at every step, the last one
            next += size;
        }
        return Tensor.Create(all, [data.Count, .. shape]);
    }

    /// <summary>Creates a data set of one sequence.</summary>
    /// <exception cref="ArgumentException">The sequence is empty, or its number of channels differs from the model's.</exception>
    private protected SequenceDataset Alone(Sequence sequence)
    {
        int channels = Channels;
        if (sequence.Steps == 0)
            throw new ArgumentException("The sequence is empty; it needs at least one step.", nameof(sequence));
        if (sequence.Channels != channels)
            throw new ArgumentException(
                $"The sequence has {sequence.Channels} channel{(sequence.Channels == 1 ? "" : "s")}; the model takes {channels}.",
                nameof(sequence));
        return new(channels, [], [new Sequence(sequence.Values, channels) { Times = sequence.Times }], "the sequence")
        {
            Vocabularies = sequence.Vocabularies ?? Fitted.Origin.Vocabularies,
            Offsets = new ValueOffsets(Fitted.Origin.Offsets.Channels),
        };
    }

    /// <summary>Returns the task of data of this kind.</summary>
    private protected abstract SequenceTask TaskOf(SequenceDataset data);

    /// <summary>Checks labelled data against the model, and numbers their classes or targets in the order of the model.</summary>
    /// <exception cref="ArgumentException">The data don't match the model; the message says where.</exception>
    private protected SequenceDataset AlignLabels(FittedModel known, SequenceDataset data) =>
        known.Task.Align(known.Origin.Arrange(data, nameof(data)), known.Names, known.Channels, Options, nameof(data));
}
