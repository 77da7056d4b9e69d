namespace Elman;

/// <summary>A callback after every update of the weights and after every epoch, on the training thread. It may end training.</summary>
/// <remarks>
/// Training waits for the callback, so it should be fast. An exception from it ends training, and the previous model is kept. An
/// <see cref="IProgress{T}"/> gets fewer reports: every epoch, and steps about ten times a second. If the model is chosen automatically
/// (<see cref="TrainingOptions.Auto"/>), an epoch is a candidate, and steps are not reported. Least squares has one epoch, in which a step
/// is a batch of the data.
/// </remarks>
public interface ITrainingCallback
{
    /// <summary>Called after the update for a batch.</summary>
    /// <param name="progress">The progress of training; the figures are those of the epoch so far.</param>
    /// <returns>Whether training continues.</returns>
    bool AfterStep(TrainingProgress progress) => true;

    /// <summary>Called after an epoch and its validation, if there are validation data.</summary>
    /// <param name="progress">The progress of training; the figures are those of the epoch.</param>
    /// <returns>Whether training continues.</returns>
    bool AfterEpoch(TrainingProgress progress) => true;
}
