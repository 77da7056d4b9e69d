namespace Elman.Data.Tests;

/// <summary>Known properties of reservoirs: their memory capacity, and their forecasts of a chaotic series.</summary>
public sealed class EchoStateLearningTests
{
    [Theory]
    // H. Jaeger, "Short term memory in echo state networks" (2001): the capacity is at most N, and about N for linear units.
    [InlineData("identity", 1e-9, 0.9, 1.0)]
    [InlineData("tanh", 1e-9, 0.35, 0.9)] // of others less
    public void The_memory_of_a_reservoir_is_bounded_by_its_units(string activation, double ridge, double least, double most)
    {
        const int Units = 20, Delays = 40;
        using var regressor = new SequenceRegressor(new TrainingOptions
        {
            Cell = new EsnOptions { Activation = Activation.Parse(activation), LeakRate = 1, ReservoirDensity = 0.5 },
            Model = new() { Layers = [Units] },
            Ridge = ridge,
        });
        regressor.Fit(Noise(3000, seed: 1), cancellationToken: TestContext.Current.CancellationToken);
        double capacity = regressor.Evaluate(Noise(2000, seed: 2)).PerTarget.Sum(score => Math.Max(score.R2, 0));
        Assert.InRange(capacity / Units, least, most);

        // The targets of a sequence are its last values in reverse order.
        static SequenceDataset Noise(int count, int seed)
        {
            var random = new SeededRandom(seed);
            return new SequenceDataset(1, [], Enumerable.Range(0, count).Select(_ =>
            {
                float[] values = [.. Enumerable.Range(0, 120).Select(_ => (float)random.NextUniform(-1, 1))];
                return new Sequence(values, 1).WithTargets(Enumerable.Range(0, Delays).Select(k => values[^(k + 1)]).ToArray());
            }), "noise", Enumerable.Range(0, Delays).Select(k => $"{k} steps back"));
        }
    }

    [Fact]
    public void A_chaotic_series_is_forecast_in_one_pass()
    {
        // M. Mackey and L. Glass (1977) with a delay of 17, deviation about 0.23, as in H. Jaeger (2001); a step here is one unit of time.
        const int Ahead = 10, Steps = 300;
        float[] series = MackeyGlass(6000);
        SequenceDataset data = new(1, [], Enumerable.Range(0, 4).Select(i => new Sequence(series.AsMemory(i * 1000, 1000), 1)));
        using var forecaster = new SequenceForecaster(new TrainingOptions
        {
            Cell = "esn",
            Model = new() { Layers = [200] },
            Forecast = new() { Horizon = Ahead },
            Ridge = 1e-9,
        });
        forecaster.Fit(data, cancellationToken: TestContext.Current.CancellationToken);

        // The stretches are so long that the reservoir has forgotten its initial state.
        int[] starts = [.. Enumerable.Range(0, 40).Select(i => 4200 + (37 * i))];
        System.Numerics.Tensors.Tensor<float> forecast = forecaster.Predict(
            new SequenceDataset(1, [], starts.Select(start => new Sequence(series.AsMemory(start, Steps), 1))));
        double Rmse(int ahead) =>
            Math.Sqrt(starts.Select((start, i) => Math.Pow(series[start + Steps + ahead - 1] - forecast[i, ahead - 1, 0], 2)).Average());
        Assert.InRange(Rmse(1), 0, 0.0005);
        Assert.InRange(Rmse(Ahead), 0, 0.005);
    }

    /// <summary>y′ = 0.2·y(t − 17)/(1 + y(t − 17)¹⁰) − 0.1·y, by Euler steps of 0.1.</summary>
    private static float[] MackeyGlass(int count)
    {
        var y = new List<double>(Enumerable.Repeat(1.2, 171));
        while (y.Count < 171 + (10 * (count + 500)))
        {
            double late = y[^171];
            y.Add(y[^1] + (0.1 * ((0.2 * late / (1 + Math.Pow(late, 10))) - (0.1 * y[^1]))));
        }
        return [.. Enumerable.Range(500, count).Select(i => (float)y[171 + (10 * i) - 1])];
    }
}
