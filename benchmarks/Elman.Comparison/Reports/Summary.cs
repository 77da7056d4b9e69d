using Elman.Comparison.Measuring;

namespace Elman.Comparison.Reports;

/// <summary>What a group of rows comes to against one rival.</summary>
/// <param name="Group">The group's title and the threads.</param>
/// <param name="Rival">The rival.</param>
/// <param name="Rows">How many rows.</param>
/// <param name="Mean">The geometric mean of their median ratios.</param>
/// <param name="Least">The least of them.</param>
/// <param name="LeastRow">The row that has it.</param>
internal sealed record SummaryLine(string Group, string Rival, int Rows, double Mean, double Least, string LeastRow)
{
    private const string Faster = "the faster of them";

    /// <summary>
    /// One line for each group, number of threads and rival, in the order of the rows, and one for the faster rival of each row
    /// where a group ranks libraries. Disturbed rows do not count.
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
