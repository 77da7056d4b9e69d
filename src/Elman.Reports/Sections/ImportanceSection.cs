using Elman.Reports.Charts;
using Elman.Reports.Html;

namespace Elman.Reports.Sections;

/// <summary>The importance of channels, and what speaks for a prediction over time.</summary>
internal static class ImportanceSection
{
    private const int MostRows = 25;

    /// <summary>Whether there is something to show.</summary>
    public static bool IsFor(Report report) => report.Importance.Count > 0 || report.Saliencies.Count > 0;

    /// <summary>Writes the section.</summary>
    public static void Write(Section section, Report report)
    {
        if (report.Importance.Count > 0)
            Channels(section, report);
        if (report.Saliencies.Count == 0)
            return;
        section.Page.Element("h3", "What speaks for a prediction over time");
        section.Note(report.Saliencies.Any(one => one.Method == SaliencyMethod.Occlusion)
            ? "Computed by occlusion, since a part of the model has no gradient: how far the score falls where a window of a channel is "
                + "replaced by its mean (a window of a text by the unknown symbol). One example for each output."
            : "Gradient times input, by the backward pass of training: an estimate of how much each value raises (up) or lowers (down) "
                + "the score of the output, compared with an input of 0, which is the training mean if inputs are standardised. One "
                + "example for each output; it says what this model used, not what is true of the data.");
        section.Page.Open("div", ("class", "cases"));
        foreach (ReportSaliency one in report.Saliencies)
        {
            section.Page.Open("figure").Open("figcaption").Element("b", $"for {Numbers.Cut(one.Output, 50)}")
                .Text(Numbers.Cut(one.Name, 60)).Close();
            if (one.Series.Text is { } text)
                section.Page.Element("blockquote", Numbers.Cut(text, 400));
            ReportSeries series = one.Series.Text is null ? one.Series : new ReportSeries(["what each symbol adds"],
                [one.PerStep], 1);
            SeriesChart.Draw($"What speaks for {one.Output} in {one.Name}", series, 300, 100, one.Series.Text is null ? one.PerStep : null)
                .Write(section.Page, section.NextId());
            section.Page.Close().Line();
        }
        section.Page.Close();
    }

    private static void Channels(Section section, Report report)
    {
        section.Note($"The {report.ImportanceName} if the values of a channel are exchanged between sequences (of a single series, moved "
            + "in time), so that they no longer say anything about the target. Channels that carry the same information share it: each "
            + "looks less important than it is.");
        ChannelImportance[] shown = [.. report.Importance.OrderByDescending(channel => channel.Mean).Take(MostRows)];
        bool isShare = report.ImportanceName.Contains("accuracy", StringComparison.Ordinal)
            || report.ImportanceName.Contains("share", StringComparison.Ordinal);
        string some = shown.Length < report.Importance.Count ? $", the first {shown.Length} of {report.Importance.Count}" : "";
        section.Page.Open("div", ("class", "two"));
        section.Picture(DotChart.Draw($"Importance of channels{some}",
            "A dot is the mean over the shuffles, the line the lowest and the highest. "
            + "The table has the numbers.", [.. shown.Select(channel => (channel.Name, Numbers.Of(channel.Mean, isShare), channel.Mean,
                channel.Falls.Min(), channel.Falls.Max(), false))],
            value => isShare ? (100 * value).ToString("0.#", System.Globalization.CultureInfo.InvariantCulture) + " %"
                : Numbers.Plain(value), zero: 0));
        section.Page.Open("div");
        section.Table($"{report.ImportanceName}, by {(shown[0].Falls.Count == 1 ? "a shuffle" : $"{shown[0].Falls.Count} shuffles")}{some}",
            ["channel", "mean", "standard deviation"], shown.Select(channel => (IReadOnlyList<Cell>)[
                channel.Name, Numbers.Of(channel.Mean, isShare), Numbers.Of(channel.Spread, isShare)]));
        section.Page.Close().Close();
    }
}
