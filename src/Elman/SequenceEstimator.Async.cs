namespace Elman;

/// <content>Training beside other work.</content>
public abstract partial class SequenceEstimator
{
    /// <summary>
    /// <see cref="Fit"/> on a thread of its own, so that
    /// a window or a server goes on meanwhile.
    /// </summary>
    /// <param name="data">The training data.</param>
    /// <param name="validation">Data to watch.</param>
    /// <param name="progress">Hears how it goes, on that thread; a <see cref="Progress{T}"/> takes it to the one where it was
    /// made.</param>
    /// <param name="cancellationToken">Stops training early; what was learned until then is kept and usable.</param>
    /// <returns>
    /// What came out. The task ends as cancelled where the token was cancelled before the first step, and with the exceptions of Fit.
    /// </returns>
    /// <remarks>
    /// The work is computation, on <see cref="TrainingOptions.Threads"/> threads: it takes as long as Fit and leaves that many processors
    /// less to others. Meanwhile the model answers with what it knew.
    /// </remarks>
    /// <exception cref="ObjectDisposedException">It has been disposed.</exception>
    public Task<TrainingSummary> FitAsync(SequenceDataset data, SequenceDataset? validation = null,
        IProgress<TrainingProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        ObjectDisposedException.ThrowIf(_disposed, this);
        return Task.Factory.StartNew(() => Fit(data, validation, progress, cancellationToken), cancellationToken,
            TaskCreationOptions.LongRunning | TaskCreationOptions.DenyChildAttach, TaskScheduler.Default);
    }

    /// <summary>
    /// <see cref="Fit"/> with a look at every step.
    /// </summary>
    /// <param name="data">The training data.</param>
    /// <param name="callback">Is called after every update and every epoch, and may end training: what was learned until then is kept, and
    /// the summary says <see cref="TrainingSummary.Cancelled"/>.</param>
    /// <param name="validation">Data to watch.</param>
    /// <param name="cancellationToken">Stops training early as well.</param>
    /// <inheritdoc cref="Fit" path="/exception"/>
    /// <returns>What came out.</returns>
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
