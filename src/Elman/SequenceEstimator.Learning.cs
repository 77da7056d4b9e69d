using Elman.Auto;
using Elman.Checkpoints;
using Elman.Fitted;
using Elman.Learners;
using Elman.Models;
using Elman.Persistence;
using Elman.Sequences;
using Elman.Training;
using Elman.Training.Tasks;

namespace Elman;

/// <content>Preparation of the training data and the learner.</content>
public abstract partial class SequenceEstimator
{
    /// <summary>Trains; if a tested model is given, with its choices.</summary>
    private protected TrainingSummary FitAs(
        FittedModel? tested, SequenceDataset data, SequenceDataset? validation, TrainingOptions options,
        IProgress<TrainingProgress>? progress, CancellationToken cancellationToken) =>
        Learn(SetOf(data, validation, options) with { Tested = tested }, options, progress, cancellationToken);

    /// <summary>Checked data for a model that has no weights yet.</summary>
    private TrainingSet SetOf(SequenceDataset data, SequenceDataset? validation, TrainingOptions options)
    {
        SequenceTask task = TaskOf(data);
        CheckTask(task);
        var origin = DataOrigin.Of(data, task, options, nameof(data));
        data = origin.Arrange(data, nameof(data));
        task.CheckTraining(data, options, nameof(data));
        if (validation is not null)
            validation = origin.Arrange(validation, nameof(validation));
        if (validation is not null)
            validation = TakenOf(task.Align(validation, task.NamesOf(data), data.Channels, options, nameof(validation)), task.CheckFurther,
                options, nameof(validation));
        data = TakenOf(data, task.CheckTraining, options, nameof(data));
        SymbolTables symbols = EmbeddingOptions.Fit(data, options, nameof(data));
        if (validation is not null)
            EmbeddingOptions.Check(validation, symbols, options.Inputs.Missing, nameof(validation));
        return new TrainingSet(task, data, validation, symbols, new SeededRandom(options.Seed)) { Origin = origin };
    }

    /// <summary>Creates a model with random weights for the first data.</summary>
    private FittedModel First(SequenceDataset data)
    {
        SequenceTask task = TaskOf(data);
        CheckTask(task);
        var origin = DataOrigin.Of(data, task, Options, nameof(data));
        data = origin.Arrange(data, nameof(data));
        task.CheckFurther(data, Options, nameof(data));
        data = TakenOf(data, task.CheckFurther, Options, nameof(data));
        SymbolTables symbols = EmbeddingOptions.Fit(data, Options, nameof(data));
        var set = new TrainingSet(task, data, null, symbols, new SeededRandom(Options.Seed)) { Origin = origin };
        ModelLimits.Check(set, Options, nameof(data));
        return set.Begin(Options, CancellationToken.None);
    }

    /// <summary>Trains on checked data. If <see cref="TrainingOptions.Validation"/> is set, a share of them is held out first.</summary>
    private TrainingSummary Learn(
        TrainingSet set, TrainingOptions options, IProgress<TrainingProgress>? progress, CancellationToken cancellationToken)
    {
        ModelLimits.Check(set, options, "data");
        using CheckpointFolder? folder = Checkpoint is null ? null : new CheckpointFolder(Checkpoint, TrainingIdentity.Of(set, options));
        if (folder is not null)
            set = set with { Checkpoint = new CheckpointScope(folder, "model") };
        if (set.Validation is null && options.Validation > 0)
        {
            (SequenceDataset data, SequenceDataset validation) = HoldOut(set.Data, set, options);
            set = set with { Data = data, Validation = validation };
        }
        ILearner learner = NewLearner(options);
        try
        {
            TrainingSet pieces = InPieces(set, options);
            // Other learners keep more than the model, for further training, or are made of parts that are kept.
            FittedModel fitted = learner is GradientLearner
                ? CompleteFit.Of(pieces, options, () => learner.Fit(pieces, progress, cancellationToken))
                : learner.Fit(pieces, progress, cancellationToken);
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (fitted.Summary is { Cancelled: false })
                folder?.Finish();
            if (!ReferenceEquals(pieces, set) && fitted.Summary is { } summary)
                fitted = fitted with
                {
                    Summary = summary with
                    {
                        Sequences = set.Data.Count,
                        SequencesPerSecond = summary.SequencesPerSecond * set.Data.Count / pieces.Data.Count,
                    },
                };
            if (set.Tested is { } tested)
                fitted = fitted with { Bands = tested.Bands };
            else if (set.Task.Kind == ModelTask.Forecast && !options.IsAuto && set.Validation is { } held)
                fitted = fitted with { Bands = EndAnswers.BandsOf(fitted, held, options) };
            if (fitted.Summary is { Cancelled: true })
                folder?.Save();
            Options = options;
            Adopt(fitted);
            _learner = learner;
            return fitted.Summary!;
        }
        catch (Exception e) when (e is not CheckpointException)
        {
            KeepWhatIsComplete(folder);
            throw;
        }
        finally
        {
            if (!ReferenceEquals(_learner, learner))
                learner.Dispose();
        }
    }

    /// <summary>Saves the complete parts of a training that ended with an exception, which must not be hidden by a failed save.</summary>
    private static void KeepWhatIsComplete(CheckpointFolder? folder)
    {
        try
        {
            folder?.Save();
        }
        catch (CheckpointException)
        {
            // The exception that ended training is thrown.
        }
    }

    /// <summary>
    /// Cuts the long series of a forecaster into pieces if there are so few series that an epoch would be a single update of the weights.
    /// Not with truncated gradients, which carry the state on.
    /// </summary>
    private static TrainingSet InPieces(TrainingSet set, TrainingOptions options)
    {
        bool isOneUpdate = set.Task.Kind == ModelTask.Forecast && !options.IsAuto && !options.IsReservoir && options.Truncate == 0
            && set.Data.Count <= options.Batch;
        SequenceDataset pieces = isOneUpdate ? SequencePieces.Of(set.Data, options.Forecast.Horizon) : set.Data;
        return pieces.Count == set.Data.Count ? set : set with { Data = pieces };
    }

    /// <summary>
    /// Divides data into training data and a share for validation: a share of each class, or for a forecaster the end of each sequence.
    /// </summary>
    private static (SequenceDataset Data, SequenceDataset Validation) HoldOut(
        SequenceDataset data, TrainingSet set, TrainingOptions options)
    {
        if (set.Task.Kind == ModelTask.Forecast && DivisionInTime.Of(data, options.Validation, options.Forecast.Horizon) is { } division)
            return (division.Beginning, division.End);
        (SequenceDataset rest, SequenceDataset validation) = StratifiedSplit.Draw(data, options.Validation, set.Random);
        return validation.Count > 0
            ? (rest, validation)
            : throw new ArgumentException("No class has two sequences, so none can be held out for validation; pass validation data, or "
                + "leave Validation at 0.", nameof(data));
    }

    /// <summary>Returns the sequences that are left if steps are skipped; checks the data again if there are fewer.</summary>
    private static SequenceDataset TakenOf(
        SequenceDataset data, Action<SequenceDataset, TrainingOptions, string> check, TrainingOptions options, string parameter)
    {
        SequenceDataset taken = TrainingData.Taken(data, options.Inputs.Missing, parameter);
        if (taken.Count < data.Count)
            check(taken, options, parameter);
        return taken;
    }

    private void CheckTask(SequenceTask task)
    {
        IReadOnlyList<string> problems = task.FindProblems(Options);
        if (problems.Count > 0)
            throw new ArgumentException(string.Join(" ", problems));
    }

    private static ILearner NewLearner(TrainingOptions options) => options.IsAuto ? new AutoLearner(options) : Learner.Of(options);

    /// <summary>Creates a learner that continues a model that another learner has fitted.</summary>
    private ILearner LearnerOf(FittedModel known) => Options.LearnsOutputByLeastSquares && _fitted is not null
        ? throw new InvalidOperationException($"The {known.Model.Spec.Cell} was loaded from a file, which has the weights but not the "
            + "sums they were computed from, so training can't continue. Call Fit with all data.")
        : NewLearner(Options);
}
