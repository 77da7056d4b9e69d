using System.Numerics.Tensors;
using Elman.Fitted;
using Elman.Inference;
using Elman.Kernels;
using Elman.Learners;
using Elman.Training.Tasks;
using Elman.Training;

namespace Elman;

/// <summary>
/// Base class of all sequence models: a <see cref="SequenceClassifier"/>, a <see cref="SequenceTagger"/>, a
/// <see cref="SequenceRegressor"/>, a <see cref="SequenceForecaster"/>.
/// </summary>
/// <remarks>
/// The same data, options and seed give the same model, bit for bit, whatever the number of threads; a sequence gets the same answer
/// alone and among others. A fitted model may be asked by several threads at once, and one thread may <see cref="Fit"/> it meanwhile:
/// questions that had begun are answered by what was known. A second <see cref="Fit"/> or <see cref="PartialFit"/> at the same time is
/// refused. <see cref="PartialFit"/> changes weights in place: questions at the same time are refused, at their beginning or at their end.
/// <see cref="Dispose"/> lets what is under way come to its end. A question about many sequences is shared among
/// <see cref="TrainingOptions.Threads"/> threads of its own: where many callers ask at once, set that to 1 (of a model from a file by
/// <see cref="LoadOptions.Threads"/>).
/// </remarks>
public abstract partial class SequenceEstimator : IDisposable
{
    private FittedModel? _fitted;
    private EnsembleInference? _idle;
    private ILearner? _learner;

    /// <summary>One that is yet to be fitted.</summary>
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
    /// What was chosen. After loading only what shapes the model is as it was;
    /// after <see cref="FitFrom"/> that is as in the model it started from.
    /// </summary>
    public TrainingOptions Options { get; private set; }

    /// <summary>Whether it has learned or was loaded.</summary>
    public bool IsFitted => _fitted is not null;

    /// <summary>Whether it can run on a stream (<see cref="OpenSession"/>): all of its members can.</summary>
    /// <exception cref="InvalidOperationException">It is not fitted.</exception>
    public bool CanStream => Fitted.CanStream;

    /// <summary>The models whose answers are averaged: one, or where they were chosen automatically, possibly several.</summary>
    /// <exception cref="InvalidOperationException">It is not fitted.</exception>
    public IReadOnlyList<MemberInfo> Members => [.. Fitted.Members.Select(MemberInfo.Of)];

    /// <summary>Channels of the sequences it takes.</summary>
    /// <exception cref="InvalidOperationException">It is not fitted.</exception>
    public int Channels => Fitted.GivenChannels;

    /// <summary>
    /// The names of the channels, in the order in which the model takes them; empty where the training data had no names for them.
    /// </summary>
    /// <exception cref="InvalidOperationException">It is not fitted.</exception>
    public IReadOnlyList<string> ChannelNames => Fitted.Origin.ChannelNames;

    /// <summary>In which columns of a table the training data were found; <see langword="null"/> if they came from no table.</summary>
    /// <exception cref="InvalidOperationException">It is not fitted.</exception>
    public TableColumns? Columns => Fitted.Origin.Columns;

    /// <summary>
    /// How the values of the training data were made, such as features of audio (<see cref="SequenceDataset.Preparation"/>): those of other
    /// data must be made so too. <see langword="null"/> if they were as they were found.
    /// </summary>
    /// <exception cref="InvalidOperationException">It is not fitted.</exception>
    public string? Preparation => Fitted.Origin.Preparation;

    /// <summary>
    /// What the model subtracts from values: that of data sets is brought in line, but values of a stream, or of a
    /// <see cref="Sequence"/> alone, have it subtracted already, and so have answers that are numbers.
    /// </summary>
    /// <exception cref="InvalidOperationException">It is not fitted.</exception>
    public ValueOffsets Offsets => Fitted.Origin.Offsets;

    /// <summary>
    /// Of each channel the symbols that the model knows, where it holds text, and <see langword="null"/> if it holds numbers; empty
    /// where no channel holds text.
    /// </summary>
    /// <exception cref="InvalidOperationException">It is not fitted.</exception>
    public IReadOnlyList<Vocabulary?> Vocabularies => Fitted.Origin.Vocabularies;

    /// <summary>The number of parameters of the model.</summary>
    /// <exception cref="InvalidOperationException">It is not fitted.</exception>
    public long ParameterCount => Fitted.Members.Sum(member => member.Model.Values.Layout.Count);

    /// <summary>The number of them that were trained: all, but for an <c>esn</c> those of the output layer alone.</summary>
    /// <exception cref="InvalidOperationException">It is not fitted.</exception>
    public long LearnedParameterCount => Layers.Where(layer => !layer.IsFixed).Sum(layer => layer.Parameters);

    /// <summary>
    /// How values are shifted and scaled on their way in, channel by channel, or with <see cref="InputOptions.Differences"/> and
    /// <see cref="InputOptions.Patch"/> input by input; <see langword="null"/> if they are taken as they are.
    /// </summary>
    public Standardization? Standardization => _fitted?.Preprocessing.Standardization;

    /// <summary>How it was trained, or <see langword="null"/> if that is not known.</summary>
    public TrainingSummary? Summary => _fitted?.Summary;

    /// <summary>
    /// What the automatic choice tried and chose; <see langword="null"/> if nothing was chosen (<see cref="TrainingOptions.Auto"/>),
    /// and for a model from a file.
    /// </summary>
    public Leaderboard? Leaderboard => _fitted?.Leaderboard;

    /// <summary>The figures of every epoch; empty for a model from a file.</summary>
    public IReadOnlyList<EpochResult> History => _fitted?.History ?? [];

    /// <summary>What the model consists of, in the order in which data pass through it.</summary>
    /// <exception cref="InvalidOperationException">It is not fitted.</exception>
    public IReadOnlyList<LayerInfo> Layers => ModelDescription.Of(Fitted);

    /// <summary>What was learned.</summary>
    /// <exception cref="InvalidOperationException">It is not fitted.</exception>
    private protected FittedModel Fitted
    {
        get
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            return _fitted ?? throw new InvalidOperationException(
                $"The {GetType().Name["Sequence".Length..].ToLowerInvariant()} has not been trained: call Fit, or Load a model.");
        }
    }

    /// <summary>Learns. What was learned before is forgotten; if it fails, it is kept.</summary>
    /// <param name="data">The training data.</param>
    /// <param name="validation">
    /// Data to watch: the weights of the epoch with the lowest loss on it are kept. By default the share
    /// <see cref="TrainingOptions.Validation"/> of the training data. An <c>esn</c> is evaluated on it, and nothing is chosen.
    /// </param>
    /// <param name="progress">Hears how it goes.</param>
    /// <param name="cancellationToken">Stops training early; what was learned until then is kept and usable.</param>
    /// <returns>What came out.</returns>
    /// <exception cref="ArgumentException">The data can't be learned from; the message says why, and where.</exception>
    /// <exception cref="TrainingDivergedException">The loss or a weight stopped being finite.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled before the first step:
    /// nothing was learned, and what was known is kept.</exception>
    /// <exception cref="InvalidOperationException">It learns already, on another thread or in a report of progress.</exception>
    /// <exception cref="ObjectDisposedException">It has been disposed, maybe meanwhile.</exception>
    public TrainingSummary Fit(SequenceDataset data, SequenceDataset? validation = null,
        IProgress<TrainingProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        using Learning _ = BeginLearning();
        return FitAs(null, data, validation, Options, progress, cancellationToken);
    }

    /// <summary>
    /// Goes on learning: once through data that have just come in, without forgetting.
    /// The first time, all that is chosen is chosen by these data.
    /// </summary>
    /// <param name="data">The data. Their classes or targets must be those of the first time;
    /// then all must be listed, even those that do not occur yet.</param>
    /// <returns>The mean loss on these data while they were learned; of an <c>esn</c>, after that.</returns>
    /// <remarks>
    /// An <c>esn</c> knows afterwards what it would know from one <see cref="Fit"/> of all data so far, standardised as the first were;
    /// what <see cref="Fit"/> learned counts as well. Of others the learning rate stays at <see cref="TrainingOptions.LearningRate"/>, and
    /// momentum is kept from call to call until <see cref="Fit"/>. Balanced class weights are those of each call's data. Validation and
    /// epochs have no part in it. Sessions that were opened before are of no use afterwards.
    /// </remarks>
    /// <exception cref="ArgumentException">The data can't be learned from; the message says why, and where.</exception>
    /// <exception cref="TrainingDivergedException">The loss or a weight stopped being finite;
    /// the model is as it was before the call.</exception>
    /// <exception cref="InvalidOperationException">It is a reservoir from a file: the sums that its weights were computed from are not
    /// there. Or the model is chosen automatically (<see cref="TrainingOptions.Auto"/>), or learns already on another thread.</exception>
    /// <exception cref="ObjectDisposedException">It has been disposed, maybe meanwhile.</exception>
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

    /// <summary>The answer for every sequence: probabilities, or numbers in the units of the data.</summary>
    /// <exception cref="ArgumentException">The data don't fit, or a sequence overflows the model's arithmetic.</exception>
    private protected float[][] Answers(SequenceDataset data) => [.. AnswersOneByOne(Fitted, data)];

    /// <summary>
    /// The same, computed a part of the data at a time, as they are asked for: for callers that let them go, so that memory does not grow
    /// with the data.
    /// </summary>
    /// <param name="known">What was learned: read once for a question, since another thread may fit it meanwhile.</param>
    /// <param name="data">The data.</param>
    /// <exception cref="ArgumentException">The data don't fit, or a sequence overflows the model's arithmetic.</exception>
    /// <exception cref="InvalidOperationException">The weights change at the same time.</exception>
    /// <exception cref="ObjectDisposedException">The model was disposed before.</exception>
    private protected IEnumerable<float[]> AnswersOneByOne(FittedModel known, SequenceDataset data)
    {
        ArgumentNullException.ThrowIfNull(data);
        data = known.Origin.Arrange(data, nameof(data));
        TrainingData.CheckValues(data, known.Channels, Options.Inputs.Missing, nameof(data));
        EmbeddingOptions.Check(data, known.Model.Spec.Symbols, Options.Inputs.Missing, nameof(data));
        known.Hold(this);
        try
        {
            int version = known.BeginReading();
            using var workers = new Workers(data.Count > 1 ? Options.ResolvedThreads : 1);
            // A second caller at the same time gets its own.
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

    /// <summary>The answers for all sequences of a data set together, the sequences in front.</summary>
    /// <param name="data">The data.</param>
    /// <param name="shape">The shape of one answer.</param>
    /// <returns><c>[sequences, …]</c>.</returns>
    /// <exception cref="ArgumentException">The data don't fit, or a sequence overflows the model's arithmetic.</exception>
    private protected Tensor<float> AnswersTogether(SequenceDataset data, params ReadOnlySpan<nint> shape)
    {
        ArgumentNullException.ThrowIfNull(data);
        int size = (int)TensorPrimitives.Product(shape);
        float[] all = new float[checked(data.Count * size)];
        int next = 0;
        foreach (float[] answer in AnswersOneByOne(Fitted, data))
        {
            answer.AsSpan(answer.Length - size).CopyTo(all.AsSpan(next, size)); // of answers at every step the last
            next += size;
        }
        return Tensor.Create(all, [data.Count, .. shape]);
    }

    /// <summary>A data set of one sequence.</summary>
    /// <exception cref="ArgumentException">It is empty, or has another number of channels than the model.</exception>
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

    /// <summary>The task that such data have.</summary>
    private protected abstract SequenceTask TaskOf(SequenceDataset data);

    /// <summary>Checks labelled data against what was learned, and numbers their classes or targets as the model does.</summary>
    /// <exception cref="ArgumentException">They do not fit; the message says where.</exception>
    private protected SequenceDataset AlignLabels(FittedModel known, SequenceDataset data) =>
        known.Task.Align(known.Origin.Arrange(data, nameof(data)), known.Names, known.Channels, Options, nameof(data));
}
