using System.Diagnostics;
using Elman.Sequences;

namespace Elman.Training;

/// <summary>
/// Fits candidates for a forecast to the beginning of each sequence and compares them by its end, as they will be used: with the future
/// unseen. Those that are chosen then learn from all of it.
/// </summary>
/// <param name="division">Beginnings and ends of the training data.</param>
/// <param name="all">The training data.</param>
internal sealed class EndFitter(DivisionInTime division, TrainingSet all) : ICandidateFitter
{
    /// <summary>The share of the steps by which candidates are compared.</summary>
    public const double Share = 0.25;

    /// <summary>
    /// Steps before the end that come with it, in parts of its length: a model that only works with all that it has learned from before it
    /// would fail on other data.
    /// </summary>
    public const double Context = 1;

    /// <inheritdoc/>
    public SequenceDataset Judged => division.End;

    /// <inheritdoc/>
    public CandidateFit? Fit(PlannedCandidate planned, IProgress<TrainingProgress> progress, List<string> leftOut,
        CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        if (FindFit(planned, leftOut, cancellationToken) is not { } fit)
            return null;
        IReadOnlyList<Learned> models = fit(all with { Data = division.Beginning }, progress, cancellationToken);
        return new CandidateFit(planned.Candidate, planned.Options, models, EndAnswers.Of(models, division.End, planned.Options.ResolvedThreads),
            watch.Elapsed)
        { Again = fit };
    }

    /// <inheritdoc/>
    public CandidateFit Finish(CandidateFit fit, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
            return fit;
        try
        {
            IReadOnlyList<Learned> models = fit.Again!(all, null, cancellationToken);
            fit.Dispose();
            return fit with { Models = models };
        }
        catch (OperationCanceledException)
        {
            return fit;
        }
    }

    /// <summary>How a candidate is fitted to data: what it takes of them, such as a season, is that of the beginnings.</summary>
    private Func<TrainingSet, IProgress<TrainingProgress>?, CancellationToken, IReadOnlyList<Learned>>? FindFit(
        PlannedCandidate planned, List<string> leftOut, CancellationToken cancellationToken)
    {
        (Candidate candidate, TrainingOptions options) = (planned.Candidate, planned.Options);
        if (candidate.PeriodOf is not null)
        {
            return NaiveFitter.FindPeriod(candidate, division.Beginning, leftOut, cancellationToken) is { } period
                ? (set, _, token) => [NaiveFitter.Model(options, period, set, token)]
                : null;
        }
        if (candidate.LagsOf is not null)
        {
            if (LagFitter.FindLags(candidate, division.Beginning, leftOut, cancellationToken) is not { } lags)
                return null;
            options = LagFitter.OptionsFor(options, lags, all.Data);
            return (set, _, token) =>
            {
                using var learner = new RidgeLearner(options);
                return [LagFitter.Fit(options, lags, set, learner, token)];
            };
        }
        return (set, progress, token) => options.IsReservoir
            ? SeedFitter.Models(options, planned.Runs, set, token)
            : [Trained(options, set, progress, token)];
    }

    /// <summary>Trains by gradients, on pieces: a few long sequences would be a few updates.</summary>
    private static Learned Trained(
        TrainingOptions options, TrainingSet set, IProgress<TrainingProgress>? progress, CancellationToken cancellationToken)
    {
        using ILearner learner = Learner.Of(options);
        return learner.Fit(set with
        {
            Data = SequencePieces.Of(set.Data, options.Horizon),
            Validation = null,
            Random = new SeededRandom(options.Seed),
        }, progress, cancellationToken);
    }
}
