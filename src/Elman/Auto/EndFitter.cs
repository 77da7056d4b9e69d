using System.Diagnostics;
using Elman.Fitted;
using Elman.Learners;
using Elman.Sequences;

namespace Elman.Auto;

/// <summary>
/// Fits candidates for a forecast to the beginning of each sequence and compares them on its end, as in later use: the future is unseen.
/// The chosen candidates are then trained on all data.
/// </summary>
/// <param name="division">Beginnings and ends of the training data.</param>
/// <param name="all">The training data.</param>
internal sealed class EndFitter(DivisionInTime division, TrainingSet all) : ICandidateFitter
{
    /// <summary>The share of the steps on which candidates are compared.</summary>
    public const double Share = 0.25;

    /// <summary>
    /// The number of steps before the end that are its context, relative to its length. A model that only works with all training data as
    /// context would fail on other data.
    /// </summary>
    public const double Context = 1;

    /// <summary>With fewer steps in total, a fit to half of the beginnings is clearly worse than one to all of them.</summary>
    private const long FewSteps = 5000;

    /// <summary>
    /// The work for a chosen candidate, as a multiple of a fit to all data. It is trained on the beginnings, on all data, and for quantiles
    /// on the beginnings without each of their parts; these fits also run through the steps of the part that is left out.
    /// </summary>
    /// <param name="options">The candidate's options.</param>
    /// <param name="steps">The number of steps of the training data.</param>
    public static double FitsOf(TrainingOptions options, long steps) =>
        1 + ((1 - Share) * (options.Forecast.Quantiles.Count > 0 ? 1 + PartsOf(steps) : 1));

    /// <inheritdoc/>
    public SequenceDataset Judged => division.End;

    /// <inheritdoc/>
    public SequenceDataset Measured => division.Beginning;

    /// <inheritdoc/>
    public CandidateFit Fit(PlannedCandidate planned, IProgress<TrainingProgress> progress, CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        var fit = FitOf(planned);
        IReadOnlyList<FittedModel> models = fit(PartOf(planned.Candidate, "compared", division.Beginning), progress, cancellationToken);
        UnseenAnswers answers = EndAnswers.Of(models, division.End, planned.Options.ResolvedThreads);
        return new CandidateFit(planned.Candidate, planned.Options, models, answers, CandidateTime.Of(watch, models)) { Again = fit };
    }

    /// <summary>Fits a candidate to all data, without a comparison.</summary>
    /// <exception cref="TrainingDivergedException">A number stopped being finite.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public CandidateFit FitWhole(PlannedCandidate planned, CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        IReadOnlyList<FittedModel> models = FitOf(planned)(PartOf(planned.Candidate, "whole", all.Data), null, cancellationToken);
        return new CandidateFit(planned.Candidate, planned.Options, models, new UnseenAnswers(), CandidateTime.Of(watch, models));
    }

    /// <inheritdoc/>
    public CandidateFit Finish(CandidateFit fit, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
            return fit;
        try
        {
            CandidateFit again = fit with
            {
                Models = fit.Again!(PartOf(fit.Candidate, "final", all.Data), null, cancellationToken),
            };
            // Compared candidates are complete; the current one is not.
            bool isComplete = again.Models.All(model => model.Summary?.Cancelled != true);
            (isComplete ? fit : again).Dispose();
            return isComplete ? again : fit;
        }
        catch (Exception e) when (e is OperationCanceledException or TrainingDivergedException)
        {
            return fit;
        }
    }

    /// <inheritdoc/>
    /// <remarks>Further fits hold out blocks of the beginnings: errors at the end alone would be those of one season.</remarks>
    public IEnumerable<(double[][] Target, double[][] Answers)> FurtherCases(
        IReadOnlyList<(CandidateFit Fit, double Part)> chosen, bool areNeeded, CancellationToken cancellationToken)
    {
        // With a block of the only sequence in each part, a fit lacks half of the data: its errors are those of a poorer model.
        int parts = PartsOf(all.Data.TotalSteps), least = areNeeded || division.Beginning.Count > 1 ? parts : 2 * parts;
        int number = 0;
        foreach ((SequenceDataset rest, SequenceDataset block) in TimeBlocks.Of(division.Beginning, parts, Horizon, least))
        {
            number++;
            if (cancellationToken.IsCancellationRequested)
                yield break;
            FittedModel? forecast = ForecastOf(chosen, rest, $"block-{number}", cancellationToken);
            if (forecast is null || cancellationToken.IsCancellationRequested)
                continue;
            // Steps without the full history have larger errors than real forecasts.
            SequenceDataset judged = block.AfterFirst(forecast.LongestLag);
            UnseenAnswers answers = EndAnswers.Of([forecast], judged, chosen[0].Fit.Options.ResolvedThreads);
            foreach (Member member in forecast.Members)
                member.Model.Dispose();
            var cases = new JudgedCases(all.Task, judged, [answers]);
            yield return (cases.Target, Array.ConvertAll(cases.Keys, key => answers[key]));
        }
    }

    /// <summary>The number of parts of the beginnings that further fits hold out in turn.</summary>
    private static int PartsOf(long steps) => steps < FewSteps ? 4 : 2;

    private int Horizon => all.Origin.Covariates.Horizon;

    /// <summary>Fits the chosen candidates to some data and averages them; returns <see langword="null"/> if a fit was cancelled or
    /// diverged.</summary>
    private FittedModel? ForecastOf(
        IReadOnlyList<(CandidateFit Fit, double Part)> chosen, SequenceDataset data, string name, CancellationToken cancellationToken)
    {
        try
        {
            var members = new List<Member>();
            FittedModel? first = null;
            foreach ((CandidateFit fit, double part) in chosen)
            {
                CandidateFit again = fit with
                {
                    Models = fit.Again!(PartOf(fit.Candidate, name, data), null, cancellationToken),
                };
                first ??= again.Models[0];
                members.AddRange(again.Members(part));
            }
            return first! with { Members = [.. members] };
        }
        catch (Exception e) when (e is OperationCanceledException or TrainingDivergedException)
        {
            return null;
        }
    }

    /// <summary>Returns the function that fits a candidate to data.</summary>
    private Func<TrainingSet, IProgress<TrainingProgress>?, CancellationToken, IReadOnlyList<FittedModel>> FitOf(PlannedCandidate planned)
    {
        TrainingOptions options = planned.Options;
        if (planned.Period is { } period)
            return (set, _, token) => [NaiveFitter.Model(options, period, set, token)];
        if (planned.Lags is { } lags)
        {
            options = LagFitter.OptionsFor(options, lags, all);
            return (set, _, token) => [LagFitter.Fit(options, lags, set, token).Model];
        }
        return (set, progress, token) => options.IsReservoir
            ? SeedFitter.Models(options, planned.Runs, set, token)
            : [Trained(options, set, progress, token)];
    }

    /// <summary>Trains by gradients, on pieces, because a few long sequences would be only a few updates.</summary>
    private static FittedModel Trained(
        TrainingOptions options, TrainingSet set, IProgress<TrainingProgress>? progress, CancellationToken cancellationToken)
    {
        set = set with
        {
            Data = SequencePieces.Of(set.Data, options.Forecast.Horizon),
            Validation = null,
            Random = new SeededRandom(options.Seed),
        };
        return CompleteFit.Of(set, options, () =>
        {
            using ILearner learner = Learner.Of(options);
            return learner.Fit(set, progress, cancellationToken);
        });
    }

    /// <summary>Returns data for a fit of a candidate, with its place in the checkpoint.</summary>
    private TrainingSet PartOf(Candidate candidate, string name, SequenceDataset data) =>
        all.Part(candidate.Name).Part(name) with { Data = data };
}
