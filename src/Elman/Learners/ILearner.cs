using Elman.Fitted;

namespace Elman.Learners;

/// <summary>A way to learn a model from data: by gradients, by least squares.</summary>
internal interface ILearner : IDisposable
{
    /// <summary>Learns. Where the token is cancelled, stops after the batch under way and keeps what was learned until then.</summary>
    /// <param name="data">What to learn from, checked before.</param>
    /// <param name="progress">Hears how it goes.</param>
    /// <param name="cancellationToken">Stops it early.</param>
    /// <returns>The model with what is needed to use it, its summary and its history.</returns>
    /// <exception cref="TrainingDivergedException">The loss or a weight stopped being finite.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled before the first batch: nothing was learned.</exception>
    FittedModel Fit(TrainingSet data, IProgress<TrainingProgress>? progress, CancellationToken cancellationToken);

    /// <summary>Goes on learning with a model: once through further data. Its weights change in place.</summary>
    /// <param name="known">The model that <see cref="Fit"/> gave or that is to be begun with, the same at every call.</param>
    /// <param name="data">The data, checked before, their classes or targets numbered as the model's.</param>
    /// <returns>The mean loss.</returns>
    /// <exception cref="TrainingDivergedException">A number stopped being finite; the weights are as they were,
    /// and other data can be learned.</exception>
    double Continue(FittedModel known, SequenceDataset data);
}
