using Elman.Reports.Charts;
using Elman.Reports.Html;

namespace Elman.Reports.Sections;

/// <summary>The figures of each class, target, channel or step ahead, and the confusion matrix.</summary>
internal static class PartSection
{
    private const int MostConfusions = 12, FewSteps = 8;

    /// <summary>Whether there is something to show.</summary>
    public static bool IsFor(Report report) => report.PartFigures.Count > 0 || report.Confusion is not null;

    /// <summary>Writes the section.</summary>
    public static void Write(Section section, Report report)
    {
        Parts(section, report);
        if (report.Confusion is not { Count: > 0 } confusion)
            return;
        section.Page.Element("h3", "Confusion matrix").Open("div", ("class", "two"));
        section.Picture(MatrixChart.Draw(confusion, report.Classes));
        section.Page.Open("div");
        ConfusionCell[] errors = [.. confusion.Where(cell => cell.True != cell.Predicted).OrderByDescending(cell => cell.Cases)
            .Take(MostConfusions)];
        if (errors.Length == 0)
            section.Paragraph("No case is predicted wrongly.");
        else
            section.Table($"The most frequent confusions, {errors.Length} of {confusion.Count(cell => cell.True != cell.Predicted)}",
                ["true class", "predicted ", "cases", "of the class"], errors.Select(cell => (IReadOnlyList<Cell>)[
                    report.Classes[cell.True], report.Classes[cell.Predicted], Numbers.Count(cell.Cases),
                    Numbers.Percent((double)cell.Cases / confusion.Row(cell.True).Sum())]));
        section.Page.Close().Close();
    }

    private static Picture StepsAhead(Report report, string[] parts, Dictionary<(string, string), FigureInterval> all)
    {
        FigureInterval[] steps = [.. parts.Select(part => all[("rmse", part)])];
        (double, double)[] At(Func<ConfidenceInterval, double> of) => [.. steps.Select((step, i) => (i + 1.0, of(step.Interval)))];
        return LineChart.Draw(
            $"RMSE of each {report.PartName}", "The root mean squared error with its interval. The table has the numbers.",
            [("RMSE", At(interval => interval.Estimate)), ("lower limit", At(interval => interval.Lower)),
                ("upper limit", At(interval => interval.Upper))],
            report.PartName, "RMSE");
    }

    private static void Parts(Section section, Report report)
    {
        string[] figures = [.. report.PartFigures.Select(figure => figure.Figure).Distinct()];
        string[] parts = [.. report.PartFigures.Select(figure => figure.Of!).Distinct()];
        if (parts.Length == 0)
            return;
        Dictionary<(string, string), FigureInterval> all = report.PartFigures.ToDictionary(figure => (figure.Figure, figure.Of!));
        bool areMany = report.PartName.StartsWith("step", StringComparison.Ordinal) && parts.Length > FewSteps;
        if (areMany)
        {
            section.Picture(StepsAhead(report, parts, all));
            section.Page.Open("details").Element("summary", "Figures as a table");
        }
        bool areNumbered = report.Classes.Count > 12, haveCases = report.ClassCases.Count == parts.Length;
        section.Table($"Figures of each {report.PartName}, with intervals",
            [report.PartName, .. haveCases ? ["cases"] : Array.Empty<string>(), .. figures.Select(Numbers.Name)],
            parts.Select((part, i) => (IReadOnlyList<Cell>)[areNumbered ? FormattableString.Invariant($"{i + 1}: {part}") : part,
                .. haveCases ? [Numbers.Count(report.ClassCases[i])] : Array.Empty<Cell>(),
                .. figures.Select(figure => Cell.Of(all.GetValueOrDefault((figure, part))))]));
        if (areMany)
            section.Page.Close();
    }
}
