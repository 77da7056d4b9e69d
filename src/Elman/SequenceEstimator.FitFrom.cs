using Elman.Fitted;
using Elman.Learners;
using Elman.Models;
using Elman.Sequences;
using Elman.Training;
using Elman.Training.Tasks;

namespace Elman;

/// <content>Training that starts from a fitted model.</content>
public abstract partial class SequenceEstimator
{
    /// <summary>
    /// Trains like <see cref="Fit"/>, but starts from the weights of a fitted model instead of random ones. The previous weights of this
    /// model are discarded; if training fails, they are kept.
    /// </summary>
    /// <param name="start">
    /// A fitted model of the same task, which does not change; it may be this one. It provides the weights, the scaling of inputs and
    /// targets, as a rule the list of classes, and all options that shape a model: in <see cref="Options"/> such an option must have the
    /// same value or its default. All other options are those of this model: epochs, optimizer, learning rate.
    /// </param>
    /// <param name="data">
    /// The training data: with the channels and targets of <paramref name="start"/>. If all their classes are classes of it, the list of
    /// classes stays, and not every class need occur. If there is another class, the classes are those of the data, and the output layer
    /// starts with random weights; all other weights are still those of <paramref name="start"/>.
    /// </param>
    /// <param name="validation">As for <see cref="Fit"/>.</param>
    /// <param name="progress">Receives progress reports.</param>
    /// <param name="cancellationToken">Stops training early; the weights trained so far are kept and usable.</param>
    /// <returns>The summary of the training; its epochs are those of this call.</returns>
    /// <remarks>
    /// The optimizer starts with an empty state. Unlike <see cref="PartialFit"/>, this trains for <see cref="TrainingOptions.Epochs"/>
    /// epochs.
    /// </remarks>
    /// <exception cref="ArgumentException">
    /// <paramref name="start"/> is a reservoir such as <c>esn</c>, an average of several models, or of another task; an option contradicts
    /// it; or the data are not suitable for training. The message names the problem and its position.
    /// </exception>
    /// <exception cref="TrainingDivergedException">The loss or a weight stopped being finite, as for <see cref="Fit"/>.</exception>
    /// <exception cref="CheckpointException">As for <see cref="Fit"/>.</exception>
    /// <exception cref="InvalidOperationException"><paramref name="start"/> is not fitted, or this model is already being
    /// trained.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled before the first step: nothing was trained, and the previous
    /// weights are kept.</exception>
    public TrainingSummary FitFrom(SequenceEstimator start, SequenceDataset data, SequenceDataset? validation = null,
        IProgress<TrainingProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(start);
        ArgumentNullException.ThrowIfNull(data);
        using Learning _ = BeginLearning();
        if (start.GetType() != GetType())
            throw new ArgumentException(
                $"A {GetType().Name} can only start from a model of the same type; this is a {start.GetType().Name}.", nameof(start));
        FittedModel known = start.Fitted;
        known.Hold(start);
        try
        {
            return LearnFrom(known, data, validation, progress, cancellationToken);
        }
        finally
        {
            known.Release();
        }
    }

    private TrainingSummary LearnFrom(FittedModel known, SequenceDataset data, SequenceDataset? validation,
        IProgress<TrainingProgress>? progress, CancellationToken cancellationToken)
    {
        TrainingOptions options = StartingModel.OptionsFrom(known, Options, OptionsOf(known));
        SequenceTask task = known.Task;
        SymbolTables symbols = known.Model.Spec.Symbols;
        IReadOnlyList<string>? classes = StartingModel.OtherClasses(known, data);
        using SequenceModel<float>? anew = classes is null ? null : StartingModel.WithOutputs(known.Model, classes.Count, options);
        FittedModel start = anew is null
            ? known
            : known with { Members = [known.Members[0] with { Model = anew, Temperature = 1 }], Names = classes! };
        return Learn(
            new TrainingSet(task, Fitting(data, nameof(data)), validation is null ? null : Fitting(validation, nameof(validation)), symbols,
                new SeededRandom(options.Seed))
            { Start = start, Origin = known.Origin.IsNone ? DataOrigin.Of(data) with { Interval = known.Origin.Interval } : known.Origin },
            options, progress, cancellationToken);

        SequenceDataset Fitting(SequenceDataset part, string parameter)
        {
            part = known.Origin.Arrange(part, parameter);
            part = task.Align(part, start.Names, known.Channels, options, parameter);
            // A new output layer needs every class, as a new model does.
            Action<SequenceDataset, TrainingOptions, string> check =
                classes is not null && parameter == nameof(data) ? task.CheckTraining : task.CheckFurther;
            check(part, options, parameter);
            part = TakenOf(part, check, options, parameter);
            EmbeddingOptions.Check(part, symbols, options.Inputs.Missing, parameter);
            return part;
        }
    }
}
