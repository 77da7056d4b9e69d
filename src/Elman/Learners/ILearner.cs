using Elman.Fitted;

namespace Elman.Learners;

/// <summary>A method to train a model: by gradients, or by least squares.</summary>
internal interface ILearner : IDisposable
{
    /// <summary>Trains a model. If the token is cancelled, it stops after the current batch and keeps the result so far.</summary>
    /// <param name="data">The training data, already checked.</param>
    /// <param name="progress">Receives the progress.</param>
    /// <param name="cancellationToken">Stops it early.</param>
    /// <returns>The model with its preprocessing, summary and history.</returns>
    /// <exception cref="TrainingDivergedException">The loss or a weight is not finite.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled before the first batch.</exception>
    FittedModel Fit(TrainingSet data, IProgress<TrainingProgress>? progress, CancellationToken cancellationToken);

    /// <summary>Continues training: one pass over further data. The weights are changed in place.</summary>
    /// <param name="known">The model from <see cref="Fit"/>, or the starting model; the same at every call.</param>
    /// <param name="data">The data, already checked, with the class or target numbers of the model.</param>
    /// <returns>The mean loss.</returns>
    /// <exception cref="TrainingDivergedException">A number is not finite; the weights are unchanged, and training can continue with other
    /// data.</exception>
    double Continue(FittedModel known, SequenceDataset data);
}
