using Elman.Comparison.Measuring;

namespace Elman.Comparison.Reports;

/// <summary>The summary of a group of rows for one rival.</summary>
/// <param name="Group">The title of the group and the number of threads.</param>
/// <param name="Rival">The rival.</param>
/// <param name="Rows">The number of rows.</param>
/// <param name="Mean">The geometric mean of the median ratios of the rows.</param>
/// <param name="Least">The minimum of these ratios.</param>
/// <param name="LeastRow">The name of the row with the minimum.</param>
internal sealed record SummaryLine(string Group, string Rival, int Rows, double Mean, double Least, string LeastRow)
{
    private const string Faster = "the faster of them";

    /// <summary>
    /// Returns one line for each group, number of threads and rival, in the order of the rows, and one for the faster rival of each row if
    /// a group ranks libraries. Disturbed rows are excluded.
    /// </summary>
    public static IReadOnlyList<SummaryLine> Of(IEnumerable<RowResult> results) =>
    [
        .. from result in results
           where !result.IsDisturbed
           from rival in Ratios(result)
           group (rival.Ratio, result.Row.Name)
           by (result.Row.Group.Title, result.Row.Threads, rival.Rival) into rows
           let least = rows.MinBy(row => row.Ratio)
           select new SummaryLine(
               $"{rows.Key.Title}, {rows.Key.Threads} {(rows.Key.Threads == 1 ? "thread" : "threads")}",
               rows.Key.Rival,
               rows.Count(),
               Statistics.GeometricMean(rows.Select(row => row.Ratio)),
               least.Ratio,
               least.Name),
    ];

    private static (string Rival, double Ratio)[] Ratios(RowResult result)
    {
        (string Rival, double Ratio)[] ratios = [.. result.Rivals.Select(rival => (rival.Name, Ratio.Of(rival, result.Elman).Median))];
        return result.Row.Group.RanksLibraries && ratios.Length > 1 ? [.. ratios, (Faster, ratios.Min(rival => rival.Ratio))] : ratios;
    }
}
