using Elman.Sequences;

namespace Elman.Training;

/// <summary>Fits candidates to all data but some sequences: one by one with reservoirs, whole folds with others.</summary>
/// <param name="options">The options that were given.</param>
/// <param name="data">The training data.</param>
internal sealed class LeaveOutFitter(TrainingOptions options, TrainingSet data) : ICandidateFitter
{
    /// <inheritdoc/>
    public SequenceDataset Judged => data.Data;

    /// <inheritdoc/>
    public CandidateFit? Fit(PlannedCandidate planned, IProgress<TrainingProgress> progress, List<string> leftOut,
        CancellationToken cancellationToken)
    {
        Candidate candidate = planned.Candidate;
        if (candidate.PeriodOf is not null)
            return NaiveFitter.FindPeriod(candidate, data.Data, leftOut, cancellationToken) is { } period
                ? NaiveFitter.Fit(candidate, planned.Options, period, data, cancellationToken)
                : null;
        if (candidate.LagsOf is not null)
            return LagFitter.FindLags(candidate, data.Data, leftOut, cancellationToken) is { } lags
                ? SeedFitter.FitLags(candidate, LagFitter.OptionsFor(planned.Options, lags, data), lags, data,
                    cancellationToken)
                : null;
        return planned.Options.IsReservoir && SequenceGroups.Of(data.Data) is null
            ? SeedFitter.Fit(candidate, planned.Options, planned.Runs, data, cancellationToken)
            : FoldFitter.Fit(candidate, planned.Options, planned.Folds(data.Data, options.Seed),
                planned.StartsWithin(options.Budget), data, progress, cancellationToken);
    }

    /// <inheritdoc/>
    /// <remarks>The models are those that were compared: what is left out of one is in the others.</remarks>
    public CandidateFit Finish(CandidateFit fit, CancellationToken cancellationToken) => fit;

    /// <inheritdoc/>
    /// <remarks>All cases were judged.</remarks>
    public IEnumerable<(double[][] Truth, double[][] Answers)> FurtherCases(
        IReadOnlyList<(CandidateFit Fit, double Part)> chosen, CancellationToken cancellationToken) => [];
}
