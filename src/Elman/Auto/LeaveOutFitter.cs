using Elman.Learners;
using Elman.Sequences;

namespace Elman.Auto;

/// <summary>Fits candidates with held-out sequences: leave-one-out for reservoirs, folds for the others.</summary>
/// <param name="options">The given options.</param>
/// <param name="data">The training data.</param>
internal sealed class LeaveOutFitter(TrainingOptions options, TrainingSet data) : ICandidateFitter
{
    /// <inheritdoc/>
    public SequenceDataset Judged => data.Data;

    /// <inheritdoc/>
    public SequenceDataset Measured => data.Data;

    /// <inheritdoc/>
    public CandidateFit Fit(PlannedCandidate planned, IProgress<TrainingProgress> progress, CancellationToken cancellationToken)
    {
        Candidate candidate = planned.Candidate;
        TrainingSet own = data.Part(candidate.Name);
        if (planned.Period is { } period)
            return NaiveFitter.Fit(candidate, planned.Options, period, own, cancellationToken);
        if (planned.Lags is { } lags)
            return SeedFitter.FitLags(candidate, LagFitter.OptionsFor(planned.Options, lags, own), lags, own, cancellationToken);
        return planned.Options.IsReservoir && SequenceGroups.Of(data.Data) is null
            ? SeedFitter.Fit(candidate, planned.Options, planned.Runs, own, cancellationToken)
            : FoldFitter.Fit(candidate, planned.Options, planned.Folds(data.Data, options.Seed),
                planned.StartsWithin(options.Choice.Budget), own, progress, cancellationToken);
    }

    /// <inheritdoc/>
    /// <remarks>The final models are the compared ones: the sequences held out of one are in the training data of the others.</remarks>
    public CandidateFit Finish(CandidateFit fit, CancellationToken cancellationToken) => fit;

    /// <inheritdoc/>
    /// <remarks>All cases were evaluated.</remarks>
    public IEnumerable<(double[][] Target, double[][] Answers)> FurtherCases(
        IReadOnlyList<(CandidateFit Fit, double Part)> chosen, bool areNeeded, CancellationToken cancellationToken) => [];
}
