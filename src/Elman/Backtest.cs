using Elman.Sequences;

namespace Elman;

/// <summary>
/// Backtests a forecaster: at several moments of the past it is trained on all data before, and tested on the steps that follow
/// (rolling origin: L. Tashman, "Out-of-sample tests of forecasting accuracy", 2000). Each test is compared with two baselines: the last
/// value and, if the data have a season, the value one season ago.
/// </summary>
public static class Backtest
{
    /// <summary>The share of the steps that is tested on, over all folds.</summary>
    private const double TestedShare = 0.4;

    /// <summary>Trains and tests a forecaster for each fold.</summary>
    /// <param name="data">The series, with at least <c>horizon</c> steps for each fold.</param>
    /// <param name="options">The training options of the forecasters.</param>
    /// <param name="folds">The number of folds; at least 1. They divide the last 40 % of the steps, in order of time.</param>
    /// <param name="season">The number of steps of a season; by default (<see langword="null"/>) it is detected in the training data of
    /// each fold.</param>
    /// <param name="progress">Receives the index of each fold, from 0, when its training begins.</param>
    /// <param name="cancellationToken">Stops the backtest; the complete folds are returned, if there are any.</param>
    /// <returns>The folds.</returns>
    /// <exception cref="ArgumentException">The series are too short or not suitable for training, or are several without dates.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="folds"/> or <paramref name="season"/> is below 1.</exception>
    /// <exception cref="TrainingDivergedException">The loss or a weight stopped being finite.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled before the first fold was trained.</exception>
    public static IReadOnlyList<BacktestFold> Run(SequenceDataset data, TrainingOptions options, int folds = 5, int? season = null,
        IProgress<int>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(folds, 1);
        if (season is { } given)
            ArgumentOutOfRangeException.ThrowIfLessThan(given, 1, nameof(season));
        data = data.UpToLastValue(options.Forecast.Known);
        var results = new List<BacktestFold>();
        for (int fold = 0; fold < folds && (fold == 0 || !cancellationToken.IsCancellationRequested); fold++)
        {
            try
            {
                results.Add(Fold(data, options, fold, folds, season, progress, cancellationToken));
            }
            catch (OperationCanceledException) when (results.Count > 0)
            {
                break; // the complete folds are kept
            }
        }
        return results;
    }

    private static BacktestFold Fold(SequenceDataset data, TrainingOptions options, int fold, int folds, int? season,
        IProgress<int>? progress, CancellationToken cancellationToken)
    {
        (SequenceDataset known, SequenceDataset next) = Divide(data, fold, folds, options.Forecast.Horizon);
        using var forecaster = new SequenceForecaster(options);
        progress?.Report(fold);
        forecaster.Fit(known, cancellationToken: cancellationToken);
        cancellationToken.ThrowIfCancellationRequested(); // training may have ended early
        ForecastEvaluation evaluation = forecaster.Evaluate(next);
        SequenceDataset forecast = known.Without(options.Forecast.Known);
        int? period = season ?? SeasonalPeriod.Find(forecast, cancellationToken);
        return new BacktestFold(next.Sum(sequence => sequence.Steps - sequence.ContextSteps), FirstTime(next), evaluation)
        {
            Season = period,
            Scales = Scales(forecast, period ?? 1),
            Baselines = Baseline.Evaluate(forecast, next.Without(options.Forecast.Known), new BaselineOptions
            {
                Task = BaselineTask.Forecast,
                Horizon = options.Forecast.Horizon,
                Season = period,
                Threads = options.Threads,
            }, cancellationToken),
        };
    }

    /// <summary>Divides the data of a fold into the known steps and the next ones, with all earlier steps as context.</summary>
    private static (SequenceDataset Known, SequenceDataset Next) Divide(SequenceDataset data, int fold, int folds, int horizon)
    {
        var known = new List<Sequence>();
        var next = new List<Sequence>();
        foreach (Sequence sequence in data)
        {
            int tested = (int)(TestedShare * sequence.Steps) / folds;
            int end = sequence.Steps - (tested * (folds - 1 - fold)), cut = end - tested;
            if (tested < horizon || cut < (2 * horizon) + 2)
                continue;
            known.Add(sequence.Slice(0, cut));
            next.Add(sequence.Slice(0, end) with { ContextSteps = cut });
        }
        return next.Count > 0
            ? (data.With(data.ClassLabels, known, data.TargetNames), data.With(data.ClassLabels, next, data.TargetNames))
            : throw new ArgumentException(
                $"The series of '{data.Name}' are too short for {folds} folds of {horizon} steps ahead: the folds divide the last 40 % "
                    + $"of the steps, {(int)(TestedShare * data.MaxSteps)}. Choose fewer folds.", nameof(data));
    }

    private static string? FirstTime(SequenceDataset next) => next[0].Times?.TextAt(next[0].ContextSteps);

    /// <summary>Returns the mean absolute change of each channel over a season, in the training data.</summary>
    private static double[] Scales(SequenceDataset data, int season)
    {
        double[] sums = new double[data.Channels];
        long[] counts = new long[data.Channels];
        foreach (Sequence sequence in data)
        {
            ReadOnlySpan<float> values = sequence.Values.Span;
            for (int i = season * data.Channels; i < values.Length; i++)
            {
                double change = values[i] - values[i - (season * data.Channels)];
                if (double.IsNaN(change))
                    continue;
                sums[i % data.Channels] += Math.Abs(change);
                counts[i % data.Channels]++;
            }
        }
        return [.. sums.Zip(counts, (sum, count) => count > 0 ? sum / count : double.NaN)];
    }
}
