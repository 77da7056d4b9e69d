using Elman.Baselines;
using Elman.Kernels;
using Elman.Sequences;

namespace Elman;

/// <summary>Baselines: simple methods that a trained network should outperform, evaluated on the same data in the same way.</summary>
/// <remarks>
/// <list type="table">
/// <item><term>one class per sequence</term><description>majority class; 1-NN by dynamic time warping (all channels together,
/// standardised); ridge on statistics</description></item>
/// <item><term>one class per text</term><description>majority class; logistic regression on n-grams of up to three
/// symbols</description></item>
/// <item><term>any number of classes per sequence</term><description>class shares; ridge on statistics</description></item>
/// <item><term>one class per step</term><description>majority class</description></item>
/// <item><term>targets</term><description>training mean; ridge on statistics</description></item>
/// <item><term>forecasts</term><description>last value; seasonal naive</description></item>
/// </list>
/// <para>
/// Ridge on statistics is least squares with a penalty on five features for each channel: mean, standard deviation, minimum, maximum and
/// slope over time. The penalty and the scale of probabilities are fitted by exact leave-one-out on the training data.
/// </para>
/// <para>
/// Missing values (NaN): statistics skip them; dynamic time warping interpolates them linearly; a forecast repeats the last known value.
/// Symbols (see <see cref="InputOptions.Embed"/>) are treated as numbers.
/// </para>
/// <para>Results do not depend on the number of threads, except for methods that a <see cref="BaselineOptions.TimeLimit"/> skips.</para>
/// </remarks>
public static class Baseline
{
    /// <summary>Fits the baselines to training data and evaluates them on test data.</summary>
    /// <param name="train">The training data.</param>
    /// <param name="test">The test data. Their classes or targets are matched by name.</param>
    /// <param name="options">The options; by default all defaults.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>A result for each method, the simplest first. Skipped methods are included, with the reason.</returns>
    /// <exception cref="ArgumentException">An option is out of range, the data are not suitable for training or evaluation, or they do not
    /// match; the message gives the reason.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static IReadOnlyList<BaselineResult> Evaluate(
        SequenceDataset train, SequenceDataset test, BaselineOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(train);
        ArgumentNullException.ThrowIfNull(test);
        options = Checked(options);
        var problem = new BaselineProblem(train, options, nameof(train));
        BaselinePart[] parts = [new(train, problem.Align(test.WithVocabulariesOf(train), nameof(test)))];
        return Run(
            problem, parts, options, (method, workers, token) => [method.Answer(parts[0].Train, parts[0].Test, workers, token)],
            cancellationToken);
    }

    /// <summary>Splits data into stratified folds, and evaluates each fold with the others as training data.</summary>
    /// <param name="data">The data.</param>
    /// <param name="options">The options; <see cref="BaselineOptions.Folds"/>, <see cref="BaselineOptions.Repeats"/> and
    /// <see cref="BaselineOptions.Seed"/> set the folds.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>
    /// A result for each method, the simplest first, over the predictions for all sequences in all repeats. Whole sequences are held out,
    /// for forecasts too: split a single long series in time and use <see cref="Evaluate"/>.
    /// </returns>
    /// <remarks>With equally frequent classes, holding out a single sequence makes its class the rarest, so the majority class is then
    /// always wrong.</remarks>
    /// <exception cref="ArgumentException">An option is out of range, or the data are not suitable for training, or have fewer than two
    /// sequences; the message gives the reason.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static IReadOnlyList<BaselineResult> CrossValidate(
        SequenceDataset data, BaselineOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        options = Checked(options);
        var problem = new BaselineProblem(data, options, nameof(data));
        BaselinePart[] parts = Parts(problem.Align(data, nameof(data)), options, nameof(data));
        return Run(problem, parts, options, (method, workers, token) =>
        {
            var answers = new BaselineAnswers[parts.Length];
            var job = new FoldJob(method, parts, answers, token);
            workers.Run(ref job, parts.Length);
            return answers;
        }, cancellationToken);
    }

    /// <summary>Estimates the cost of the nearest neighbour by dynamic time warping, the only slow method; runs a small sample.</summary>
    /// <param name="train">The training data.</param>
    /// <param name="test">The test data.</param>
    /// <param name="options">The options; by default all defaults.</param>
    /// <param name="cancellationToken">Stops the sample.</param>
    /// <exception cref="ArgumentException">An option is out of its range, the data are not labelled, or the data sets don't
    /// match.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static BaselineCost PredictDtwCost(
        SequenceDataset train, SequenceDataset test, BaselineOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(train);
        ArgumentNullException.ThrowIfNull(test);
        options = Checked(options);
        var problem = new BaselineProblem(train, options with { Task = BaselineTask.Classify, Horizon = 1, Season = null }, nameof(train));
        return new NearestNeighbor(options.DtwWindow).PredictCost(
            [new(train, problem.Align(test, nameof(test)))], options.ResolvedThreads, cancellationToken);
    }

    private static BaselineOptions Checked(BaselineOptions? options)
    {
        options ??= new BaselineOptions();
        IReadOnlyList<string> problems = options.FindProblems();
        return problems.Count == 0 ? options : throw new ArgumentException(string.Join(' ', problems), nameof(options));
    }

    private static BaselinePart[] Parts(SequenceDataset data, BaselineOptions options, string parameter)
    {
        if (data.Count < 2)
            throw new ArgumentException(
                $"'{data.Name}' has a single sequence; cross-validation needs at least two. Split it in time and use Evaluate.",
                parameter);
        var random = new SeededRandom(options.Seed);
        var parts = new List<BaselinePart>();
        for (int repeat = 0; repeat < options.Repeats; repeat++)
        {
            foreach (int[] fold in StratifiedFolds.Draw(data, options.Folds, random))
            {
                HashSet<int> leftOut = [.. fold];
                parts.Add(new BaselinePart(
                    data.Subset(Enumerable.Range(0, data.Count).Where(i => !leftOut.Contains(i))), data.Subset(fold), fold));
            }
        }
        return [.. parts];
    }

    private static BaselineResult[] Run(
        BaselineProblem problem, BaselinePart[] parts, BaselineOptions options,
        Func<BaselineMethod, Workers, CancellationToken, BaselineAnswers[]> answer, CancellationToken cancellationToken)
    {
        using var workers = new Workers(options.ResolvedThreads);
        var results = new List<BaselineResult>();
        foreach (BaselineMethod method in BaselineMethod.For(problem.Task, options, parts[0].Train.Vocabularies.Count > 0))
            results.Add(new BaselineRun(problem, method, parts, options, answer).Result(workers, cancellationToken));
        return [.. results];
    }

    /// <summary>Evaluates a method on the folds; each part is a fold.</summary>
    private readonly struct FoldJob(
        BaselineMethod method, BaselinePart[] parts, BaselineAnswers[] answers, CancellationToken cancellationToken) : IJob
    {
        public void Execute(int part)
        {
            cancellationToken.ThrowIfCancellationRequested();
            using var alone = new Workers(1);
            answers[part] = method.Answer(parts[part].Train, parts[part].Test, alone, cancellationToken);
        }
    }
}
