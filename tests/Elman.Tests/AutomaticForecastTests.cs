using Elman.Tests.Kernels;

namespace Elman.Tests;

/// <summary>Forecasts of a single series whose model is chosen automatically.</summary>
public sealed class AutomaticForecastTests : IDisposable
{
    private static readonly TrainingOptions _options = TrainingOptions.Auto with
    {
        Forecast = new() { Horizon = 24 },
        Threads = 1,
        Cell = new AutoOptions { Budget = TimeSpan.FromSeconds(6.5) },
    };

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void A_load_is_forecast_far_better_than_by_its_last_season_and_its_band_holds_about_the_share_that_it_should()
    {
        (SequenceDataset beginnings, SequenceDataset ends) = Load.Series(days: 70).DivideInTime(0.3, horizon: 24)!.Value;
        using var forecaster = new SequenceForecaster(_options);
        forecaster.Fit(beginnings);
        Assert.Equal(CalendarCycles.Hour | CalendarCycles.Weekday, forecaster.Calendar);
        ForecastEvaluation evaluation = forecaster.Evaluate(ends);
        double model = RmseOf(evaluation);
        BaselineResult seasonal = Baseline.Evaluate(beginnings, ends, new BaselineOptions { Task = BaselineTask.Forecast, Horizon = 24 })
            .Single(result => result.Name.StartsWith("seasonal naive", StringComparison.Ordinal));
        Assert.True(model < 0.8 * seasonal.Score, $"{model} against {seasonal.Score}");
        BandScore band = Assert.Single(evaluation.Bands);
        Assert.Equal(0.8, band.Nominal, 1e-9);
        Assert.InRange(band.Coverage, 0.7, 0.9);
    }

    [Fact]
    public void A_forecaster_like_one_that_was_tested_has_its_members_and_quantiles_and_knows_the_end()
    {
        SequenceDataset data = Load.Series(days: 20);
        SequenceDataset beginnings = data.DivideInTime(0.2, 24)!.Value.Beginnings;
        using SequenceForecaster tested = new(_options), further = new(_options);
        tested.Fit(beginnings);
        further.FitLike(tested, data);
        Assert.Equal(tested.Members.Select(member => (member.Name, member.Weight)), further.Members.Select(m => (m.Name, m.Weight)));
        Assert.Equal(tested.Quantiles, further.Quantiles);
        float[] forecast = further.Predict(data[0]);
        Assert.Equal(tested.QuantilesAround(forecast), further.QuantilesAround(forecast));
        Assert.NotEqual(tested.Predict(data[0]), forecast);
        string path = _folder.File("model");
        further.Save(path);
        using SequenceForecaster loaded = SequenceForecaster.Load(path);
        SameBits.Assert<float>(forecast, loaded.Predict(data[0]));
        SameBits.Assert<float>(further.QuantilesAround(forecast), loaded.QuantilesAround(forecast));
    }

    [Fact]
    public void Quantiles_ascend_and_there_are_none_where_none_are_wanted_or_none_can_be_measured()
    {
        SequenceDataset data = Load.Series(days: 8);
        using var forecaster = new SequenceForecaster(
            _options with
            {
                Forecast = _options.Forecast with { Horizon = 2, Quantiles = [0.05, 0.25, 0.5, 0.75, 0.95] },
                Cell = new AutoOptions { Ensemble = EnsembleWeights.Parse("lags:1") },
            });
        forecaster.Fit(data);
        float[] quantiles = forecaster.QuantilesAround(forecaster.Predict(data[0]));
        for (int level = 1; level < 5; level++)
            for (int o = 0; o < 2; o++)
                Assert.True(quantiles[(level * 2) + o] >= quantiles[((level - 1) * 2) + o]);
        Assert.Throws<ArgumentException>(() => forecaster.QuantilesAround([1f]));
        var named = new TrainingOptions { Cell = "gru", Model = new() { Layers = [4] }, Epochs = 1, Forecast = new() { Horizon = 2 } };
        using SequenceForecaster without = new(named), validated = new(named with { Validation = 0.2 });
        without.Fit(data);
        validated.Fit(data);
        Assert.Empty(without.Quantiles);
        Assert.Equal(3, validated.Quantiles.Count);
        Assert.Throws<ArgumentException>(
            () => new SequenceForecaster(named with { Forecast = named.Forecast with { Quantiles = [0.9, 0.1] } }));
        Assert.Throws<ArgumentException>(
            () => new SequenceForecaster(named with { Forecast = named.Forecast with { Quantiles = [0, 0.5] } }));
    }

    [Theory]
    [InlineData(80, 6)]
    [InlineData(160, 6)]
    [InlineData(60, 1)]
    public void Of_a_series_without_noise_the_band_is_narrow_however_short_it_is(int steps, int horizon)
    {
        float[] line = [.. Enumerable.Range(0, steps).Select(t => 10 + (0.5f * t))];
        SequenceDataset data = new(1, [], [new Sequence(line, 1)]);
        using var forecaster = new SequenceForecaster(_options with
        {
            Forecast = _options.Forecast with { Horizon = horizon },
            Cell = new AutoOptions { Ensemble = EnsembleWeights.Parse("lags:1") },
        });
        forecaster.Fit(data);
        float[] around = forecaster.QuantilesAround(forecaster.Predict(data[0]));
        Assert.InRange(around[2 * horizon] - around[0], 0, 0.1); // 0.2 of what a step is
        Assert.InRange(forecaster.QuantileCases!.Value, 9, steps);
        string path = _folder.File("model");
        forecaster.Save(path);
        using SequenceForecaster loaded = SequenceForecaster.Load(path);
        Assert.Equal(forecaster.QuantileCases, loaded.QuantileCases);
    }

    [Fact]
    public void Quantiles_of_steps_ahead_that_were_hardly_ever_evaluated_are_apart_all_the_same()
    {
        var random = new Random(2);
        float[] noise = [.. Enumerable.Range(0, 24).Select(_ => (float)random.NextDouble())];
        SequenceDataset data = new(1, [], [new Sequence(noise, 1)]);
        using var forecaster = new SequenceForecaster(_options with
        {
            Forecast = _options.Forecast with { Horizon = 6 },
            Cell = new AutoOptions { Ensemble = EnsembleWeights.Parse("last-value:1") },
        });
        forecaster.Fit(data);
        Assert.InRange(forecaster.QuantileCases!.Value, 1, 5);
        float[] around = forecaster.QuantilesAround(new float[6]);
        for (int ahead = 0; ahead < 6; ahead++)
            Assert.True(around[ahead] < around[6 + ahead] && around[6 + ahead] < around[12 + ahead], $"{ahead + 1} ahead");
    }

    [Theory]
    [InlineData("seasonal-naive:1")]
    [InlineData("last-value:1")]
    [InlineData("lags:1")]
    public void Units_that_are_chosen_do_not_reach_models_that_have_their_own(string ensemble)
    {
        SequenceDataset data = Load.Series(days: 8);
        TrainingOptions options = _options with { Cell = new AutoOptions { Ensemble = EnsembleWeights.Parse(ensemble) } };
        using SequenceForecaster plain = new(options), chosen = new(options with { Model = options.Model with { Layers = [5] } });
        plain.Fit(data);
        chosen.Fit(data);
        SameBits.Assert<float>(plain.Predict(data[0]), chosen.Predict(data[0]));
    }

    [Fact]
    public void A_linear_autoregression_takes_the_last_values_at_their_own_lags()
    {
        var random = new Random(8);
        float[] values = new float[1500];
        for (int t = 2; t < values.Length; t++)
            values[t] = (float)((1.6 * values[t - 1]) - (0.9 * values[t - 2]) + random.NextDouble() - 0.5);
        SequenceDataset data = new(1, [], [new Sequence(values, 1)]);
        (SequenceDataset beginnings, SequenceDataset ends) = data.DivideInTime(0.3, 1)!.Value;
        using var forecaster = new SequenceForecaster(
            TrainingOptions.Auto with
            {
                Cell = new AutoOptions { Ensemble = EnsembleWeights.Parse("lags:1") },
                Forecast = new() { Calendar = CalendarCycles.None },
            });
        forecaster.Fit(beginnings);
        double noise = Math.Sqrt(1.0 / 12);
        Assert.InRange(forecaster.Evaluate(ends).PerStepAhead[0].Rmse, 0.9 * noise, 1.1 * noise);
    }

    [Fact]
    public void A_forecaster_like_another_has_the_bits_of_one_that_is_fitted_to_all_data()
    {
        SequenceDataset data = Load.Series(days: 20);
        TrainingOptions options = _options with { Cell = new AutoOptions { Ensemble = EnsembleWeights.Parse("lags:1,esn:2") } };
        using SequenceForecaster tested = new(options), further = new(options), whole = new(options);
        tested.Fit(data.DivideInTime(0.2, 24)!.Value.Beginnings);
        further.FitLike(tested, data);
        whole.Fit(data);
        Assert.Equal(tested.Calendar, whole.Calendar);
        SameBits.Assert<float>(whole.Predict(data[0]), further.Predict(data[0]));
    }

    [Theory]
    [InlineData("seasonal-naive:1")]
    [InlineData("lags:1")]
    [InlineData("lags:1,seasonal-naive:1")]
    public void A_forecaster_like_another_takes_the_same_season_and_lags_whatever_else_is_in_all_data(string ensemble)
    {
        // A day of 7 steps, and then one of 12.
        float[] values = [.. Enumerable.Range(0, 300)
            .Select(t => (float)Math.Sin(2 * Math.PI * t / (t < 120 ? 7 : 12)) + (0.01f * (t * 31 % 17)))];
        SequenceDataset data = new(1, [], [new Sequence(values, 1)]), beginnings = new(1, [], [new Sequence(values.AsMemory(0, 120), 1)]);
        TrainingOptions options = _options with
        {
            Forecast = _options.Forecast with { Horizon = 2 },
            Cell = new AutoOptions { Ensemble = EnsembleWeights.Parse(ensemble) },
        };
        using SequenceForecaster tested = new(options), further = new(options), other = new(options);
        tested.Fit(beginnings);
        further.FitLike(tested, data);
        other.Fit(data);
        Assert.Equal(tested.LongestLag, further.LongestLag);
        Assert.NotEqual(other.LongestLag, further.LongestLag);
        if (ensemble == "seasonal-naive:1")
            Assert.Equal(values[^7], further.Predict(data[0])[0], 1e-5);
    }

    [Fact]
    public void A_forecaster_like_another_that_is_stopped_reports_it()
    {
        SequenceDataset data = Load.Series(days: 20);
        TrainingOptions options = _options with { Cell = new AutoOptions { Ensemble = EnsembleWeights.Parse("gru:1") }, Epochs = 3 };
        using SequenceForecaster tested = new(options), further = new(options);
        tested.Fit(data.DivideInTime(0.2, 24)!.Value.Beginnings);
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        Assert.Throws<OperationCanceledException>(() => further.FitLike(tested, data, cancellationToken: stop.Token));
        Assert.False(further.IsFitted);
    }

    [Fact]
    public void A_forecaster_from_a_file_does_not_say_how_it_was_fitted()
    {
        SequenceDataset data = Load.Series(days: 8);
        using var tested = new SequenceForecaster(_options with
        {
            Cell = new AutoOptions
            {
                Ensemble = EnsembleWeights.Parse("lags:1,last-value:1"),
            }
        });
        tested.Fit(data);
        string path = _folder.File("model");
        tested.Save(path);
        using SequenceForecaster loaded = SequenceForecaster.Load(path), further = new(_options);
        Assert.Contains("loaded from a file,", Assert.Throws<ArgumentException>(() => further.FitLike(loaded, data)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Context_is_neither_trained_on_nor_evaluated()
    {
        SequenceDataset data = Load.Series(days: 6);
        float[] changed = data[0].Values.ToArray();
        var random = new Random(5);
        for (int t = 0; t < 40; t++)
            changed[t] = (float)random.NextDouble();
        using var forecaster = new SequenceForecaster(new TrainingOptions { Cell = "delays", Forecast = new() { Horizon = 2 } });
        forecaster.Fit(data);
        Sequence whole = data[0] with { ContextSteps = 100 };
        ForecastEvaluation judged = forecaster.Evaluate(new SequenceDataset(1, [], [whole]));
        Assert.Equal(data[0].Steps - 100, judged.PerStepAhead[0].Cases);
        Assert.Equal(data[0].Steps - 100, judged.PerStepAhead[1].Cases);
    }

    public void Dispose() => _folder.Dispose();

    private static double RmseOf(ForecastEvaluation evaluation) =>
        Math.Sqrt(evaluation.PerStepAhead.Sum(score => score.Cases * score.Rmse * score.Rmse) / evaluation.PerStepAhead.Sum(s => s.Cases));
}
