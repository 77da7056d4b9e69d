using Elman.Sequences;

namespace Elman;

/// <summary>
/// Cross-validates a model: each part of the data (fold) is predicted by a model that was trained on the other parts, so that every
/// sequence has a prediction of a model that was not trained on it.
/// </summary>
/// <remarks>
/// Every class is spread over the folds as evenly as possible, and groups of sequences are not divided. Forecasters, whose folds follow in
/// time, are tested by <see cref="Backtest"/>.
/// </remarks>
public static class CrossValidation
{
    /// <summary>Trains and tests a model for each fold.</summary>
    /// <param name="data">The labelled data, with at least two sequences or groups.</param>
    /// <param name="create">Creates the untrained model of a fold, given the number of the repeat and of the fold, from 0. It is disposed
    /// after its predictions.</param>
    /// <param name="options">The folds; by default all defaults.</param>
    /// <param name="progress">Receives each fold when it is complete.</param>
    /// <param name="cancellationToken">Stops the cross-validation.</param>
    /// <returns>The folds with their figures, and the predictions.</returns>
    /// <exception cref="ArgumentException">An option is out of its range, the data have a single sequence or group, are for a forecaster,
    /// or a fold can't be trained; the message names the fold.</exception>
    /// <exception cref="TrainingDivergedException">The training of a fold diverged; the message names the fold.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled before all folds were complete.</exception>
    public static CrossValidationResult Run(SequenceDataset data, Func<int, int, SequenceEstimator> create,
        CrossValidationOptions? options = null, IProgress<CrossValidationFold>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(create);
        options ??= new CrossValidationOptions();
        IReadOnlyList<string> problems = options.FindProblems();
        if (problems.Count > 0)
            throw new ArgumentException(string.Join(' ', problems), nameof(options));
        var random = new SeededRandom(options.Seed);
        var folds = new List<CrossValidationFold>();
        var cases = new List<CaseAnswers>();
        for (int repeat = 0; repeat < options.Repeats; repeat++)
        {
            float[][] answers = new float[data.Count][];
            CaseAnswers? ofRepeat = null;
            int[][] parts = PartsOf(data, options, random);
            for (int fold = 0; fold < parts.Length; fold++)
            {
                using SequenceEstimator model = create(repeat, fold);
                if (model is SequenceForecaster)
                    throw new ArgumentException("Cross-validation holds out whole series; test a forecaster by Backtest.", nameof(create));
                folds.Add(Fit(model, data, parts[fold], repeat, fold, answers, cancellationToken));
                progress?.Report(folds[^1]);
                if (fold == parts.Length - 1)
                    ofRepeat = model.CasesOf(data, answers);
            }
            cases.Add(ofRepeat!);
        }
        return new CrossValidationResult(folds, cases);
    }

    private static CrossValidationFold Fit(SequenceEstimator model, SequenceDataset data, int[] held, int repeat, int fold,
        float[][] answers, CancellationToken cancellationToken)
    {
        HashSet<int> leftOut = [.. held];
        SequenceDataset test = data.Subset(held);
        TrainingSummary summary;
        try
        {
            summary = model.Fit(data.Subset(Enumerable.Range(0, data.Count).Where(i => !leftOut.Contains(i))),
                cancellationToken: cancellationToken);
        }
        catch (ArgumentException e)
        {
            string said = e.ParamName is { } name ? e.Message.Replace($" (Parameter '{name}')", "", StringComparison.Ordinal) : e.Message;
            throw new ArgumentException($"{Name(repeat, fold)} can't be trained: {said}", nameof(data), e);
        }
        catch (TrainingDivergedException e)
        {
            throw new TrainingDivergedException($"{Name(repeat, fold)}: {e.Message}", e) { Epoch = e.Epoch };
        }
        if (summary.Cancelled)
            throw new OperationCanceledException("Cross-validation was stopped before all folds were complete.", cancellationToken);
        float[][] ofTest = model.AnswersTo(test);
        for (int i = 0; i < held.Length; i++)
            answers[held[i]] = ofTest[i];
        CaseAnswers cases = model.CasesOf(test, ofTest);
        double score = cases is NumberAnswers numbers ? numbers.MainFigureWithin(data) : cases.MainFigure;
        return new CrossValidationFold(repeat, fold, held, score, summary);
    }

    private static string Name(int repeat, int fold) =>
        FormattableString.Invariant($"The model of fold {fold + 1} in repeat {repeat + 1}");

    private static int[][] PartsOf(SequenceDataset data, CrossValidationOptions options, SeededRandom random)
    {
        int[][] parts = !options.LeaveOneGroupOut ? StratifiedFolds.Draw(data, options.Folds, random)
            : SequenceGroups.Of(data) is { } groups ? [.. groups.Select(group => group.ToArray())]
            : throw new ArgumentException($"'{data.Name}' has no groups, so none can be left out; read them from a column.", nameof(data));
        return parts.Length >= 2 ? parts : throw new ArgumentException(
            $"'{data.Name}' has a single {(data.Count < 2 ? "sequence" : "group")}; cross-validation needs at least two.", nameof(data));
    }
}
