using Elman.Fitted;
using Elman.Learners;
using Elman.Models;
using Elman.Persistence;

namespace Elman;

/// <content>Training by a custom loop.</content>
public abstract partial class SequenceEstimator
{
    /// <summary>
    /// Creates the network that <see cref="Fit"/> would train on some data, with the same initial weights, for a custom training loop.
    /// This model does not change before <see cref="TakeOver"/>.
    /// </summary>
    /// <param name="data">The training data.</param>
    /// <returns>The network; dispose it when the loop has ended.</returns>
    /// <remarks>
    /// Those <see cref="Options"/> have an effect that shape the model, initialise its weights, prepare its inputs or define its loss. The
    /// loop itself decides about epochs, batches, learning rates, validation and clipping.
    /// </remarks>
    /// <exception cref="ArgumentException">The data are not suitable for training; the message names reason and position.</exception>
    /// <exception cref="InvalidOperationException">The model is chosen automatically, is trained by least squares, or has
    /// <see cref="TrainingOptions.Truncate"/> or <see cref="TrainingOptions.GradientCheckpointing"/>, which process a sequence in
    /// windows.</exception>
    /// <exception cref="ObjectDisposedException">The model has been disposed.</exception>
    public Network CreateNetwork(SequenceDataset data)
    {
        ArgumentNullException.ThrowIfNull(data);
        ObjectDisposedException.ThrowIf(_disposed, this);
        string? problem = Options switch
        {
            { IsAuto: true } => "The model is chosen automatically, so there is no one network to train; choose a Cell.",
            { LearnsOutputByLeastSquares: true } => $"{Options.Cell} with readout {Options.Model.Readout} learns by least squares, not by "
                + "gradients; choose another cell or readout.",
            { Truncate: > 0 } or { GradientCheckpointing: true } =>
                "A custom training loop uses whole sequences; leave Truncate and GradientCheckpointing at their defaults.",
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
    /// Copies the weights of a network into this model, as if <see cref="Fit"/> had trained them; the loop may continue. The previous
    /// weights are discarded.
    /// </summary>
    /// <param name="network">A network from <see cref="CreateNetwork"/> of a model of the same task.</param>
    /// <exception cref="ArgumentException">The network is for another task, or a weight is infinite or NaN.</exception>
    /// <exception cref="InvalidOperationException">Another thread trains the model.</exception>
    /// <exception cref="ObjectDisposedException">The model or the network has been disposed.</exception>
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
