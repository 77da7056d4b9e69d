namespace Elman;

/// <summary>The result of a baseline, or the reason why it was skipped.</summary>
public sealed class BaselineResult
{
    /// <summary>The measures of numbers: the root mean squared error, and that of several targets or channels.</summary>
    internal const string Error = "RMSE", ScaledError = "NRMSE";

    private readonly object? _evaluation;
    private readonly Lazy<CaseAnswers>? _cases;

    internal BaselineResult(string name, string measure, object? evaluation, Lazy<CaseAnswers>? cases = null)
    {
        (Name, Measure, _evaluation, _cases) = (name, measure, evaluation, cases);
    }

    /// <summary>The method, such as <c>majority class</c> or <c>1-NN DTW (window 10 %)</c>.</summary>
    public string Name { get; }

    /// <summary>The metric of <see cref="Score"/>: <c>accuracy</c>, <c>exact match</c>, <c>RMSE</c>, or
    /// <c>NRMSE</c>.</summary>
    public string Measure { get; }

    /// <summary>Whether a larger <see cref="Score"/> is better.</summary>
    public bool GreaterIsBetter => Measure is not (Error or ScaledError);

    /// <summary>Whether there is no result; <see cref="SkippedBecause"/> has the reason.</summary>
    public bool IsSkipped => SkippedBecause is not null;

    /// <summary>The reason why the method was skipped, as a sentence; <see langword="null"/> if it was not.</summary>
    public string? SkippedBecause { get; internal init; }

    /// <summary>
    /// The accuracy; for multi-label classification the share of sequences with all classes correct; for numbers the root mean squared
    /// error over all steps ahead, in the units of the data, and over several targets or channels in standard deviations of each. NaN if
    /// the method was skipped.
    /// </summary>
    public double Score { get; internal init; } = double.NaN;

    /// <summary>The mean log loss; <see langword="null"/> if the method has no probabilities, or was skipped.</summary>
    public double? LogLoss { get; internal init; }

    /// <summary>
    /// The score of each fold of <see cref="Baseline.CrossValidate"/>, one repeat after the other. Empty after
    /// <see cref="Baseline.Evaluate"/>. NaN for a fold without anything to evaluate.
    /// </summary>
    public IReadOnlyList<double> FoldScores { get; internal init; } = [];

    /// <summary>The time to fit and predict.</summary>
    public TimeSpan Duration { get; internal init; }

    /// <summary>The estimated time before it started; <see langword="null"/> if no time limit was set, or the method is always
    /// fast.</summary>
    public BaselineCost? Cost { get; internal init; }

    /// <summary>
    /// The predictions case by case, to compare with those of a model (<see cref="CaseAnswers.CompareWith"/>); after
    /// <see cref="Baseline.CrossValidate"/> those of the first repeat, in the order of the data. <see langword="null"/> if the method was
    /// skipped, and for more than 200 million predictions.
    /// </summary>
    public CaseAnswers? Cases => _cases?.Value;

    /// <summary>The full evaluation if each sequence has one class. Its log loss and areas are valid only if <see cref="LogLoss"/> is not
    /// null.</summary>
    public Evaluation? Evaluation => _evaluation as Evaluation;

    /// <summary>The full evaluation of multi-label classification.</summary>
    public LabelEvaluation? LabelEvaluation => _evaluation as LabelEvaluation;

    /// <summary>The full evaluation if every step has a class.</summary>
    public TagEvaluation? TagEvaluation => _evaluation as TagEvaluation;

    /// <summary>The full evaluation of targets.</summary>
    public NumberEvaluation? NumberEvaluation => _evaluation as NumberEvaluation;

    /// <summary>The full evaluation of forecasts.</summary>
    public ForecastEvaluation? ForecastEvaluation => _evaluation as ForecastEvaluation;
}
