namespace Elman;

/// <summary>
/// How a model was trained and what came out. Travels in the model file, except the figures that differ from run to run.
/// </summary>
public sealed record TrainingSummary
{
    /// <summary>A loss above this share of that of a guess is near it.</summary>
    private const double ShareOfGuess = 0.95;

    /// <summary>Epochs run to their end; of an <c>esn</c>, which learns in one pass, 1.</summary>
    public required int Epochs { get; init; }

    /// <summary>
    /// The epoch whose weights the model has: the one with the lowest validation loss, or without validation the last. After a cancellation
    /// without validation they are a part of an epoch further on.
    /// </summary>
    public required int BestEpoch { get; init; }

    /// <summary>Mean training loss in the last epoch; of an <c>esn</c>, after it.</summary>
    public required double TrainLoss { get; init; }

    /// <summary>Validation loss of the best epoch, if there were validation data.</summary>
    public double? ValidationLoss { get; init; }

    /// <summary>Validation accuracy of the best epoch, if there were validation data.</summary>
    public double? ValidationAccuracy { get; init; }

    /// <summary>
    /// How the choice did on training held-out cases, where the model was chosen automatically
    /// (<see cref="TrainingOptions.Auto"/>); else <see langword="null"/>.
    /// </summary>
    public LeftOutResult? LeftOut { get; init; }

    /// <summary>
    /// The loss of a guess, that is of the best answer that is the same for every training case: of classes the entropy of their shares, of
    /// standardised numbers 1. <see langword="null"/> if it is not known, as with losses other than the task's own.
    /// </summary>
    public double? GuessLoss { get; init; }

    /// <summary>
    /// Whether something was learned: whether the loss, of an automatic choice that on held-out cases, else that of training, is at most 95
    /// % of <see cref="GuessLoss"/>. <see langword="null"/> where either is not known.
    /// </summary>
    public bool? HasLearned =>
        (LeftOut?.Loss ?? TrainLoss) is var loss && GuessLoss is { } guess && !double.IsNaN(loss) ? loss <= ShareOfGuess * guess : null;

    /// <summary>Sequences trained on, validation data not counted.</summary>
    public required int Sequences { get; init; }

    /// <summary>Time that training took, in seconds; <see langword="null"/> for a model from a file.</summary>
    public double? Seconds { get; init; }

    /// <summary>Training sequences a second; <see langword="null"/> for a model from a file.</summary>
    public double? SequencesPerSecond { get; init; }

    /// <summary>Threads that worked; <see langword="null"/> for a model from a file.</summary>
    public int? Threads { get; init; }

    /// <summary>The seed.</summary>
    public required int Seed { get; init; }

    /// <summary>Whether training was cancelled before its end.</summary>
    public bool Cancelled { get; init; }
}

/// <summary>
/// How a model that was chosen automatically did on training cases that its members had not learned from.
/// A little too good, since it was chosen by them.
/// </summary>
/// <param name="Cases">The number of cases.</param>
/// <param name="Loss">The mean loss: log loss of classes, of numbers the squared error as a share of their variance.</param>
/// <param name="Accuracy">The share of right answers; <see langword="null"/> where numbers are learned.</param>
public sealed record LeftOutResult(int Cases, double Loss, double? Accuracy);

/// <summary>The figures of one epoch.</summary>
/// <param name="Epoch">From 1.</param>
/// <param name="Loss">Mean training loss while the epoch ran; of an <c>esn</c>, after it, as is the accuracy.</param>
/// <param name="Accuracy">Share of right answers on the training data while the epoch ran: of sequences, of classes, or of steps;
/// <see langword="null"/> where numbers are learned.</param>
/// <param name="ValidationLoss">Mean loss on the validation data after it, if there are any.</param>
/// <param name="ValidationAccuracy">Accuracy on the validation data after it, if there are any.</param>
public sealed record EpochResult(
    int Epoch, double Loss, double? Accuracy, double? ValidationLoss = null, double? ValidationAccuracy = null);
