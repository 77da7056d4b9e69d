using Elman.Reports.Charts;
using Elman.Reports.Html;

namespace Elman.Reports.Sections;

/// <summary>Forecasts beside the values that followed, the coverage of their bands, and a backtest.</summary>
internal static class ForecastSection
{
    /// <summary>Whether there is something to show.</summary>
    public static bool IsFor(Report report) => report.Forecasts.Count > 0 || report.Backtest.Count > 0;

    /// <summary>Writes the section.</summary>
    public static void Write(Section section, Report report)
    {
        section.Page.Open("div", ("class", "two"));
        foreach (ReportForecast forecast in report.Forecasts)
        {
            section.Page.Open("div");
            section.Picture(FanChart.Draw(forecast));
            Values(section, forecast);
            section.Page.Close();
        }
        section.Page.Close();
        if (report.Bands.Count > 0)
            section.Table("Coverage of the bands on all test steps", ["band", "should cover", "covers", "mean width", "values"],
                report.Bands.Select(band => (IReadOnlyList<Cell>)[FormattableString.Invariant($"{band.Lower} to {band.Upper}"),
                    Numbers.Percent(band.Nominal), Numbers.Percent(band.Coverage), Numbers.Plain(band.Width), Numbers.Count(band.Cases)]));
        if (report.Backtest.Count > 0)
            Backtest(section, report.Backtest);
    }

    private static void Backtest(Section section, IReadOnlyList<BacktestFold> folds)
    {
        string unit = folds[0].Evaluation.All.IsScaled ? " in standard deviations" : "";
        section.Table("Backtest: trained on all values before, tested on the next", ["from", "steps", $"RMSE{unit}", $"MAE{unit}", "MASE"],
            folds.Select((fold, i) => (IReadOnlyList<Cell>)[fold.From ?? FormattableString.Invariant($"fold {i + 1}"),
                Numbers.Count(fold.Steps), Numbers.Plain(fold.Rmse), Numbers.Plain(fold.Mae), Numbers.Plain(fold.Mase)]));
    }

    private static void Values(Section section, ReportForecast forecast)
    {
        section.Page.Open("details").Element("summary", "Values as a table");
        section.Table($"Forecast of {forecast.Name} from {forecast.From}",
            ["ahead", "forecast", "what followed", .. forecast.Levels.Select(level => FormattableString.Invariant($"quantile {level}"))],
            forecast.Forecast.Select((value, i) => (IReadOnlyList<Cell>)[FormattableString.Invariant($"{i + 1}"), Numbers.Plain(value),
                Numbers.Plain(i < forecast.Actual.Count ? forecast.Actual[i] : double.NaN),
                .. forecast.Quantiles.Select(quantile => (Cell)Numbers.Plain(quantile[i]))]));
        section.Page.Close();
    }
}
