namespace Elman.Training;

/// <summary>Passes progress to a callback, and ends training if the callback asks for it.</summary>
/// <param name="callback">The callback.</param>
/// <param name="end">The source whose cancellation ends training.</param>
internal sealed class CallbackReport(ITrainingCallback callback, CancellationTokenSource end) : IProgress<TrainingProgress>
{
    /// <summary>Reports the end of a step. Unlike progress reports, no step is left out.</summary>
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
