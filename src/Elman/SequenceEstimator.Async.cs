namespace Elman;

/// <content>Asynchronous training, and training with a callback.</content>
public abstract partial class SequenceEstimator
{
    /// <summary>
    /// Runs <see cref="Fit"/> on its own thread, so that a user interface or a server stays responsive.
    /// </summary>
    /// <param name="data">The training data.</param>
    /// <param name="validation">The validation data.</param>
    /// <param name="progress">Receives progress reports on that thread; a <see cref="Progress{T}"/> passes them to the thread on which it
    /// was created.</param>
    /// <param name="cancellationToken">Stops training early; the weights trained so far are kept and usable.</param>
    /// <returns>
    /// The summary of the training. The task is cancelled if the token was cancelled before the first step. It fails with the exceptions of
    /// Fit.
    /// </returns>
    /// <remarks>
    /// The computation runs on <see cref="TrainingOptions.Threads"/> threads. It takes as long as Fit and leaves fewer processors to other
    /// work. Meanwhile the model answers with its previous weights.
    /// </remarks>
    /// <exception cref="ObjectDisposedException">The model has been disposed.</exception>
    public Task<TrainingSummary> FitAsync(SequenceDataset data, SequenceDataset? validation = null,
        IProgress<TrainingProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        ObjectDisposedException.ThrowIf(_disposed, this);
        return Task.Factory.StartNew(() => Fit(data, validation, progress, cancellationToken), cancellationToken,
            TaskCreationOptions.LongRunning | TaskCreationOptions.DenyChildAttach, TaskScheduler.Default);
    }

    /// <summary>
    /// <see cref="Fit"/> with a callback at every step.
    /// </summary>
    /// <param name="data">The training data.</param>
    /// <param name="callback">A callback that is called after every update and every epoch, and may end training: the weights trained so
    /// far are kept, and the summary says <see cref="TrainingSummary.Cancelled"/>.</param>
    /// <param name="validation">The validation data.</param>
    /// <param name="cancellationToken">Stops training early, too.</param>
    /// <inheritdoc cref="Fit" path="/exception"/>
    /// <returns>The summary of the training.</returns>
    public TrainingSummary FitWithCallback(SequenceDataset data, ITrainingCallback callback, SequenceDataset? validation = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(callback);
        using Learning _ = BeginLearning();
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            return FitAs(null, data, validation, Options, new Training.CallbackReport(callback, end), end.Token);
        }
        catch (OperationCanceledException e)
        {
            throw new OperationCanceledException(e.Message, e, cancellationToken);
        }
    }
}
