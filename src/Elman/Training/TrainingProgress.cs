namespace Elman;

/// <summary>The progress of training: reported at the end of every epoch, and about ten times per second in between.</summary>
public sealed record TrainingProgress
{
    /// <summary>
    /// The candidate that is being tried, if the model is chosen automatically (<see cref="TrainingOptions.Auto"/>); then
    /// <see cref="Epoch"/> counts candidates, not epochs.
    /// </summary>
    public string? Candidate { get; init; }

    /// <summary>The current epoch or the one that has just ended, from 1.</summary>
    public required int Epoch { get; init; }

    /// <summary>The number of planned epochs.</summary>
    public required int Epochs { get; init; }

    /// <summary>Whether the epoch has just ended; then its figures are final.</summary>
    public required bool EpochEnded { get; init; }

    /// <summary>The completed share of all planned work, 0 to 1.</summary>
    public required double Fraction { get; init; }

    /// <summary>Mean loss over the epoch so far; for an <c>esn</c> NaN until its only pass has ended.</summary>
    public required double Loss { get; init; }

    /// <summary>The share of correct predictions in the epoch so far; <see langword="null"/> for numbers.</summary>
    public double? Accuracy { get; init; }

    /// <summary>The mean loss on the validation data after this epoch, if there are any.</summary>
    public double? ValidationLoss { get; init; }

    /// <summary>The accuracy on the validation data after this epoch, if there are any.</summary>
    public double? ValidationAccuracy { get; init; }

    /// <summary>The learning rate of the last step; 0 for an <c>esn</c>, which is not trained by gradients.</summary>
    public required double LearningRate { get; init; }

    /// <summary>
    /// The epoch in which training diverged and went on from the last good weights with a third of the learning rate;
    /// <see langword="null"/> if it did not.
    /// </summary>
    public int? DivergedEpoch { get; init; }

    /// <summary>The number of training sequences per second since the start.</summary>
    public required double SequencesPerSecond { get; init; }

    /// <summary>The time since the start.</summary>
    public required TimeSpan Elapsed { get; init; }

    /// <summary>The approximate remaining time if all planned epochs are run.</summary>
    public required TimeSpan Remaining { get; init; }
}
