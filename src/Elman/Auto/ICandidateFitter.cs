namespace Elman.Auto;

/// <summary>Fits candidates so that they can be compared by cases that they have not learned from.</summary>
internal interface ICandidateFitter
{
    /// <summary>The data that the cases are of.</summary>
    SequenceDataset Judged { get; }

    /// <summary>The data in which a candidate finds what it takes of them, such as a period.</summary>
    SequenceDataset Measured { get; }

    /// <summary>Fits a candidate.</summary>
    /// <param name="planned">The candidate, with what it takes of the data.</param>
    /// <param name="progress">Hears how it goes.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="TrainingDivergedException">A number stopped being finite.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled before there was anything to keep.</exception>
    CandidateFit Fit(PlannedCandidate planned, IProgress<TrainingProgress> progress, CancellationToken cancellationToken);

    /// <summary>The models that are kept of a candidate that was chosen.</summary>
    /// <param name="fit">What was compared; disposed where others take its place.</param>
    /// <param name="cancellationToken">Once cancelled, what was compared is kept.</param>
    CandidateFit Finish(CandidateFit fit, CancellationToken cancellationToken);

    /// <summary>What those that were chosen say of further cases, when they have not learned from these: for quantiles of errors.</summary>
    /// <param name="chosen">The candidates that were chosen, before <see cref="Finish"/>, with their parts.</param>
    /// <param name="areNeeded">Whether those that were judged are too few for quantiles; else cases are left out that say less of the
    /// models that are kept.</param>
    /// <param name="cancellationToken">Once cancelled, there are no further cases.</param>
    IEnumerable<(double[][] Target, double[][] Answers)> FurtherCases(
        IReadOnlyList<(CandidateFit Fit, double Part)> chosen, bool areNeeded, CancellationToken cancellationToken);
}
