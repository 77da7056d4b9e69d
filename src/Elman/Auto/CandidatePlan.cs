using System.Globalization;
using Elman.Fitted;
using Elman.Models;
using Elman.Sequences;

namespace Elman.Auto;

/// <summary>A candidate with its planned fits.</summary>
/// <param name="Candidate">The candidate.</param>
/// <param name="Options">Its options.</param>
/// <param name="Runs">The number of seeds or folds.</param>
/// <param name="Seconds">The estimated time, from the number of operations.</param>
internal sealed record PlannedCandidate(Candidate Candidate, TrainingOptions Options, int Runs, double Seconds) : FitPlan
{
    /// <summary>For a naive forecast, the period that was found in the data; <see langword="null"/> for others, and before the
    /// search.</summary>
    public int? Period { get; init; }

    /// <summary>For a linear autoregression, the lags that were found in the data; <see langword="null"/> for others, and before the
    /// search.</summary>
    public int[]? Lags { get; init; }

    /// <inheritdoc/>
    public override string Key => $"{Candidate.Name};{Runs};{Period};{string.Join(',', Lags ?? [])}";

    /// <summary>The number of folds for models trained by gradients.</summary>
    private const int FoldCount = 5;

    /// <summary>The maximum number of sequences for which every fold is held out once; with more, one part is held out.</summary>
    private const int MostForAllFolds = 2000;

    /// <summary>The maximum number of starts of a fit whose loss stays high.</summary>
    private const int MostStarts = 3;

    /// <summary>With fewer sequences than this, data are divided into folds twice, because a single division would be noisy.</summary>
    private const int LeastForOneDivision = 200;

    /// <summary>Returns the plan with the period or lags of the data, unless they are known; returns <see langword="null"/> and reports the
    /// reason if there are none.</summary>
    /// <param name="data">The data, without those on which candidates are compared.</param>
    /// <param name="leftOut">Receives a sentence if there is no period or there are no lags.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public PlannedCandidate? Measured(SequenceDataset data, List<string> leftOut, CancellationToken cancellationToken)
    {
        if (Candidate.PeriodOf is not null && Period is null)
            return NaiveFitter.FindPeriod(Candidate, data, leftOut, cancellationToken) is { } period ? this with { Period = period } : null;
        if (Candidate.LagsOf is not null && Lags is null)
            return LagFitter.FindLags(Candidate, data, leftOut, cancellationToken) is { } lags ? this with { Lags = lags } : null;
        return this;
    }

    /// <summary>Returns the plan with the period and lags of the candidate of the same name among others, if there is one.</summary>
    public PlannedCandidate Like(IEnumerable<PlannedCandidate> others) =>
        others.FirstOrDefault(other => other.Candidate.Name == Candidate.Name) is { } other
            ? this with { Period = other.Period, Lags = other.Lags }
            : this;

    /// <summary>The number of folds that are held out in turn.</summary>
    public static int FoldsOf(DataShape data)
    {
        int folds = Math.Min(FoldCount, data.Sequences);
        return data.Sequences > MostForAllFolds ? 1 : data.Sequences < LeastForOneDivision ? 2 * folds : folds;
    }

    /// <summary>The number of folds if every fold is held out, for any number of sequences.</summary>
    public static int MostFoldsOf(DataShape data) => data.Sequences > MostForAllFolds ? FoldCount : FoldsOf(data);

    /// <summary>
    /// The maximum number of starts of each fit, so that all of them stay within twice the candidate's share of a budget.
    /// </summary>
    public int StartsWithin(TimeSpan budget) => (int)Math.Clamp(2 * Candidate.MostOfBudget * budget.TotalSeconds / Seconds, 1, MostStarts);

    /// <summary>Returns the folds to hold out, for each division of the data.</summary>
    public IReadOnlyList<int[]> Folds(SequenceDataset data, int seed)
    {
        var random = new SeededRandom(seed);
        var folds = new List<int[]>();
        while (folds.Count < Runs)
            folds.AddRange(StratifiedFolds.Draw(data, FoldCount, random));
        return folds[..Runs];
    }
}

/// <summary>Plans the candidates of the automatic choice for given data, within its budget.</summary>
internal static class CandidatePlan
{
    /// <summary>
    /// With fewer sequences than this, a candidate is two reservoirs with different seeds. This lowered the log loss in cross-validation on
    /// generated data.
    /// </summary>
    private const int LeastForOneSeed = 500;

    /// <summary>The same for sequences that are divided in time, as a number of steps.</summary>
    private const int LeastStepsForOneSeed = 5000;

    /// <summary>Plans the candidates.</summary>
    /// <param name="options">The options that were given.</param>
    /// <param name="data">The training data.</param>
    /// <returns>The candidates in order, and a sentence for each that the budget does not allow.</returns>
    /// <exception cref="ArgumentException">No candidate supports the options; the message gives the reason.</exception>
    public static (IReadOnlyList<PlannedCandidate> Planned, IReadOnlyList<string> NotTried) For(TrainingOptions options, DataShape data)
    {
        PlannedCandidate[] possible = Possible(options, data);
        if (options.Choice.Ensemble.Count > 0)
        {
            CheckNames(options.Choice.Ensemble, possible);
            // In the order in which they are named.
            return ([.. possible.Where(candidate => options.Choice.Ensemble.Any(pair => pair.Key == candidate.Candidate.Name))], []);
        }
        if (possible.Any(candidate => candidate.Candidate.IsWorthwhile(data)))
            possible = [.. possible.Where(candidate => candidate.Candidate.IsWorthwhile(data))];
        double left = options.Choice.Budget.TotalSeconds;
        var planned = new List<PlannedCandidate>();
        var notTried = new List<string>();
        foreach (PlannedCandidate candidate in possible)
        {
            double share = candidate.Candidate.MostOfBudget, most = Math.Min(left, share * options.Choice.Budget.TotalSeconds);
            if (planned.Count > 0 && candidate.Seconds > most)
            {
                string limit = candidate.Seconds > left ? "is left" : share.ToString("0.##", CultureInfo.InvariantCulture);
                notTried.Add(FormattableString.Invariant(
                    $"{candidate.Candidate.Name}: about {candidate.Seconds:0} s, more than {limit} of the budget."));
                continue;
            }
            planned.Add(candidate);
            left -= candidate.Seconds;
        }
        return (planned, notTried);
    }

    private static void CheckNames(EnsembleWeights ensemble, PlannedCandidate[] possible)
    {
        foreach ((string name, _) in ensemble)
            if (possible.All(candidate => candidate.Candidate.Name != name))
                throw new ArgumentException($"Ensemble names {Quoted(name)}, which is not tried on these data; "
                    + $"it may be {string.Join(", ", possible.Select(candidate => candidate.Candidate.Name))}.", nameof(ensemble));
    }

    /// <summary>Returns the candidates that support the options.</summary>
    private static PlannedCandidate[] Possible(TrainingOptions options, DataShape data)
    {
        var refused = new List<string>();
        var possible = new List<PlannedCandidate>();
        foreach (Candidate candidate in CandidateCatalog.For(data))
        {
            TrainingOptions own = ForcedOptions.Apply(options, candidate.Configure(ForcedOptions.Base(options), data));
            if (options.Choice.Force(own.Cell) is not { } cell)
            {
                refused.Add($"Only {OptionText.Listing([.. options.Choice.Cells.Select(allowed => allowed.Name)])} may be tried; "
                    + "to train it, set Cell.");
                continue;
            }
            own = own with { Cell = cell };
            ModelSpec spec = own.SpecFor(data.Channels, data.Outputs, data.Task.Kind, data.Symbols);
            if (Problem(options, own, spec, data) is { } problem)
                refused.Add(problem);
            else
                possible.Add(Estimate(candidate, own, spec, data));
        }
        return possible.Count > 0
            ? [.. possible]
            : throw new ArgumentException(
                $"No candidate of the automatic choice supports these options. {string.Join(' ', refused.Distinct())}", nameof(options));
    }

    /// <summary>Returns the reason why a candidate can't be tried; <see langword="null"/> if it can.</summary>
    private static string? Problem(TrainingOptions options, TrainingOptions own, ModelSpec spec, DataShape data) =>
        own.FindProblems().Concat(data.Task.FindProblems(own)).Concat(spec.FindProblems()).FirstOrDefault()
        ?? (options.Choice.For == ModelUse.Streaming ? spec.StreamProblem : null)
        ?? (!own.IsReservoir && data.Sequences < 2 && !data.IsDividedInTime
            ? $"There is a single sequence, so none can be held out to evaluate {own.Cell}."
            : null);

    private static PlannedCandidate Estimate(Candidate candidate, TrainingOptions options, ModelSpec spec, DataShape data)
    {
        if (data.IsDividedInTime)
        {
            int runs = options.IsReservoir && data.TotalSteps < LeastStepsForOneSeed ? 2 : 1;
            DataShape pieces = data with { Sequences = SequencePieces.CountOf(data.TotalSteps, options.Forecast.Horizon) };
            return new PlannedCandidate(candidate, options, runs, EndFitter.FitsOf(options, data.TotalSteps) * runs * (options.IsReservoir
                ? WorkEstimate.OfReservoir(data, spec, FeaturesOf(spec))
                : WorkEstimate.OfTraining(pieces, spec, options, 2.0 * data.TotalSteps)));
        }
        if (options.IsReservoir && !data.HasGroups)
        {
            int seeds = data.Sequences < LeastForOneSeed ? 2 : 1;
            return new PlannedCandidate(candidate, options, seeds, seeds * WorkEstimate.OfReservoir(data, spec, FeaturesOf(spec)));
        }
        int folds = candidate.TakesAllFolds ? PlannedCandidate.MostFoldsOf(data) : PlannedCandidate.FoldsOf(data);
        if (options.IsReservoir)
            return new PlannedCandidate(candidate, options, folds, folds * WorkEstimate.OfReservoir(data, spec, FeaturesOf(spec)));
        double steps = options.Inputs.Patch > 0 ? 2.0 * data.TotalSteps / options.Inputs.Patch : data.TotalSteps;
        return new PlannedCandidate(candidate, options, folds, folds * WorkEstimate.OfTraining(data, spec, options, steps));
    }

    /// <summary>The number of features that the readout computes for a sequence, or for a step.</summary>
    private static int FeaturesOf(ModelSpec spec) =>
        spec.WidthOf(spec.Layers.Count - 1) * (spec.Readout.Layout?.FeatureVectors ?? 1);
}
