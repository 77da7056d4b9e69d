namespace Elman;

/// <summary>The result of one fold: a forecaster trained on all data before a moment, and tested on the steps that follow.</summary>
/// <param name="Steps">The number of steps tested on, over all series.</param>
/// <param name="From">The time of the first of these steps; <see langword="null"/> if times are not known.</param>
/// <param name="Evaluation">The scores of the forecaster.</param>
public sealed record BacktestFold(int Steps, string? From, ForecastEvaluation Evaluation)
{
    /// <summary>The number of steps of a season; <see langword="null"/> if none was found.</summary>
    public int? Season { get; init; }

    /// <summary>The scores of the baselines on the same steps: the last value, and the value one season ago.</summary>
    public IReadOnlyList<BaselineResult> Baselines { get; init; } = [];

    /// <summary>The mean absolute change of each channel over a season (without a season, over one step) in the training data.</summary>
    public IReadOnlyList<double> Scales { get; init; } = [];

    /// <summary>The root of the mean squared error over all steps ahead and channels; of several channels in standard deviations of
    /// each.</summary>
    public double Rmse => Evaluation.All.Rmse;

    /// <summary>The mean absolute error over all steps ahead and channels; of several channels in standard deviations of each.</summary>
    public double Mae => Evaluation.All.Mae;

    /// <summary>
    /// The mean absolute scaled error (R. Hyndman, A. Koehler, 2006): the mean absolute error over all steps ahead divided by
    /// <see cref="Scales"/>, averaged over the channels. Below 1, the forecast is better than repeating the last season is for one season
    /// ahead.
    /// </summary>
    public double Mase => Evaluation.PerChannel.Zip(Scales, (score, scale) => score.Mae / scale).Average();
}
