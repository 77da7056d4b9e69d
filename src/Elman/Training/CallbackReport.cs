namespace Elman.Training;

/// <summary>Takes reports of progress to a callback, and ends training where it says so.</summary>
/// <param name="callback">The callback.</param>
/// <param name="end">Ends training.</param>
internal sealed class CallbackReport(ITrainingCallback callback, CancellationTokenSource end) : IProgress<TrainingProgress>
{
    /// <summary>A step has ended: unlike reports, none is left out.</summary>
    public void Step(TrainingProgress progress)
    {
        if (!callback.AfterStep(progress))
            end.Cancel();
    }

    /// <inheritdoc/>
    public void Report(TrainingProgress value)
    {
        if (value.EpochEnded && !callback.AfterEpoch(value))
            end.Cancel();
    }
}
