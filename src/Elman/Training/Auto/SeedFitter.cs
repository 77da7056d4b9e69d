using System.Diagnostics;

namespace Elman.Training;

/// <summary>
/// Fits a reservoir several times, each drawn from a seed of its own. What it says of cases left out follows from the fit itself.
/// </summary>
internal static class SeedFitter
{
    /// <summary>Fits.</summary>
    /// <param name="candidate">The candidate.</param>
    /// <param name="options">Its options.</param>
    /// <param name="seeds">How many reservoirs.</param>
    /// <param name="data">The training data.</param>
    /// <param name="cancellationToken">Stops between two reservoirs, unless there is none yet.</param>
    /// <exception cref="TrainingDivergedException">A number stopped being finite.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled before the first was fitted.</exception>
    public static CandidateFit Fit(
        Candidate candidate, TrainingOptions options, int seeds, TrainingSet data, CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        var models = new List<Learned>();
        var answers = new UnseenAnswers();
        for (int seed = 0; seed < seeds && (seed == 0 || !cancellationToken.IsCancellationRequested); seed++)
        {
            using var learner = new RidgeLearner(options);
            Learned learned = learner.Fit(
                data with { Validation = null, Random = new SeededRandom(SeedOf(options.Seed, seed)) }, null, cancellationToken);
            models.Add(learned);
            foreach ((AnswerKey key, float[] outputs) in learner.LeftOut)
            {
                learned.Express(learned.Members[0], outputs);
                answers.Add(key, outputs);
            }
        }
        return new CandidateFit(candidate, options, models, answers, watch.Elapsed);
    }

    /// <summary>The seed of a reservoir: of the first, the one that was given.</summary>
    private static long SeedOf(int seed, int index) =>
        index == 0 ? seed : (long)SeededRandom.At(SeededRandom.At((ulong)seed, 0), (ulong)index);
}
