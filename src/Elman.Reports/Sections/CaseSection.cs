using Elman.Reports.Charts;
using Elman.Reports.Html;

namespace Elman.Reports.Sections;

/// <summary>The cases that are predicted worst, drawn with truth and prediction.</summary>
internal static class CaseSection
{
    /// <summary>Writes the section.</summary>
    public static void Write(Section section, Report report)
    {
        section.Note("The cases with the largest loss, the worst first. Wrong labels and damaged recordings are often among them."
            + report.WorstCases.Select(one => Hidden(one.Series)).FirstOrDefault(hidden => hidden.Length > 0));
        section.Page.Open("div", ("class", "cases"));
        foreach (ReportCase one in report.WorstCases)
        {
            section.Page.Open("figure").Open("figcaption").Element("b", Numbers.Cut(one.Name, 60));
            if (one.IsRight is { } isRight)
                section.Page.Element("span", isRight ? "✓ right" : "✗ wrong", ("class", isRight ? "sign yes" : "sign no")).Text(": ");
            string both = one.Truth.Length == 0 ? "" : $"{Numbers.Cut(one.Truth, 60)} is true, {Numbers.Cut(one.Answer, 60)} predicted. ";
            section.Page.Text(both + one.Detail).Close();
            Series(section, one.Series, $"Case {one.Name}");
            section.Page.Close().Line();
        }
        section.Page.Close();
    }

    /// <summary>Writes a series: drawn, or as text.</summary>
    public static void Series(Section section, ReportSeries series, string title)
    {
        if (series.Text is { } text)
            section.Page.Element("blockquote", Numbers.Cut(text, 400));
        else if (series.Values.Any(values => values.Count > 0))
            SeriesChart.Draw(title, series, 300, 110).Write(section.Page, section.NextId());
    }

    /// <summary>The sentence about channels that are not drawn; empty if all are.</summary>
    private static string Hidden(ReportSeries series) => series.Text is not null || series.Channels.Count == series.AllChannels
        ? ""
        : $" {series.Channels.Count} of {series.AllChannels} channels are drawn.";
}
