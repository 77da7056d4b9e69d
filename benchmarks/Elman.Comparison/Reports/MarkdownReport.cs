using Elman.Comparison.Measuring;
using Elman.Comparison.Rows;

namespace Elman.Comparison.Reports;

/// <summary>The results as Markdown.</summary>
internal static class MarkdownReport
{
    /// <summary>Returns the results as a separate document, without a final line break.</summary>
    public static string Document(Machine machine, IReadOnlyList<RowResult> results, IReadOnlyList<RowFailure> failures) =>
        "# Elman compared with libtorch, ONNX Runtime and NumPy\n\nMeasured by "
            + $"[Elman.Comparison](../../README.md).\n\n{Tables(machine, results, failures, "##")}";

    /// <summary>Returns the tables, for inclusion in another document.</summary>
    /// <param name="machine">The hardware and software of the measurements.</param>
    /// <param name="results">The rows measured.</param>
    /// <param name="failures">The rows not measured.</param>
    /// <param name="heading">The mark of the headings, <c>##</c> or deeper.</param>
    public static string Tables(Machine machine, IReadOnlyList<RowResult> results, IReadOnlyList<RowFailure> failures, string heading)
    {
        List<string> lines = [.. machine.Lines().Select(line => $"    {line}"), ""];
        lines.Add("A ratio is the other library's time divided by Elman's, for runs that followed each other directly: above 1 Elman is "
            + "faster. Times are medians.");
        lines.Add("");
        lines.AddRange([$"{heading} Summary", "", "| Rows | Compared with | Number of rows | Geometric mean of the median ratios | "
            + "Smallest | Row with the smallest |",
            "|---|---|---:|---:|---:|---|"]);
        lines.AddRange(SummaryLine.Of(results).Select(line =>
            $"| {line.Group} | {line.Rival} | {line.Rows} | {Figures.Number(line.Mean)} | {Figures.Number(line.Least)} "
                + $"| {line.LeastRow} |"));
        foreach (IGrouping<Group, RowResult> group in results.GroupBy(result => result.Row.Group))
        {
            lines.AddRange(["", $"{heading} {group.Key.Title}", "", group.Key.Text, ""]);
            lines.Add("| Cell | Size | Threads | Elman | GFLOP/s | of peak | Bytes | Compared with | Time | GFLOP/s | Ratio | Smallest "
                + "| Largest |");
            lines.Add("|---|---|---:|---:|---:|---:|---:|---|---:|---:|---:|---:|---:|");
            lines.AddRange(group.SelectMany(result => Rows(machine, result)));
        }
        RowResult[] disturbed = [.. results.Where(result => result.IsDisturbed)];
        if (disturbed.Length > 0)
        {
            lines.AddRange(["", $"{heading} Disturbed rows", "", "Other programs used the processors while these rows were measured. "
                + "Their ratios are not meaningful, and the summary does not include them.", ""]);
            lines.AddRange(
                disturbed.Select(result => $"- `{result.Row.Name}`: {Figures.Percent(result.OthersShare!.Value)} of the processors"));
        }
        RowResult[] incomplete = [.. results.Where(result => result.LeftOut.Count > 0)];
        if (incomplete.Length > 0)
            lines.AddRange(["", $"{heading} Libraries left out", "", "Their results differ from those of the others, so their times mean "
                + "nothing.", "", .. incomplete.Select(result => $"- `{result.Row.Name}`: {string.Join(' ', result.LeftOut)}")]);
        if (failures.Count > 0)
            lines.AddRange(
                ["", $"{heading} Rows without figures", "", .. failures.Select(failure => $"- `{failure.Row.Name}`: {failure.Reason}")]);
        return string.Join('\n', lines);
    }

    private static IEnumerable<string> Rows(Machine machine, RowResult result)
    {
        Row row = result.Row;
        double ours = result.GigaFlops(result.Elman);
        string start = $"| {row.Cell} | {row.Shape} | {row.Threads} | {Figures.Time(result.Elman.Median)} | {Figures.Number(ours)} | "
            + $"{Figures.Percent(ours / machine.PeakOf(row))} | {Figures.Number(result.BytesPerStep)} |";
        foreach (RivalTimes rival in result.Rivals)
        {
            Ratio ratio = Ratio.Of(rival, result.Elman);
            yield return $"{start} {rival.Name} | {Figures.Time(rival.Median)} | {Figures.Number(result.GigaFlops(rival))} | "
                + $"{Figures.Number(ratio.Median)} | {Figures.Number(ratio.Least)} | {Figures.Number(ratio.Most)} |";
            start = "| | | | | | | |";
        }
    }
}
