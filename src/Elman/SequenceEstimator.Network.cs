using Elman.Fitted;
using Elman.Learners;
using Elman.Models;
using Elman.Persistence;

namespace Elman;

/// <content>Training by a custom loop.</content>
public abstract partial class SequenceEstimator
{
    /// <summary>
    /// Draws the network that <see cref="Fit"/> would train on some data, with the same weights, for a custom training loop.
    /// This model stays as it is until <see cref="TakeOver"/>.
    /// </summary>
    /// <param name="data">The training data.</param>
    /// <returns>The network; dispose it when the loop has ended.</returns>
    /// <remarks>
    /// Of <see cref="Options"/> all counts that shapes the model, draws its weights, prepares its inputs and judges its outputs; the loop
    /// itself decides about epochs, batches, learning rates, validation and clipping.
    /// </remarks>
    /// <exception cref="ArgumentException">The data can't be learned from; the message says why, and where.</exception>
    /// <exception cref="InvalidOperationException">The model is chosen automatically, learns by least squares, or has
    /// <see cref="TrainingOptions.Truncate"/> or <see cref="TrainingOptions.Checkpoint"/>, which go window by window.</exception>
    /// <exception cref="ObjectDisposedException">It has been disposed.</exception>
    public Network CreateNetwork(SequenceDataset data)
    {
        ArgumentNullException.ThrowIfNull(data);
        ObjectDisposedException.ThrowIf(_disposed, this);
        string? problem = Options switch
        {
            { IsAuto: true } => "The model is chosen automatically, so there is no one network to train; choose a Cell.",
            { LearnsOutputByLeastSquares: true } => $"{Options.Cell} with readout {Options.Model.Readout} learns by least squares, not by "
                + "gradients; choose another cell or readout.",
            { Truncate: > 0 } or { Checkpoint: true } =>
                "A custom training loop uses whole sequences; leave Truncate and Checkpoint at their defaults.",
            _ => null,
        };
        if (problem is not null)
            throw new InvalidOperationException(problem);
        TrainingSet set = SetOf(data, null, Options);
        ModelLimits.Check(set, Options, nameof(data));
        set = InPieces(set, Options);
        return new Network(set, set.Begin(Options, CancellationToken.None), Options);
    }

    /// <summary>
    /// Takes over what a network is now, as if <see cref="Fit"/> had learned it: a copy, so that the loop may go on. What was learned
    /// before is forgotten.
    /// </summary>
    /// <param name="network">A network that <see cref="CreateNetwork"/> of a model of the same task gave.</param>
    /// <exception cref="ArgumentException">It is for another task, or a weight is infinite or NaN.</exception>
    /// <exception cref="InvalidOperationException">The model learns on another thread.</exception>
    /// <exception cref="ObjectDisposedException">It, or the network, has been disposed.</exception>
    public void TakeOver(Network network)
    {
        ArgumentNullException.ThrowIfNull(network);
        using Learning _ = BeginLearning();
        FittedModel copy = network.Copy();
        string? problem = network.Problem();
        bool isOfThisTask = GetType() == copy.Model.Spec.Task switch
        {
            ModelTask.Tag => typeof(SequenceTagger),
            ModelTask.Regress => typeof(SequenceRegressor),
            ModelTask.Forecast => typeof(SequenceForecaster),
            _ => typeof(SequenceClassifier),
        };
        if (!isOfThisTask)
            problem = $"The network is for {copy.Task.Name}, which a {GetType().Name} does not do.";
        if (problem is not null)
        {
            copy.Model.Dispose();
            throw new ArgumentException(problem, nameof(network));
        }
        Options = network.Options;
        Adopt(copy);
    }
}
