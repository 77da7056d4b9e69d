namespace Elman;

/// <summary>
/// The settings and results of a training. Stored in the model file, except figures that differ from run to run.
/// </summary>
public sealed record TrainingSummary
{
    /// <summary>A loss above this share of the loss of a guess counts as no better than a guess.</summary>
    private const double ShareOfGuess = 0.95;

    /// <summary>The number of complete epochs; 1 for an <c>esn</c>, which is trained in one pass.</summary>
    public required int Epochs { get; init; }

    /// <summary>
    /// The epoch whose weights the model has: the one with the lowest validation loss, or without validation the last. After a cancellation
    /// without validation, the weights also include a part of the next epoch.
    /// </summary>
    public required int BestEpoch { get; init; }

    /// <summary>Mean training loss in the last epoch; for an <c>esn</c>, after it.</summary>
    public required double TrainLoss { get; init; }

    /// <summary>Validation loss of the best epoch, if there were validation data.</summary>
    public double? ValidationLoss { get; init; }

    /// <summary>Validation accuracy of the best epoch, if there were validation data.</summary>
    public double? ValidationAccuracy { get; init; }

    /// <summary>
    /// The scores of an automatically chosen model (<see cref="TrainingOptions.Auto"/>) on held-out training cases; otherwise
    /// <see langword="null"/>.
    /// </summary>
    public LeftOutResult? LeftOut { get; init; }

    /// <summary>
    /// The loss of a guess, the best constant prediction for all training cases: for classes the entropy of their shares, for standardised
    /// numbers 1. <see langword="null"/> if it is not known, as with losses other than the task's own.
    /// </summary>
    public double? GuessLoss { get; init; }

    /// <summary>
    /// Whether the model learned something: whether its loss is at most 95 % of <see cref="GuessLoss"/>. The loss is that on held-out cases
    /// if the model was chosen automatically, otherwise the training loss. <see langword="null"/> if either is not known.
    /// </summary>
    public bool? HasLearned =>
        (LeftOut?.Loss ?? TrainLoss) is var loss && GuessLoss is { } guess && !double.IsNaN(loss) ? loss <= ShareOfGuess * guess : null;

    /// <summary>The number of training sequences, without validation data.</summary>
    public required int Sequences { get; init; }

    /// <summary>The duration of training in seconds; <see langword="null"/> for a model from a file.</summary>
    public double? Seconds { get; init; }

    /// <summary>The number of training sequences per second; <see langword="null"/> for a model from a file.</summary>
    public double? SequencesPerSecond { get; init; }

    /// <summary>The number of threads used; <see langword="null"/> for a model from a file.</summary>
    public int? Threads { get; init; }

    /// <summary>The seed.</summary>
    public required int Seed { get; init; }

    /// <summary>
    /// The epoch, from 1, in which training diverged and went on from the last good weights with a third of the learning rate;
    /// <see langword="null"/> if it did not diverge.
    /// </summary>
    public int? DivergedEpoch { get; init; }

    /// <summary>Whether training was cancelled before its end.</summary>
    public bool Cancelled { get; init; }
}

/// <summary>
/// The scores of an automatically chosen model on training cases that its members were not trained on. Slightly optimistic, since the
/// model was chosen on these cases.
/// </summary>
/// <param name="Cases">The number of cases.</param>
/// <param name="Loss">The mean loss: the log loss for classes; for numbers the squared error divided by their variance.</param>
/// <param name="Accuracy">The share of correct predictions; <see langword="null"/> for numbers.</param>
public sealed record LeftOutResult(int Cases, double Loss, double? Accuracy);

/// <summary>The figures of one epoch.</summary>
/// <param name="Epoch">The number of the epoch, from 1.</param>
/// <param name="Loss">The mean training loss during the epoch; for an <c>esn</c> after it, like the accuracy.</param>
/// <param name="Accuracy">The share of correct predictions on the training data during the epoch, over sequences, classes or steps;
/// <see langword="null"/> for numbers.</param>
/// <param name="ValidationLoss">The mean loss on the validation data after the epoch, if there are any.</param>
/// <param name="ValidationAccuracy">The accuracy on the validation data after the epoch, if there are any.</param>
public sealed record EpochResult(
    int Epoch, double Loss, double? Accuracy, double? ValidationLoss = null, double? ValidationAccuracy = null)
{
    /// <summary>The learning rate of the last step of the epoch; 0 for an <c>esn</c>, which is not trained by gradients.</summary>
    public double LearningRate { get; init; }

    /// <summary>The time of training up to the end of the epoch; of a resumed training, without the time between.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>Whether all figures are the same. The time is not compared, since it differs from run to run.</summary>
    /// <param name="other">The figures of another epoch.</param>
    public bool Equals(EpochResult? other) => other is not null && Epoch == other.Epoch && Loss.Equals(other.Loss)
        && Nullable.Equals(Accuracy, other.Accuracy) && Nullable.Equals(ValidationLoss, other.ValidationLoss)
        && Nullable.Equals(ValidationAccuracy, other.ValidationAccuracy) && LearningRate.Equals(other.LearningRate);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Epoch, Loss, Accuracy, ValidationLoss, ValidationAccuracy, LearningRate);
}
