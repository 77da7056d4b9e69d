namespace Elman;

/// <summary>How a simple method did, or why it was skipped.</summary>
public sealed class BaselineResult
{
    private readonly object? _evaluation;

    internal BaselineResult(string name, string measure, object? evaluation)
    {
        (Name, Measure, _evaluation) = (name, measure, evaluation);
    }

    /// <summary>The method, such as <c>majority class</c> or <c>1-NN DTW (window 10 %)</c>.</summary>
    public string Name { get; }

    /// <summary>What <see cref="Score"/> is: <c>accuracy</c>, <c>exact match</c> or <c>RMSE</c>.</summary>
    public string Measure { get; }

    /// <summary>Whether a greater <see cref="Score"/> is a better one.</summary>
    public bool GreaterIsBetter => Measure != "RMSE";

    /// <summary>Whether there is no result; <see cref="SkippedBecause"/> says why.</summary>
    public bool IsSkipped => SkippedBecause is not null;

    /// <summary>Why the method was skipped, a sentence; <see langword="null"/> where it was not.</summary>
    public string? SkippedBecause { get; internal init; }

    /// <summary>
    /// The share of right answers; for several classes side by side the share of sequences with all answers right; for numbers the root of
    /// the mean squared
    /// error over all targets, or steps ahead, together, in the units of the data. NaN where the method was skipped.
    /// </summary>
    public double Score { get; internal init; } = double.NaN;

    /// <summary>The mean log loss; <see langword="null"/> where the method gives no probabilities, or was skipped.</summary>
    public double? LogLoss { get; internal init; }

    /// <summary>
    /// The score of each fold of <see cref="Baseline.CrossValidate"/>, one repeat after the other. Empty after
    /// <see cref="Baseline.Evaluate"/>.
    /// NaN for a fold in which nothing can be judged.
    /// </summary>
    public IReadOnlyList<double> FoldScores { get; internal init; } = [];

    /// <summary>How long it took to learn and to answer.</summary>
    public TimeSpan Duration { get; internal init; }

    /// <summary>What was predicted before it began; <see langword="null"/> where no time limit was set, or the method always takes
    /// little.</summary>
    public BaselineCost? Cost { get; internal init; }

    /// <summary>The whole evaluation where each sequence has one class. Its log loss and areas count only where <see cref="LogLoss"/> is
    /// known.</summary>
    public Evaluation? Evaluation => _evaluation as Evaluation;

    /// <summary>The whole evaluation where several classes may apply side by side.</summary>
    public LabelEvaluation? LabelEvaluation => _evaluation as LabelEvaluation;

    /// <summary>The whole evaluation where every step has a class.</summary>
    public TagEvaluation? TagEvaluation => _evaluation as TagEvaluation;

    /// <summary>The whole evaluation of targets.</summary>
    public NumberEvaluation? NumberEvaluation => _evaluation as NumberEvaluation;

    /// <summary>The whole evaluation of forecasts.</summary>
    public ForecastEvaluation? ForecastEvaluation => _evaluation as ForecastEvaluation;
}
