namespace Elman;

/// <summary>A forecaster that was trained on all before a moment, and was tested on what came next.</summary>
/// <param name="Steps">The number of steps that were tested on, of all series together.</param>
/// <param name="From">The time of the first of them; <see langword="null"/> where times are not known.</param>
/// <param name="Evaluation">How it did.</param>
public sealed record BacktestFold(int Steps, string? From, ForecastEvaluation Evaluation)
{
    /// <summary>Steps of a season; <see langword="null"/> if none was found.</summary>
    public int? Season { get; init; }

    /// <summary>The last value, and the value a season ago, on the same steps.</summary>
    public IReadOnlyList<BaselineResult> Baselines { get; init; } = [];

    /// <summary>Of each channel the mean absolute change over a season (without one, over a step) in the training data.</summary>
    public IReadOnlyList<double> Scales { get; init; } = [];

    /// <summary>The root of the mean squared error over all steps ahead and channels.</summary>
    public double Rmse => Math.Sqrt(Mean(score => score.Rmse * score.Rmse));

    /// <summary>The mean absolute error over all steps ahead and channels.</summary>
    public double Mae => Mean(score => score.Mae);

    /// <summary>
    /// The mean absolute scaled error (R. Hyndman, A. Koehler, 2006): the mean absolute error over all steps ahead as a share of
    /// <see cref="Scales"/>, the mean over the channels. Below 1 it is better than to repeat the last season is one season ahead.
    /// </summary>
    public double Mase => Evaluation.PerChannel.Zip(Scales, (score, scale) => score.Mae / scale).Average();

    private double Mean(Func<NumberScore, double> of)
    {
        double sum = 0, cases = 0;
        foreach (NumberScore score in Evaluation.PerStepAhead.Where(score => score.Cases > 0))
            (sum, cases) = (sum + (score.Cases * of(score)), cases + score.Cases);
        return sum / cases;
    }
}
