using Elman.Baselines;

namespace Elman.Tests.Baselines;

public sealed class NaiveForecastsTests
{
    private const float Gap = float.NaN;

    [Theory]
    [InlineData(new float[] { 1, 2, 3 }, 1, 1, new float[] { 1, 2, 3 })]
    [InlineData(new float[] { 1, 2, 3 }, 2, 1, new float[] { 1, 1, 2, 2, 3, 3 })]
    [InlineData(new float[] { Gap, 2, Gap }, 1, 1, new float[] { Gap, 2, 2 })]
    [InlineData(new float[] { 1, 2, 3, 4 }, 1, 2, new float[] { 1, 1, 2, 3 })] // nothing a period before step 2: the last value
    [InlineData(new float[] { 1, 2, 3, 4 }, 3, 2, new float[] { 1, 1, 1, 1, 2, 1, 2, 3, 2, 3, 4, 3 })]
    [InlineData(new float[] { 5, 6, Gap, 8, 9 }, 1, 2, new float[] { 5, 5, 6, 5, 8 })] // in the gap's place the value a period before it
    public void A_forecast_is_the_latest_known_value_whole_periods_before_or_else_the_last(
        float[] values, int horizon, int season, float[] expected) =>
        Assert.Equal(expected, NaiveForecasts.Of(new Sequence(values, 1), horizon, season));

    [Fact]
    public void Channels_are_forecast_each_on_its_own() =>
        Assert.Equal([1, 10, 1, 10, 2, 20], NaiveForecasts.Of(new Sequence(new float[] { 1, 10, 2, 20, 3, 30 }, 2), 1, 2));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_last_value_is_evaluated_as_the_naive_forecast_beside_a_forecaster_is(bool gaps)
    {
        var random = new SeededRandom(1);
        SequenceDataset data = Waves.Create(10, seed: 1, ragged: true, channels: 2);
        if (gaps)
            data = new(
                2, [], data.Select(s => new Sequence(s.Values.ToArray().Select(v => random.NextDouble() < 0.3 ? Gap : v).ToArray(), 2)));
        ForecastEvaluation evaluation =
            Baseline.Evaluate(data, data, new() { Task = BaselineTask.Forecast, Horizon = 4, Season = 3 })[0].ForecastEvaluation!;
        Assert.Equal(4, evaluation.PerStepAhead.Count);
        Assert.Equal(evaluation.Naive, evaluation.PerStepAhead);
        Assert.All(evaluation.PerStepAhead, score => Assert.True(double.IsFinite(score.Rmse) && score.Cases > 0));
    }
}
