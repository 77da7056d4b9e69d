using System.Diagnostics;
using Elman.Fitted;
using Elman.Kernels;
using Elman.Learners;
using Elman.Training.Tasks;

namespace Elman.Auto;

/// <summary>
/// Fits a candidate trained by gradients once for each of several folds, each time without the sequences of that fold. Those are then
/// the cases that the model has not learned from; the models of all folds together are the candidate.
/// </summary>
/// <remarks>
/// A fit that learns little is begun again from other weights: on some problems, such as parity, whether gradients find the way at all
/// depends on where they begin. The training loss alone decides, so what is left out stays unseen.
/// </remarks>
internal static class FoldFitter
{
    /// <summary>A training loss above this share of that of a guess is worth another start.</summary>
    private const double ShareOfGuess = 0.5;

    /// <summary>Fits.</summary>
    /// <param name="candidate">The candidate.</param>
    /// <param name="options">Its options.</param>
    /// <param name="folds">The folds that are left out, one after the other: indices of sequences.</param>
    /// <param name="starts">How often a fit is begun at most.</param>
    /// <param name="data">The training data.</param>
    /// <param name="progress">Receives the progress of each fit.</param>
    /// <param name="cancellationToken">Stops between two folds, after the first one.</param>
    /// <exception cref="TrainingDivergedException">A number stopped being finite.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled before the first model had taken a step.</exception>
    public static CandidateFit Fit(
        Candidate candidate, TrainingOptions options, IReadOnlyList<int[]> folds, int starts, TrainingSet data,
        IProgress<TrainingProgress>? progress, CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        var models = new List<FittedModel>();
        var outputs = new List<(FittedModel Model, AnswerKey Key, float[] Values)>();
        using var workers = new Workers(options.ResolvedThreads);
        for (int fold = 0; fold < folds.Count && (fold == 0 || !cancellationToken.IsCancellationRequested); fold++)
        {
            var leftOut = folds[fold].ToHashSet();
            TrainingSet kept = data with
            {
                Data = data.Data.Subset(Enumerable.Range(0, data.Data.Count).Where(i => !leftOut.Contains(i))),
                Validation = null,
            };
            FittedModel fitted = FitOne(options, kept, fold, starts, progress, cancellationToken);
            models.Add(fitted);
            outputs.AddRange(
                TemperatureScale.Outputs(fitted, data.Data, folds[fold], workers).Select(pair => (fitted, pair.Key, pair.Values)));
        }

        double temperature = options.Calibrate
            ? TemperatureScale.Fit(data.Task, [.. outputs.Select(o => Array.ConvertAll(o.Values, value => (double)value))],
                [.. outputs.Select(o => data.Task.TargetOf(data.Data, o.Key, o.Values.Length))])
            : 1;
        var answers = new UnseenAnswers();
        foreach ((FittedModel model, AnswerKey key, float[] values) in outputs)
        {
            model.Express(model.Members[0] with { Temperature = temperature }, values);
            answers.Add(key, values);
        }
        return new CandidateFit(
            candidate, options, [.. models.Select(model => model with { Members = [model.Members[0] with { Temperature = temperature }] })],
            answers, watch.Elapsed);
    }
    /// <summary>
    /// Fits the model of a fold; where it has learned little, restarts, and keeps the one with the lowest training loss.
    /// </summary>
    private static FittedModel FitOne(
        TrainingOptions options, TrainingSet data, int fold, int starts, IProgress<TrainingProgress>? progress,
        CancellationToken cancellationToken)
    {
        FittedModel best = Begin(0);
        for (int start = 1; start < starts && HasLearnedLittle(best.Summary!) && !cancellationToken.IsCancellationRequested; start++)
        {
            FittedModel next = Begin(start);
            bool isBetter = next.Summary!.TrainLoss < best.Summary!.TrainLoss;
            (isBetter ? best : next).Model.Dispose();
            best = isBetter ? next : best;
        }
        return best;

        FittedModel Begin(int start)
        {
            using ILearner learner = Learner.Of(options);
            return learner.Fit(data with { Random = new SeededRandom(SeedOf(options.Seed + fold, start)) }, progress, cancellationToken);
        }
    }

    private static bool HasLearnedLittle(TrainingSummary summary) => summary.TrainLoss > ShareOfGuess * summary.GuessLoss;

    /// <summary>The seed of a start: of the first, the one that was given.</summary>
    private static long SeedOf(int seed, int start) =>
        start == 0 ? seed : (long)SeededRandom.At(SeededRandom.At((ulong)seed, 0), (ulong)start);
}
