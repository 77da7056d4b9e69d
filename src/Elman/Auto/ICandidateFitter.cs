namespace Elman.Auto;

/// <summary>Fits candidates so that they can be compared on held-out cases.</summary>
internal interface ICandidateFitter
{
    /// <summary>The data that the cases are of.</summary>
    SequenceDataset Judged { get; }

    /// <summary>The data in which a candidate searches, for example for a period.</summary>
    SequenceDataset Measured { get; }

    /// <summary>Fits a candidate.</summary>
    /// <param name="planned">The candidate, with what it found in the data.</param>
    /// <param name="progress">Receives the progress.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="TrainingDivergedException">A number stopped being finite.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled before there was anything to keep.</exception>
    CandidateFit Fit(PlannedCandidate planned, IProgress<TrainingProgress> progress, CancellationToken cancellationToken);

    /// <summary>The models that are kept of a candidate that was chosen.</summary>
    /// <param name="fit">The compared model; disposed if it is replaced.</param>
    /// <param name="cancellationToken">If cancelled, the compared model is kept.</param>
    CandidateFit Finish(CandidateFit fit, CancellationToken cancellationToken);

    /// <summary>Predictions of the chosen models for further held-out cases, for quantiles of errors.</summary>
    /// <param name="chosen">The candidates that were chosen, before <see cref="Finish"/>, with their parts.</param>
    /// <param name="areNeeded">Whether those that were evaluated are too few for quantiles; else cases are left out that say less of the
    /// models that are kept.</param>
    /// <param name="cancellationToken">Once cancelled, there are no further cases.</param>
    IEnumerable<(double[][] Target, double[][] Answers)> FurtherCases(
        IReadOnlyList<(CandidateFit Fit, double Part)> chosen, bool areNeeded, CancellationToken cancellationToken);
}
