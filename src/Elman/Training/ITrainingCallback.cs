namespace Elman;

/// <summary>Looks at training after every update of the weights and after every epoch, on the thread that trains, and may end it.</summary>
/// <remarks>
/// Training waits for it, so it should be quick; an exception that it throws ends training, and what was known before is kept. An
/// <see cref="IProgress{T}"/> hears less: every epoch, and steps about ten times a second. Where the model is chosen automatically
/// (<see cref="TrainingOptions.Auto"/>), an epoch is a candidate and steps are not told. What is learned by least squares has one epoch,
/// and a step is a batch that was looked at.
/// </remarks>
public interface ITrainingCallback
{
    /// <summary>A batch was learned from.</summary>
    /// <param name="progress">Where training stands; the figures are those of the epoch so far.</param>
    /// <returns>Whether training goes on.</returns>
    bool AfterStep(TrainingProgress progress) => true;

    /// <summary>An epoch has ended, and validation data, if there are any, were looked at.</summary>
    /// <param name="progress">Where training stands; the figures are those of the epoch.</param>
    /// <returns>Whether training goes on.</returns>
    bool AfterEpoch(TrainingProgress progress) => true;
}
