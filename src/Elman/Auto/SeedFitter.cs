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
            CompleteFit fit = FitOne(options, seed, data, cancellationToken);
            models.Add(fit.Model);
            Add(fit, answers);
        }
        return new CandidateFit(candidate, options, models, answers, CandidateTime.Of(watch, models));
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
        CompleteFit fit = LagFitter.Fit(options, lags, data, cancellationToken);
        var answers = new UnseenAnswers();
        Add(fit, answers);
        return new CandidateFit(candidate, options, [fit.Model], answers, CandidateTime.Of(watch, [fit.Model]));
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
            models.Add(FitOne(options, seed, data, cancellationToken).Model);
        }
        return models;
    }

    private static CompleteFit FitOne(TrainingOptions options, int seed, TrainingSet data, CancellationToken cancellationToken)
    {
        data = data.Part($"seed-{seed + 1}") with { Validation = null, Random = new SeededRandom(SeedOf(options.Seed, seed)) };
        return CompleteFit.Of(data, options, () =>
        {
            using var learner = new RidgeLearner(options);
            FittedModel fitted = learner.Fit(data, null, cancellationToken);
            return new CompleteFit(fitted, learner.LeftOut);
        });
    }

    private static void Add(CompleteFit fit, UnseenAnswers answers)
    {
        foreach ((AnswerKey key, float[] outputs) in fit.LeftOut)
        {
            fit.Model.Express(fit.Model.Members[0], outputs);
            answers.Add(key, outputs);
        }
    }

    /// <summary>Returns the seed of a reservoir; the first one has the given seed.</summary>
    private static long SeedOf(int seed, int index) =>
        index == 0 ? seed : (long)SeededRandom.At(SeededRandom.At((ulong)seed, 0), (ulong)index);
}
