using Elman.Reports.Charts;
using Elman.Reports.Html;

namespace Elman.Reports.Sections;

/// <summary>The figures of each class, target, channel or step ahead, and the confusion matrix.</summary>
internal static class PartSection
{
    private const int MostConfusions = 12, FewSteps = 8;

    /// <summary>Whether there is something to show.</summary>
    public static bool IsFor(Report report) => report.PartFigures.Count > 0 || report.Confusion is not null;

    /// <summary>The title, such as <c>Figures of each step ahead and channel</c>.</summary>
    public static string TitleOf(Report report) =>
        $"Figures of each {string.Join(" and ", report.PartFigures.Select(figure => Numbers.Name(figure.Part)).Distinct())}";

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

    private static Picture StepsAhead(FigureInterval[] steps)
    {
        (double, double)[] At(Func<ConfidenceInterval, double> of) => [.. steps.Select((step, i) => (i + 1.0, of(step.Interval)))];
        string name = Numbers.Name(steps[0].Figure);
        return LineChart.Draw(
            $"{name} of each step ahead", "The error with its interval. The table has the numbers.",
            [(name, At(interval => interval.Estimate)), ("lower limit", At(interval => interval.Lower)),
                ("upper limit", At(interval => interval.Upper))],
            "steps ahead", name);
    }

    private static void Parts(Section section, Report report)
    {
        foreach (IGrouping<FigurePart, FigureInterval> kind in report.PartFigures.GroupBy(figure => figure.Part))
            Table(section, report, kind.Key, [.. kind]);
    }

    private static void Table(Section section, Report report, FigurePart kind, FigureInterval[] all)
    {
        string name = Numbers.Name(kind);
        string[] figures = [.. all.Select(figure => figure.Figure).Distinct()];
        FigureInterval[][] parts = [.. all.GroupBy(figure => figure.Of).Select(part => part.ToArray())];
        bool areMany = kind == FigurePart.StepAhead && parts.Length > FewSteps;
        if (areMany)
        {
            section.Picture(StepsAhead([.. parts.Select(part => part[0])]));
            section.Page.Open("details").Element("summary", "Figures as a table");
        }
        bool areNumbered = report.Classes.Count > 12, haveCases = report.ClassCases.Count == parts.Length;
        section.Table($"Figures of each {name}, with intervals",
            [name, .. haveCases ? ["cases"] : Array.Empty<string>(), .. figures.Select(Numbers.Name)],
            parts.Select((part, i) => (IReadOnlyList<Cell>)[
                areNumbered ? FormattableString.Invariant($"{i + 1}: {part[0].Of}") : part[0].Of!,
                .. haveCases ? [Numbers.Count(report.ClassCases[i])] : Array.Empty<Cell>(),
                .. figures.Select(figure => haveCases && report.ClassCases[i] == 0 && figure is "recall" or "f1"
                    ? new Cell(Numbers.Missing) // a class without cases has none
                    : Cell.Of(Array.Find(part, one => one.Figure == figure)))]));
        if (areMany)
            section.Page.Close();
    }
}
