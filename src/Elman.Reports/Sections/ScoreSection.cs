using Elman.Reports.Charts;
using Elman.Reports.Html;

namespace Elman.Reports.Sections;

/// <summary>The figures of all cases, and the main one beside the baselines.</summary>
internal static class ScoreSection
{
    /// <summary>Writes the section.</summary>
    public static void Write(Section section, Report report)
    {
        if (report.Figures.Count == 0)
        {
            section.Paragraph("There are no test data, so nothing is known about data that the model was not trained on.");
            return;
        }
        section.Page.Open("div", ("class", "two")).Open("div");
        if (Chart(report) is { } chart)
            section.Picture(chart);
        section.Page.Close().Open("div");
        section.Table("Figures of all cases", ["figure", "value"], report.Figures.Select(figure =>
            (IReadOnlyList<Cell>)[Numbers.Name(figure.Figure), Cell.Of(figure)]), row => row == 0);
        section.Page.Close().Close();
        section.Note(report.Intervals);
        if (report.Baselines.Count > 0)
            Baselines(section, report);
    }

    /// <summary>Returns the chart of the model and the baselines.</summary>
    public static Picture? Chart(Report report)
    {
        if (report.Figures.Count == 0)
            return null;
        FigureInterval main = report.Figures[0];
        bool isShare = main.IsShare;
        var rows = new List<(string, string, double, double, double, bool)> { Row("this model", main.Interval, true) };
        rows.AddRange(report.Baselines.Where(baseline => baseline.Score is not null)
            .Select(baseline => Row(baseline.Name, baseline.Score!, false)));
        string others = rows.Count > 1 ? " beside the baselines" : "";
        return DotChart.Draw(
            $"{Numbers.Name(main.Figure)}{others}", "A dot or square is the value on the test cases, the line its confidence interval. The "
                + $"table has the same numbers. {(main.GreaterIsBetter ? "More" : "Less")} is better.", rows,
            value => isShare ? (100 * value).ToString("0.#", System.Globalization.CultureInfo.InvariantCulture) + " %"
                : Numbers.Plain(value));

        (string, string, double, double, double, bool) Row(string name, ConfidenceInterval interval, bool isMain) =>
            (name, Numbers.WithLimits(interval, isShare), interval.Estimate, interval.Lower, interval.Upper, isMain);
    }

    private static void Baselines(Section section, Report report)
    {
        FigureInterval main = report.Figures[0];
        section.Page.Element("h3", "Simple baselines on the same cases");
        section.Table($"{Numbers.Name(main.Figure)} of simple methods, and the model compared with each",
            ["method", Numbers.Name(main.Figure), "difference", "better", "worse", "p value", "test "],
            report.Baselines.Where(baseline => baseline.Score is not null).Select(baseline => (IReadOnlyList<Cell>)[baseline.Name,
                new Cell(Numbers.Of(baseline.Score!.Estimate, main.IsShare), Numbers.Limits(baseline.Score, main.IsShare)),
                .. Compared(baseline.Comparison, main.IsShare)]));
        foreach (ReportBaseline skipped in report.Baselines.Where(baseline => baseline.SkippedBecause is not null))
            section.Note($"{skipped.Name}: not compared. {skipped.SkippedBecause}");
        if (report.Baselines.Any(baseline => baseline.Comparison is not null))
        {
            string unit = main.Figure is "rmse" or "nrmse" ? " in mean squared errors" : "";
            section.Note($"The difference is that of the model{unit}. Better and worse are the cases in which only the model, or only the "
                + "method, is right; of numbers, has the smaller error. A p value below 0.05 means a significant difference.");
        }
    }

    private static Cell[] Compared(PairedComparison? comparison, bool isShare) => comparison is null
        ? [Numbers.Missing, Numbers.Missing, Numbers.Missing, Numbers.Missing, Numbers.Missing]
        : [new Cell(Numbers.Of(comparison.Difference.Estimate, isShare),
                comparison.Difference.HasLimits ? Numbers.Limits(comparison.Difference, isShare) : null),
            Numbers.Count(comparison.Better), Numbers.Count(comparison.Worse), Numbers.PValue(comparison.PValue), comparison.Test];
}
