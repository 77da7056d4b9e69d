using Elman.Reports.Charts;
using Elman.Reports.Html;

namespace Elman.Reports.Sections;

/// <summary>The training: losses and accuracies over the epochs, or the leaderboard of the automatic choice.</summary>
internal static class CurveSection
{
    private const int MostRows = 12;

    /// <summary>Whether there is something to show.</summary>
    public static bool IsFor(Report report) => report.History.Count > 0 || report.Leaderboard is not null;

    /// <summary>Writes the section.</summary>
    public static void Write(Section section, Report report)
    {
        if (report.Leaderboard is { } leaderboard)
            Choice(section, leaderboard);
        if (report.History.Count == 0)
            return;
        section.Page.Open("div", ("class", "two"));
        foreach (Picture picture in Charts(report))
            section.Picture(picture);
        section.Page.Close();
        EpochResult[] shown = Some(report.History, report.BestEpoch);
        (string Name, Func<EpochResult, Cell> Of, bool IsKnown)[] columns =
        [
            ("epoch", epoch => Numbers.Count(epoch.Epoch), true),
            ("training loss", epoch => Numbers.Plain(epoch.Loss), true),
            ("training accuracy", epoch => Share(epoch.Accuracy), shown.Any(epoch => epoch.Accuracy is not null)),
            ("validation loss", epoch => Number(epoch.ValidationLoss), shown.Any(epoch => epoch.ValidationLoss is not null)),
            ("validation accuracy", epoch => Share(epoch.ValidationAccuracy), shown.Any(epoch => epoch.ValidationAccuracy is not null)),
        ];
        columns = [.. columns.Where(column => column.IsKnown)];
        section.Table(
            shown.Length < report.History.Count ? $"Some of the {report.History.Count} epochs" : "All epochs",
            [.. columns.Select(column => column.Name)],
            shown.Select(epoch => (IReadOnlyList<Cell>)[.. columns.Select(column => column.Of(epoch))]),
            row => shown[row].Epoch == report.BestEpoch);
    }

    /// <summary>Returns the chart of the losses, and that of the accuracies if there are any.</summary>
    public static IReadOnlyList<Picture> Charts(Report report)
    {
        if (report.History.Count == 0)
            return [];
        (double, string)? mark = report.BestEpoch is { } best ? (best, $"epoch {best}, kept") : null;
        List<Picture> pictures = [LineChart.Draw("Loss", "The loss over the epochs. The table has some of the numbers.",
            Lines(report.History, "training", epoch => epoch.Loss, "validation", epoch => epoch.ValidationLoss), "epoch", "loss", mark)];
        if (report.History.Any(epoch => epoch.Accuracy is not null || epoch.ValidationAccuracy is not null))
            pictures.Add(LineChart.Draw("Accuracy", "The accuracy over the epochs. The table has some of the numbers.",
                Lines(report.History, "training", epoch => epoch.Accuracy, "validation", epoch => epoch.ValidationAccuracy), "epoch",
                "accuracy", mark));
        return pictures;
    }

    private static List<(string, IReadOnlyList<(double, double)>)> Lines(
        IReadOnlyList<EpochResult> history, string first, Func<EpochResult, double?> ofFirst, string second,
        Func<EpochResult, double?> ofSecond)
    {
        var lines = new List<(string, IReadOnlyList<(double, double)>)>();
        foreach ((string name, Func<EpochResult, double?> of) in
            ((string, Func<EpochResult, double?>)[])[(first, ofFirst), (second, ofSecond)])
            if (history.Any(epoch => of(epoch) is not null))
                lines.Add((name, [.. history.Select(epoch => ((double)epoch.Epoch, of(epoch) ?? double.NaN))]));
        return lines;
    }

    private static EpochResult[] Some(IReadOnlyList<EpochResult> history, int? best)
    {
        int count = Math.Min(MostRows, history.Count);
        return [.. Enumerable.Range(0, count).Select(i => history[count == 1 ? 0 : i * (history.Count - 1) / (count - 1)])
            .Concat(history.Where(epoch => epoch.Epoch == best)).Distinct().OrderBy(epoch => epoch.Epoch)];
    }

    private static void Choice(Section section, Leaderboard leaderboard)
    {
        if (leaderboard.Reason.Length > 0)
            section.Paragraph($"{char.ToUpperInvariant(leaderboard.Reason[0])}{leaderboard.Reason[1..]}.");
        LeaderboardEntry[] entries = [.. leaderboard.Entries.OrderBy(entry => entry.Loss)];
        section.Table($"Candidates of the automatic choice, compared on {Numbers.Count(leaderboard.Cases)} held-out training cases",
            ["candidate", "loss", "score", "part", "parameters", "time to fit", "time to predict"],
            entries.Select(entry => (IReadOnlyList<Cell>)[entry.Name, Numbers.Plain(entry.Loss), Numbers.Plain(entry.Score),
                entry.Count == 0 ? "" : Numbers.Percent(leaderboard.PartOf(entry)), Numbers.Count(entry.Parameters),
                FormattableString.Invariant($"{entry.FitTime.TotalSeconds:0.0} s"),
                FormattableString.Invariant($"{entry.PredictTime.TotalMilliseconds:0.###} ms")]),
            row => entries[row].Count > 0);
        if (leaderboard.NotTried.Count > 0)
            section.Note($"Not tried: {string.Join("; ", leaderboard.NotTried.Select(reason => reason.TrimEnd('.')))}.");
        if (Candidates(entries) is { } picture)
            section.Picture(picture);
    }

    /// <summary>The training losses of the candidates that are trained in epochs, or <see langword="null"/> if there is none.</summary>
    private static Picture? Candidates(LeaderboardEntry[] entries)
    {
        var lines = new List<(string, IReadOnlyList<(double, double)>)>();
        foreach (LeaderboardEntry entry in entries)
            if (entry.Histories.SelectMany(history => history).GroupBy(epoch => epoch.Epoch).OrderBy(epoch => epoch.Key).ToArray()
                is { Length: > 1 } epochs)
                lines.Add((entry.Name, [.. epochs.Select(epoch => ((double)epoch.Key, epoch.Average(one => one.Loss)))]));
        return lines.Count == 0 ? null
            : LineChart.Draw("Training loss of the candidates that are trained in epochs",
                "The mean over the models of a candidate, one for each part that is held out. The run's results.csv has the numbers.",
                lines, "epoch", "loss");
    }

    private static string Share(double? share) => share is { } known ? Numbers.Percent(known) : Numbers.Missing;

    private static string Number(double? number) => number is { } known ? Numbers.Plain(known) : Numbers.Missing;
}
