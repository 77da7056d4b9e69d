using Elman.Fitted;
using Elman.Learners;
using Elman.Sequences;
using Elman.Training.Tasks;
using Elman.Training;

namespace Elman;

/// <content>Training that starts from a fitted model.</content>
public abstract partial class SequenceEstimator
{
    /// <summary>
    /// Learns as <see cref="Fit"/> does, but from the weights of a fitted model on instead of drawn ones. What was learned before is
    /// forgotten; if it fails, it is kept.
    /// </summary>
    /// <param name="start">
    /// A fitted model of the same task, which does not change; it may be this one. Weights, the scaling of inputs and targets, and the list
    /// of classes are taken over, and of <see cref="Options"/> all that shapes a model: such an option must have its value there, or its
    /// default. All others are those of this model: epochs, optimizer, learning rate.
    /// </param>
    /// <param name="data">The training data: channels and targets as those of <paramref name="start"/>, and no class that it does not know.
    /// Not every class need occur.</param>
    /// <param name="validation">As for <see cref="Fit"/>.</param>
    /// <param name="progress">Hears how it goes.</param>
    /// <param name="cancellationToken">Stops training early; what was learned until then is kept and usable.</param>
    /// <returns>What came out; the epochs are those of this call.</returns>
    /// <remarks>
    /// The optimizer starts at rest. Unlike <see cref="PartialFit"/>, this goes through the data for <see cref="TrainingOptions.Epochs"/>.
    /// </remarks>
    /// <exception cref="ArgumentException">
    /// <paramref name="start"/> is a reservoir such as <c>esn</c>, an average of several models or of another task; an option contradicts
    /// it; or the data can't be learned from. The message says what, and where.
    /// </exception>
    /// <exception cref="TrainingDivergedException">The loss or a weight stopped being finite.</exception>
    /// <exception cref="InvalidOperationException"><paramref name="start"/> is not fitted, or the model learns already.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled before the first step:
    /// nothing was learned, and what was known is kept.</exception>
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
        return Learn(
            new TrainingSet(task, Fitting(data, nameof(data)), validation is null ? null : Fitting(validation, nameof(validation)), symbols,
                new SeededRandom(options.Seed))
            { Start = known, Origin = known.Origin.IsNone ? DataOrigin.Of(data) with { Interval = known.Origin.Interval } : known.Origin },
            options, progress, cancellationToken);

        SequenceDataset Fitting(SequenceDataset part, string parameter)
        {
            part = known.Origin.Arrange(part, parameter);
            part = task.Align(part, known.Names, known.Channels, options, parameter);
            task.CheckFurther(part, options, parameter);
            part = TakenOf(part, task.CheckFurther, options, parameter);
            EmbeddingOptions.Check(part, symbols, options.Inputs.Missing, parameter);
            return part;
        }
    }
}
