using Elman.Sequences;

namespace Elman;

/// <summary>
/// Tells how good forecasts would have been: at several moments of the past a forecaster learns from all that was known and is tested on
/// what came next (rolling origin: L. Tashman, "Out-of-sample tests of forecasting accuracy", 2000), beside the last value and, where data
/// have a season, the value a season ago.
/// </summary>
public static class Backtest
{
    /// <summary>The share of the steps that is tested on, by all folds together.</summary>
    private const double TestedShare = 0.4;

    /// <summary>Learns and tests, once for each fold.</summary>
    /// <param name="data">The series, with as many steps for each fold as the forecast looks ahead, at least.</param>
    /// <param name="options">How forecasters are trained.</param>
    /// <param name="folds">The number of folds; at least 1. They divide the last 40 % of the steps, the earliest first.</param>
    /// <param name="season">Steps of a season; by default (<see langword="null"/>) found in what each fold learns from.</param>
    /// <param name="progress">Hears the number of each fold, from 0, as its training begins.</param>
    /// <param name="cancellationToken">Stops between two folds, unless there is none yet.</param>
    /// <returns>The folds.</returns>
    /// <exception cref="ArgumentException">The series are too short, can't be learned from, or there are many of them without dates.
    /// </exception>
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
                break; // those that are complete are kept
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
        cancellationToken.ThrowIfCancellationRequested(); // it may have learned a part only
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

    /// <summary>What is known before a fold, and what comes next with all before it as context.</summary>
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

    /// <summary>The mean absolute change over a season of each channel, in the training data.</summary>
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
