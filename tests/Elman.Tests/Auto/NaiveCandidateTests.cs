namespace Elman.Tests.Auto;

/// <summary>Naive forecasts as candidates of the automatic choice.</summary>
public sealed class NaiveCandidateTests
{
    private static readonly TrainingOptions _options = TrainingOptions.Auto with { Threads = 1 };

    /// <summary>Returns a repeating pattern of seven steps in two channels.</summary>
    private static SequenceDataset Weeks(int steps)
    {
        var random = new SeededRandom(3);
        float[] pattern = [.. Enumerable.Range(0, 14).Select(_ => (float)random.NextNormal())];
        return new SequenceDataset(2, [], Enumerable.Range(0, 3).Select(i =>
            new Sequence(Enumerable.Range(0, 2 * steps)
                .Select(v => pattern[(v + (4 * i)) % 14] + (0.01f * (float)random.NextNormal())).ToArray(), 2)), "weeks");
    }

    [Fact]
    public void The_last_value_is_repeated_for_all_steps_ahead()
    {
        using var forecaster = new SequenceForecaster(_options with
        {
            Forecast = _options.Forecast with { Horizon = 3 },
            Cell = new AutoOptions { Ensemble = EnsembleWeights.Parse("last-value") },
        });
        SequenceDataset data = Weeks(40);
        forecaster.Fit(data);
        float[] last = [.. data[1].Values.Span[^2..]];
        Assert.Equal([.. last, .. last, .. last], forecaster.Predict(data[1]), (a, b) => Math.Abs(a - b) < 1e-5f);
    }

    [Fact]
    public void The_seasonal_forecast_is_the_value_whole_periods_before()
    {
        using var forecaster = new SequenceForecaster(_options with
        {
            Forecast = _options.Forecast with { Horizon = 9 },
            Cell = new AutoOptions { Ensemble = EnsembleWeights.Parse("seasonal-naive") },
        });
        SequenceDataset data = Weeks(70);
        forecaster.Fit(data);
        float[] answer = forecaster.Predict(data[0]);
        ReadOnlySpan<float> values = data[0].Values.Span;
        for (int ahead = 1; ahead <= 9; ahead++)
            for (int c = 0; c < 2; c++)
                Assert.Equal(values[(2 * (70 - 1 + ahead - (ahead <= 7 ? 7 : 14))) + c], answer[(2 * (ahead - 1)) + c], 1e-5);
    }

    [Fact]
    public void The_naive_candidate_is_chosen_if_nothing_is_better_and_can_stream()
    {
        using var forecaster = new SequenceForecaster(_options with { Cell = new AutoOptions { Budget = TimeSpan.FromSeconds(1) } });
        SequenceDataset data = Weeks(70);
        forecaster.Fit(data);
        Assert.Contains(forecaster.Leaderboard!.Entries, entry => entry.Name == "last-value");
        LeaderboardEntry seasonal = Assert.Single(forecaster.Leaderboard.Entries, entry => entry.Name == "seasonal-naive");
        Assert.True(seasonal.Score > 0.9, $"{seasonal.Score}");
        Assert.True(seasonal.Loss < forecaster.Leaderboard.Entries.Single(entry => entry.Name == "last-value").Loss);
        using SequenceSession session = forecaster.OpenSession();
        for (int t = 0; t < 70; t++)
            session.Step(data[0].Values.Span.Slice(2 * t, 2));
        Assert.Equal(forecaster.Predict(data[0]), session.Answer.ToArray());
    }

    [Fact]
    public void Without_a_period_it_reports_it()
    {
        var random = new SeededRandom(5);
        var noise = new SequenceDataset(
            1, [], [new Sequence(Enumerable.Range(0, 200).Select(_ => (float)random.NextNormal()).ToArray(), 1)], "noise");
        using var forecaster = new SequenceForecaster(_options with { Cell = new AutoOptions { Budget = TimeSpan.FromSeconds(1) } });
        forecaster.Fit(noise);
        Assert.Contains("seasonal-naive: no period was found in the data.", forecaster.Leaderboard!.NotTried);
        Assert.DoesNotContain(forecaster.Leaderboard.Entries, entry => entry.Name == "seasonal-naive");
    }
}
