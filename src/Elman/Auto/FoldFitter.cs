using System.Diagnostics;
using Elman.Fitted;
using Elman.Kernels;
using Elman.Learners;
using Elman.Training.Tasks;

namespace Elman.Auto;

/// <summary>
/// Fits a candidate trained by gradients once for each of several folds, each time without the sequences of that fold. These are the
/// held-out cases of the model. The candidate is the average of the models of all folds.
/// </summary>
/// <remarks>
/// A fit whose training loss stays high is restarted with other weights: on some problems, such as parity, the success of gradient descent
/// depends on the initial weights. Only the training loss decides about restarts, so the held-out data stay unseen.
/// </remarks>
internal static class FoldFitter
{
    /// <summary>A training loss above this share of the loss of a guess leads to a restart.</summary>
    private const double ShareOfGuess = 0.5;

    /// <summary>Fits a candidate.</summary>
    /// <param name="candidate">The candidate.</param>
    /// <param name="options">The options of the candidate.</param>
    /// <param name="folds">The folds to hold out in turn, as indices of sequences.</param>
    /// <param name="starts">The maximum number of starts of a fit.</param>
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
            TrainingSet kept = data.Part($"fold-{fold + 1}") with
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
            answers, CandidateTime.Of(watch, models));
    }

    /// <summary>
    /// Fits the model of a fold. If its training loss stays high, restarts, and keeps the model with the lowest training loss.
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
            TrainingSet set = data.Part($"start-{start + 1}") with { Random = new SeededRandom(SeedOf(options.Seed + fold, start)) };
            return CompleteFit.Of(set, options, () =>
            {
                using ILearner learner = Learner.Of(options);
                return learner.Fit(set, progress, cancellationToken);
            });
        }
    }

    private static bool HasLearnedLittle(TrainingSummary summary) => summary.TrainLoss > ShareOfGuess * summary.GuessLoss;

    /// <summary>Returns the seed of a start; the first start has the given seed.</summary>
    private static long SeedOf(int seed, int start) =>
        start == 0 ? seed : (long)SeededRandom.At(SeededRandom.At((ulong)seed, 0), (ulong)start);
}
