using System.Diagnostics;
using Elman.Fitted;
using Elman.Learners;
using Elman.Training.Tasks;

namespace Elman.Auto;

/// <summary>
/// Fits a reservoir several times, each with another seed. Its held-out predictions follow from the fit itself.
/// </summary>
internal static class SeedFitter
{
    /// <summary>Fits a candidate.</summary>
    /// <param name="candidate">The candidate.</param>
    /// <param name="options">The options of the candidate.</param>
    /// <param name="seeds">The number of reservoirs.</param>
    /// <param name="data">The training data.</param>
    /// <param name="cancellationToken">Stops between two reservoirs, after the first one.</param>
    /// <exception cref="TrainingDivergedException">A number stopped being finite.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled before the first was fitted.</exception>
    public static CandidateFit Fit(
        Candidate candidate, TrainingOptions options, int seeds, TrainingSet data, CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        var models = new List<FittedModel>();
        var answers = new UnseenAnswers();
        for (int seed = 0; seed < seeds && (seed == 0 || !cancellationToken.IsCancellationRequested); seed++)
        {
            using var learner = new RidgeLearner(options);
            FittedModel fitted = learner.Fit(
                data with { Validation = null, Random = new SeededRandom(SeedOf(options.Seed, seed)) }, null, cancellationToken);
            models.Add(fitted);
            Add(fitted, learner, answers);
        }
        return new CandidateFit(candidate, options, models, answers, watch.Elapsed);
    }

    /// <summary>Fits a linear autoregression.</summary>
    /// <param name="candidate">The candidate.</param>
    /// <param name="options">The options of the candidate.</param>
    /// <param name="lags">The lags in steps.</param>
    /// <param name="data">The training data.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="TrainingDivergedException">A number stopped being finite.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static CandidateFit FitLags(
        Candidate candidate, TrainingOptions options, int[] lags, TrainingSet data, CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        using var learner = new RidgeLearner(options);
        FittedModel fitted = LagFitter.Fit(options, lags, data, learner, cancellationToken);
        var answers = new UnseenAnswers();
        Add(fitted, learner, answers);
        return new CandidateFit(candidate, options, [fitted], answers, watch.Elapsed);
    }

    /// <summary>Fits the reservoirs, without held-out predictions.</summary>
    /// <param name="options">The options of the reservoirs.</param>
    /// <param name="seeds">The number of reservoirs.</param>
    /// <param name="data">The data.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="TrainingDivergedException">A number stopped being finite.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static IReadOnlyList<FittedModel> Models(
        TrainingOptions options, int seeds, TrainingSet data, CancellationToken cancellationToken)
    {
        var models = new List<FittedModel>();
        for (int seed = 0; seed < seeds; seed++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            using var learner = new RidgeLearner(options);
            models.Add(learner.Fit(
                data with { Validation = null, Random = new SeededRandom(SeedOf(options.Seed, seed)) }, null, cancellationToken));
        }
        return models;
    }

    private static void Add(FittedModel fitted, RidgeLearner learner, UnseenAnswers answers)
    {
        foreach ((AnswerKey key, float[] outputs) in learner.LeftOut)
        {
            fitted.Express(fitted.Members[0], outputs);
            answers.Add(key, outputs);
        }
    }

    /// <summary>Returns the seed of a reservoir; the first one has the given seed.</summary>
    private static long SeedOf(int seed, int index) =>
        index == 0 ? seed : (long)SeededRandom.At(SeededRandom.At((ulong)seed, 0), (ulong)index);
}
