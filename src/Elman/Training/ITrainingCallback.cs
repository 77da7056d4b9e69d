namespace Elman;

/// <summary>Looks at training after every update of the weights and after every epoch, on the thread that trains, and may end it.</summary>
/// <remarks>
/// Training waits for it, so it should be quick. An exception that it throws ends training, and the previous model is kept. An
/// <see cref="IProgress{T}"/> gets fewer reports: every epoch, and steps about ten times a second. If the model is chosen automatically
/// (<see cref="TrainingOptions.Auto"/>), an epoch is a candidate, and steps are not reported. Least squares has one epoch, in which a step
/// is a batch of the data.
/// </remarks>
public interface ITrainingCallback
{
    /// <summary>A batch was learned from.</summary>
    /// <param name="progress">Where training stands; the figures are those of the epoch so far.</param>
    /// <returns>Whether training continues.</returns>
    bool AfterStep(TrainingProgress progress) => true;

    /// <summary>An epoch has ended, and validation data, if there are any, were looked at.</summary>
    /// <param name="progress">Where training stands; the figures are those of the epoch.</param>
    /// <returns>Whether training continues.</returns>
    bool AfterEpoch(TrainingProgress progress) => true;
}
