using System.Diagnostics;
using Elman.Evaluations;
using Elman.Fitted;
using Elman.Inference;
using Elman.Kernels;
using Elman.Learners;
using Elman.Models;
using Elman.Sequences;
using Elman.Training.Tasks;

namespace Elman.Auto;

/// <summary>
/// The automatic choice: fits several candidates, compares their predictions on held-out training cases, and averages the best combination
/// (<see cref="EnsembleSelection"/>). It uses only the training data.
/// </summary>
internal sealed class AutoLearner(TrainingOptions options) : ILearner
{
    /// <summary>Number of sequences for measuring the prediction time.</summary>
    private const int TimedSequences = 64;

    /// <inheritdoc/>
    /// <remarks>
    /// If cancelled, it chooses among the candidates fitted so far. Validation data are evaluated but do not influence the choice.
    /// </remarks>
    public FittedModel Fit(TrainingSet data, IProgress<TrainingProgress>? progress, CancellationToken cancellationToken)
    {
        if (data.Data.Count < 2 && !data.Task.AnswersEveryStep)
            throw new ArgumentException($"'{data.Data.Name}' has a single sequence; the automatic choice needs at least two, so that "
                + "one can be held out. Give more, or choose a Cell.", nameof(data));
        var watch = Stopwatch.StartNew();
        DivisionInTime? division = data.Task.Kind == ModelTask.Forecast
            ? DivisionInTime.Of(data.Data, EndFitter.Share, options.Forecast.Horizon, EndFitter.Context)
            : null;
        ICandidateFitter fitter = division is null ? new LeaveOutFitter(options, data) : new EndFitter(division, data);
        (IReadOnlyList<PlannedCandidate> plan, IReadOnlyList<string> beyondBudget) = CandidatePlan.For(
            options, DataShape.Of(data.Task, data.Data, options, data.Symbols) with { IsDividedInTime = division is not null });
        var fits = new List<CandidateFit>();
        List<string> leftOut = [.. beyondBudget];
        if (data.Tested is { } tested && fitter is EndFitter whole)
            return FitLike(tested, whole, data, watch, cancellationToken);
        plan = [.. plan.Select(planned => planned.Like(data.Tested?.Plan.OfType<PlannedCandidate>() ?? []))];
        try
        {
            var reports = new AutoProgress(progress, plan, data.Data.Count, data.Checkpoint?.Before ?? TimeSpan.Zero);
            bool cancelled = FitAll(plan, fitter, reports, fits, leftOut, cancellationToken);
            (Leaderboard leaderboard, int[] counts, JudgedCases cases, double[][] average) = Choose(fits, data, fitter.Judged);
            double all = counts.Sum();
            ForecastBands bands = ForecastBands.None;
            if (data.Task.Kind == ModelTask.Forecast && options.Forecast.Quantiles.Count > 0)
            {
                (CandidateFit, double)[] chosen =
                    [.. fits.Zip(counts).Where(pair => pair.Second > 0).Select(pair => (pair.First, pair.Second / all))];
                bool areFew = ForecastBands.FewestOf(cases.Target) < options.Forecast.Quantiles.LeastCases;
                bands = ForecastBands.Of(options.Forecast.Quantiles,
                    fitter.FurtherCases(chosen, areFew, cancellationToken).Append((cases.Target, average)), data.Data.OwnChannels);
            }
            leaderboard = leaderboard with { NotTried = leftOut };
            for (int i = 0; i < fits.Count; i++)
                if (counts[i] > 0)
                    fits[i] = fitter.Finish(fits[i], cancellationToken);
            // The quantiles and the fits to all data stop early, too.
            cancelled |= division is not null && cancellationToken.IsCancellationRequested;
            FittedModel fitted = Combine(fits, counts) with { Leaderboard = leaderboard, Bands = bands };
            fitted = fitted with { Summary = Summarise(leaderboard, fitted, data, TimeOf(watch, data), cancelled) };
            foreach ((CandidateFit fit, int count) in fits.Zip(counts))
                if (count == 0)
                    fit.Dispose();
            return fitted;
        }
        catch
        {
            foreach (CandidateFit fit in fits)
                fit.Dispose();
            throw;
        }
    }

    /// <summary>Fits previously chosen models to all data.</summary>
    private FittedModel FitLike(
        FittedModel tested, EndFitter fitter, TrainingSet data, Stopwatch watch, CancellationToken cancellationToken)
    {
        var fits = new List<CandidateFit>();
        try
        {
            foreach (PlannedCandidate planned in tested.Plan.OfType<PlannedCandidate>())
                fits.Add(fitter.FitWhole(planned, cancellationToken));
        }
        catch
        {
            foreach (CandidateFit fit in fits)
                fit.Dispose();
            throw;
        }
        int[] counts = [.. fits.Select(fit => options.Choice.Ensemble.First(pair => pair.Key == fit.Candidate.Name).Value)];
        bool cancelled = fits.Any(fit => fit.Models.Any(model => model.Summary?.Cancelled == true));
        return Combine(fits, counts) with
        {
            Summary = SummaryOf(data, TimeOf(watch, data), cancelled) with { LeftOut = tested.Summary?.LeftOut },
        };
    }

    /// <summary>Not supported: the models were chosen on other data.</summary>
    /// <exception cref="InvalidOperationException">Always.</exception>
    public double Continue(FittedModel known, SequenceDataset data) =>
        throw new InvalidOperationException("The model was chosen automatically on all its training data and can't be trained further. "
            + "Call Fit with all data, or choose a cell.");

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    /// <summary>Fits the candidates in order.</summary>
    /// <param name="plan">The candidates.</param>
    /// <param name="fitter">The fitter.</param>
    /// <param name="report">Receives the progress.</param>
    /// <param name="fits">Receives the fitted candidates.</param>
    /// <param name="leftOut">Receives a sentence for each candidate that could not be fitted.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>Whether the token was cancelled before all were fitted. The current one is then dropped, unless it is the first.</returns>
    /// <exception cref="TrainingDivergedException">No candidate could be fitted, or a named one could not.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled before any candidate was fitted.</exception>
    private bool FitAll(
        IReadOnlyList<PlannedCandidate> plan, ICandidateFitter fitter, AutoProgress report, List<CandidateFit> fits, List<string> leftOut,
        CancellationToken cancellationToken)
    {
        foreach (PlannedCandidate planned in plan)
        {
            if (cancellationToken.IsCancellationRequested && fits.Count > 0)
                return true;
            CandidateFit? fit;
            try
            {
                fit = Fit(planned, fitter, report, leftOut, cancellationToken);
            }
            catch (OperationCanceledException) when (fits.Count > 0)
            {
                return true;
            }
            if (fit is not null && cancellationToken.IsCancellationRequested && fits.Count > 0)
            {
                fit.Dispose(); // it may have been trained on a part of the data only, so it can't be compared with the others
                return true;
            }
            if (fit is null && options.Choice.Ensemble.Count > 0)
                throw new TrainingDivergedException(
                    $"Ensemble names a model that could not be fitted. {leftOut[^1]} Remove it, or standardise the data.");
            if (fit is not null)
                fits.Add(fit);
            report.Next();
        }
        return fits.Count > 0
            // It was cancelled during the only candidate, which may lack folds or seeds; a later one would have been dropped.
            ? cancellationToken.IsCancellationRequested
            : throw new TrainingDivergedException(
                "Training diverged with every model that was tried. Standardise the data, or choose a cell and its options yourself.");
    }

    /// <summary>Fits a candidate; if that is not possible, reports it and returns <see langword="null"/>.</summary>
    private static CandidateFit? Fit(
        PlannedCandidate planned, ICandidateFitter fitter, AutoProgress report, List<string> leftOut, CancellationToken cancellationToken)
    {
        try
        {
            return planned.Measured(fitter.Measured, leftOut, cancellationToken) is { } measured
                ? fitter.Fit(measured, report, cancellationToken) with { Planned = measured }
                : null;
        }
        catch (TrainingDivergedException)
        {
            leftOut.Add($"{planned.Candidate.Name}: its training diverged.");
            return null;
        }
    }

    private (Leaderboard Leaderboard, int[] Counts, JudgedCases Cases, double[][] Average) Choose(
        List<CandidateFit> fits, TrainingSet data, SequenceDataset judged)
    {
        var cases = new JudgedCases(data.Task, judged, [.. fits.Select(fit => fit.Answers)]);
        if (cases.Keys.Length == 0)
            throw new ArgumentException($"No case of '{data.Data.Name}' was held out by all models, so they can't be compared. Give "
                + "more sequences, or choose a cell.", nameof(data));
        double[][][] answers = [.. fits.Select(fit => Array.ConvertAll(cases.Keys, key => fit.Answers[key]))];
        int[] counts = options.Choice.Ensemble.Count > 0
            ? [.. fits.Select(fit => options.Choice.Ensemble.First(pair => pair.Key == fit.Candidate.Name).Value)]
            : EnsembleSelection.Choose(answers, cases.Loss, new SeededRandom(options.Seed));
        double[][] average = Average(answers, counts);
        (double loss, double score) = cases.Judge(average);
        LeaderboardEntry[] entries = [.. fits.Select((fit, i) => Entry(fit, cases.Judge(answers[i]), counts[i], data))
            .OrderBy(entry => entry.Loss)];
        return (new Leaderboard(entries, loss, score, cases.Keys.Length, Reason(entries, loss, data.Task)), counts, cases, average);
    }

    private static LeaderboardEntry Entry(CandidateFit fit, (double Loss, double Score) judged, int count, TrainingSet data)
    {
        FittedModel alone = Combine([fit], [1]);
        SequenceDataset some = data.Data.Subset(Enumerable.Range(0, Math.Min(TimedSequences, data.Data.Count)));
        using var inference = new EnsembleInference(alone);
        using var workers = new Workers(1);
        inference.Answers(some, workers, nameof(data)); // the first call allocates memory and compiles code
        var watch = Stopwatch.StartNew();
        inference.Answers(some, workers, nameof(data));
        return new LeaderboardEntry(fit.Candidate.Name, judged.Loss, judged.Score, count, fit.Models.Count, fit.Parameters, fit.Time,
            watch.Elapsed / some.Count, alone.CanStream)
        { Histories = [.. fit.Models.Select(model => model.History)] };
    }

    private string Reason(LeaderboardEntry[] entries, double loss, SequenceTask task)
    {
        string what = task.HasClasses ? "log loss" : "squared error";
        if (options.Choice.Ensemble.Count > 0)
            return "as given, without choosing";
        LeaderboardEntry best = entries[0];
        return entries.Count(entry => entry.Count > 0) == 1
            ? FormattableString.Invariant(
                $"it has the lowest {what} on held-out cases, {loss:0.0000}, and averaging with others does not lower it")
            : FormattableString.Invariant(
                $"their average has a {what} of {loss:0.0000} on held-out cases; the best model, {best.Name}, has {best.Loss:0.0000}");
    }

    private static double[][] Average(double[][][] answers, int[] counts)
    {
        double all = counts.Sum();
        double[][] average = [.. answers[0].Select(row => new double[row.Length])];
        for (int m = 0; m < answers.Length; m++)
            for (int i = 0; i < average.Length && counts[m] > 0; i++)
                for (int o = 0; o < average[i].Length; o++)
                    average[i][o] += answers[m][i][o] * (counts[m] / all);
        return average;
    }

    private static FittedModel Combine(List<CandidateFit> fits, int[] counts)
    {
        double all = counts.Sum();
        FittedModel first = fits[Array.FindIndex(counts, count => count > 0)].Models[0];
        return first with
        {
            Members = [.. fits.Zip(counts).Where(pair => pair.Second > 0).SelectMany(pair => pair.First.Members(pair.Second / all))],
            History = [],
            Plan = [.. fits.Zip(counts).Where(pair => pair.Second > 0).Select(pair => pair.First.Planned).OfType<PlannedCandidate>()],
        };
    }

    private TrainingSummary Summarise(Leaderboard leaderboard, FittedModel fitted, TrainingSet data, TimeSpan elapsed, bool cancelled)
    {
        (double Loss, double Score)? validation = data.Validation is { } held ? Judge(fitted, held) : null;
        return SummaryOf(data, elapsed, cancelled) with
        {
            ValidationLoss = validation?.Loss,
            ValidationAccuracy = data.Task.HasClasses ? validation?.Score : null,
            LeftOut = new LeftOutResult(leaderboard.Cases, leaderboard.Loss, data.Task.HasClasses ? leaderboard.Score : null),
        };
    }

    private TrainingSummary SummaryOf(TrainingSet data, TimeSpan elapsed, bool cancelled) => new()
    {
        Epochs = 1,
        BestEpoch = 1,
        TrainLoss = double.NaN,
        GuessLoss = data.Task.GuessLossOf(data.Data, TrainingOptions.Auto with
        {
            Inputs = new() { Missing = options.Inputs.Missing },
            Forecast = new() { Horizon = options.Forecast.Horizon },
        }),
        Sequences = data.Data.Count,
        Seconds = elapsed.TotalSeconds,
        SequencesPerSecond = data.Data.Count / Math.Max(elapsed.TotalSeconds, 1e-9),
        Threads = options.ResolvedThreads,
        Seed = options.Seed,
        Cancelled = cancelled,
    };

    private static TimeSpan TimeOf(Stopwatch watch, TrainingSet data) => watch.Elapsed + (data.Checkpoint?.Before ?? TimeSpan.Zero);

    /// <summary>Evaluates the average on held-out data.</summary>
    private (double Loss, double Score) Judge(FittedModel fitted, SequenceDataset held)
    {
        using var inference = new EnsembleInference(fitted);
        using var workers = new Workers(options.ResolvedThreads);
        float[][] given = inference.Answers(held, workers, nameof(held));
        int width = fitted.Model.Spec.OutputSize;
        var answers = new UnseenAnswers();
        for (int i = 0; i < given.Length; i++)
            for (int step = 0; step * width < given[i].Length; step++)
                answers.Add(new AnswerKey(i, step), given[i].AsSpan(step * width, width));
        var cases = new JudgedCases(fitted.Task, held, [answers]);
        return cases.Judge(Array.ConvertAll(cases.Keys, key => answers[key]));
    }
}
