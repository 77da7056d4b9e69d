namespace Elman.Auto;

/// <summary>Fits candidates so that they can be compared on held-out cases.</summary>
internal interface ICandidateFitter
{
    /// <summary>The data of the held-out cases.</summary>
    SequenceDataset Judged { get; }

    /// <summary>The data in which a candidate searches for properties, such as a period.</summary>
    SequenceDataset Measured { get; }

    /// <summary>Fits a candidate.</summary>
    /// <param name="planned">The candidate, with the properties found in the data.</param>
    /// <param name="progress">Receives the progress.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="TrainingDivergedException">A number stopped being finite.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled before there was anything to keep.</exception>
    CandidateFit Fit(PlannedCandidate planned, IProgress<TrainingProgress> progress, CancellationToken cancellationToken);

    /// <summary>Returns the final models of a chosen candidate.</summary>
    /// <param name="fit">The compared model; disposed if it is replaced.</param>
    /// <param name="cancellationToken">If cancelled, the compared model is kept.</param>
    CandidateFit Finish(CandidateFit fit, CancellationToken cancellationToken);

    /// <summary>Predictions of the chosen models for further held-out cases, for quantiles of errors.</summary>
    /// <param name="chosen">The candidates that were chosen, before <see cref="Finish"/>, with their weights.</param>
    /// <param name="areNeeded">Whether the cases evaluated so far are too few for quantiles. If not, cases that are less representative of
    /// the final models are left out.</param>
    /// <param name="cancellationToken">If cancelled, there are no further cases.</param>
    IEnumerable<(double[][] Target, double[][] Answers)> FurtherCases(
        IReadOnlyList<(CandidateFit Fit, double Part)> chosen, bool areNeeded, CancellationToken cancellationToken);
}
