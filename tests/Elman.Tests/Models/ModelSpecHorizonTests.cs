using Elman.Models;

namespace Elman.Tests.Models;

public sealed class ModelSpecHorizonTests
{
    [Theory]
    [InlineData(true, 0, false)]
    [InlineData(true, 1, true)]
    [InlineData(true, ModelSpec.MaxSize / 2, true)]
    [InlineData(true, (ModelSpec.MaxSize / 2) + 1, false)]
    [InlineData(false, 0, false)]
    [InlineData(false, 1, true)]
    public void A_forecast_goes_as_far_ahead_as_its_outputs_allow(bool isForecast, int horizon, bool isPossible)
    {
        var spec = new ModelSpec
        {
            InputSize = 2,
            Layers = [3],
            OutputSize = 2,
            Task = isForecast ? ModelTask.Forecast : ModelTask.Classify,
            Horizon = horizon,
        };
        Assert.Equal(!isPossible, spec.FindProblems().Any(problem => problem.StartsWith("Horizon is", StringComparison.Ordinal)));
    }
}
