namespace Elman.Tests;

public sealed class BacktestTests
{
    private static readonly TrainingOptions _lags = TrainingOptions.Auto with
    {
        Cell = new AutoOptions { Ensemble = EnsembleWeights.Parse("lags:1") },
        Forecast = new() { Horizon = 6 },
    };

    [Fact]
    public void Each_fold_learns_from_all_before_it_and_the_folds_divide_the_end_of_the_series()
    {
        SequenceDataset data = Load.Series(days: 20);
        IReadOnlyList<BacktestFold> folds = Backtest.Run(data, _lags, folds: 4);
        Assert.Equal(4, folds.Count);
        Assert.All(folds, fold => Assert.Equal(48, fold.Steps)); // 40 % of 480, in four parts
        Assert.Equal(["2024-01-13T00:00:00", "2024-01-15T00:00:00", "2024-01-17T00:00:00", "2024-01-19T00:00:00"],
            folds.Select(fold => fold.From));
        Assert.All(folds, fold => Assert.Equal(48, fold.Evaluation.PerStepAhead[5].Cases));
        // The forecaster of the last fold was trained on all data before it.
        using var forecaster = new SequenceForecaster(_lags);
        forecaster.Fit(new SequenceDataset(1, [], [data[0].Slice(0, 432)]) { ChannelNames = ["load"] });
        SequenceDataset next = new(1, [], [data[0] with { ContextSteps = 432 }]) { ChannelNames = ["load"] };
        Assert.Equal(forecaster.Evaluate(next).PerStepAhead, folds[3].Evaluation.PerStepAhead);
    }

    [Fact]
    public void Scaled_errors_are_shares_of_the_mean_change_over_a_season()
    {
        SequenceDataset data = Load.Series(days: 20);
        BacktestFold fold = Backtest.Run(data, _lags, folds: 1, season: 24)[0];
        float[] known = data[0].Values[..288].ToArray();
        double scale = Enumerable.Range(24, 288 - 24).Average(t => Math.Abs((double)known[t] - known[t - 24]));
        Assert.Equal(scale, fold.Scales[0], 1e-9);
        Assert.Equal(fold.Mae / scale, fold.Mase, 1e-9);
        Assert.Equal(24, fold.Season);
        Assert.Contains(fold.Baselines, result => result.Name == "seasonal naive (24)");
        Assert.True(fold.Rmse < fold.Baselines.Min(result => result.Score));
    }

    [Fact]
    public void Series_that_are_too_short_are_refused_with_the_way_out()
    {
        Assert.Contains("fewer folds",
            Assert.Throws<ArgumentException>(() => Backtest.Run(Load.Series(days: 2), _lags, folds: 5)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => Backtest.Run(Load.Series(days: 2), _lags, folds: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Backtest.Run(Load.Series(days: 2), _lags, season: 0));
    }
}
