using Elman.Cli.Reports;

namespace Elman.Cli.Input;

/// <summary>Warnings about the quantiles of a forecaster.</summary>
internal static class BandDoubts
{
    /// <summary>Returns warnings about a trained model, each with advice.</summary>
    /// <param name="model">The model.</param>
    /// <param name="asked">The options it was trained with.</param>
    public static IEnumerable<string> About(SequenceEstimator model, TrainingOptions asked)
    {
        if (model is not SequenceForecaster forecaster || asked.Forecast.Quantiles.Count == 0)
            yield break;
        int needed = asked.Forecast.Quantiles.LeastCases;
        if (forecaster.Quantiles.Count == 0)
        {
            if (asked.IsAuto)
                yield return "the forecasts have no quantiles: for some step ahead there is no error on held-out data. Give longer "
                    + "series, or a shorter --horizon.";
            else if (!asked.Forecast.Quantiles.Equals(new TrainingOptions().Forecast.Quantiles))
                yield return "the forecasts have no quantiles: with --cell they need --validation, such as --validation 0.2.";
        }
        else if (forecaster.QuantileCases < needed)
        {
            yield return $"the quantiles of some steps ahead come from {Figures.Count(forecaster.QuantileCases!.Value, "error")}, and "
                + $"{asked.Forecast.Quantiles} need {Figures.Count(needed)}; errors of the nearest steps ahead are used instead, so the "
                + "quantiles are rough. Give longer series, a shorter --horizon, or other --quantiles.";
        }
    }
}
