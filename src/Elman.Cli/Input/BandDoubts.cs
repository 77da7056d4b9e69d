using Elman.Cli.Reports;

namespace Elman.Cli.Input;

/// <summary>What makes the quantiles of a forecaster doubtful.</summary>
internal static class BandDoubts
{
    /// <summary>Doubts about a model that has learned, a sentence each with what to do.</summary>
    /// <param name="model">The model.</param>
    /// <param name="asked">The options that it was to have.</param>
    public static IEnumerable<string> About(SequenceEstimator model, TrainingOptions asked)
    {
        if (model is not SequenceForecaster forecaster || asked.Quantiles.Count == 0)
            yield break;
        int needed = asked.Quantiles.LeastCases;
        if (forecaster.Quantiles.Count == 0)
        {
            if (asked.IsAuto)
                yield return "no quantiles come with the forecasts: of some step ahead there is no error on a case that was not learned "
                    + "from. Give longer series, or a shorter --horizon.";
            else if (!asked.Quantiles.Equals(new TrainingOptions().Quantiles))
                yield return "no quantiles come with the forecasts: a model with a --cell has them only with --validation, such as 0.2.";
        }
        else if (forecaster.QuantileCases < needed)
        {
            yield return $"the quantiles of some steps ahead come from {Figures.Count(forecaster.QuantileCases!.Value, "error")}, and "
                + $"{asked.Quantiles} need {Figures.Count(needed)}; errors of the steps ahead nearest to them stand in, so bands are rough."
                + " Give longer series, a shorter --horizon, or other --quantiles.";
        }
    }
}
