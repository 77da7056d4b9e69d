using System.Text;
using Elman.Reports.Html;
using Elman.Reports.Sections;

namespace Elman.Reports;

/// <summary>Writes a report as one HTML page that needs nothing else: no network, no script, no other file.</summary>
public static class HtmlReport
{
    /// <summary>Writes the page as UTF-8.</summary>
    /// <param name="stream">The stream, which stays open.</param>
    /// <param name="report">The report.</param>
    /// <exception cref="IOException">The stream can't be written.</exception>
    public static void Write(Stream stream, Report report)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(report);
        stream.Write(Encoding.UTF8.GetBytes(Page(report)));
    }

    private static string Page(Report report)
    {
        (string Id, string Title, Action<Section, Report> Write)[] sections =
            [.. All(report).Where(section => section.IsFor).Select(section => (section.Id, section.Title, section.Write))];
        var page = new Markup();
        page.Trusted("<!DOCTYPE html>\n").Open("html", ("lang", "en")).Open("head");
        page.Trusted("<meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">");
        page.Trusted("<meta name=\"color-scheme\" content=\"light dark\">");
        page.Trusted("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none';style-src 'unsafe-inline'\">");
        page.Element("title", report.Title);
        page.Open("style").Trusted(Styles.Colors).Trusted(Styles.Page).Trusted(Styles.Pictures).Close().Close().Line();
        page.Open("body").Element("a", "Skip to the report", ("class", "skip"), ("href", "#main"));
        page.Open("header").Element("h1", report.Title).Element("p", report.Verdict, ("class", "verdict")).Close().Line();
        page.Open("nav", ("aria-label", "Sections")).Open("ol");
        foreach ((string id, string title, _) in sections)
            page.Open("li").Element("a", title, ("href", $"#{id}")).Close();
        page.Close().Close().Line().Open("main", ("id", "main"));
        foreach ((string id, string title, Action<Section, Report> write) in sections)
        {
            Section section = new Section(page, id, title).Begin();
            write(section, report);
            section.End();
        }
        page.Close().Open("footer").Element("p", "Written by Elman. The page needs no network and contains no script.").Close();
        return page.Close().Close().Line().ToString();
    }

    private static IEnumerable<(string Id, string Title, bool IsFor, Action<Section, Report> Write)> All(Report report) =>
    [
        ("score", report.Baselines.Count > 0 ? "Score beside the baselines" : "Score", true, ScoreSection.Write),
        ("training", "Training", CurveSection.IsFor(report), CurveSection.Write),
        ("parts", report.Confusion is null ? PartSection.TitleOf(report) : "Classes", PartSection.IsFor(report),
            PartSection.Write),
        ("cases", "Worst cases", report.WorstCases.Count > 0, CaseSection.Write),
        ("calibration", "Reliability of the probabilities", report.Reliability.Count > 0, CalibrationSection.Write),
        ("forecasts", "Forecasts", ForecastSection.IsFor(report), ForecastSection.Write),
        ("importance", "What the model uses", ImportanceSection.IsFor(report), ImportanceSection.Write),
        ("data", "Data", true, Data),
        ("model", "Size and speed", report.ModelFacts.Count > 0, (section, one) => section.Facts(one.ModelFacts)),
        ("repeat", "Repeat it", report.Command.Length > 0 || report.Hash.Length > 0, Repeat),
    ];

    private static void Data(Section section, Report report)
    {
        if (report.DataWarnings.Count == 0)
            section.Paragraph("The checks of the data found nothing.");
        section.Page.Open("ul", ("class", "warnings"));
        foreach (string warning in report.DataWarnings)
            section.Page.Element("li", warning);
        section.Page.Close();
        section.Facts(report.DataFacts);
    }

    private static void Repeat(Section section, Report report)
    {
        if (report.Command.Length > 0)
            section.Page.Element("pre", report.Command, ("tabindex", 0), ("aria-label", "Command"), ("role", "region"));
        if (report.Hash.Length > 0)
            section.Facts([new ReportFact("SHA-256 of the model file", report.Hash)]);
    }
}
