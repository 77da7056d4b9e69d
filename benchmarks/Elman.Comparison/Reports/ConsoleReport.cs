using Elman.Comparison.Measuring;
using Elman.Comparison.Rows;

namespace Elman.Comparison.Reports;

/// <summary>Prints the results during the comparison.</summary>
internal sealed class ConsoleReport(TextWriter output, Machine machine)
{
    private Group? _group;

    /// <summary>Prints a description of the machine.</summary>
    public void Begin()
    {
        foreach (string line in machine.Lines())
            output.WriteLine(line);
        output.WriteLine("Ratio: time of the other library divided by time of Elman, for each pair of runs; above 1 Elman is faster.");
    }

    /// <summary>Prints a row that was measured, one line for each rival.</summary>
    public void Add(RowResult result)
    {
        Head(result.Row);
        RivalTimes elman = result.Elman;
        string ours = $"{result.Row.Name,-36} {Figures.Time(elman.Median),8} {Figures.Number(result.GigaFlops(elman)),8} "
            + $"{Figures.Percent(result.GigaFlops(elman) / machine.PeakOf(result.Row)),5} {Figures.Number(result.BytesPerStep),6}";
        string remark = result.IsDisturbed ? $"  disturbed: others had {Figures.Percent(result.OthersShare!.Value)}" : "";
        foreach (RivalTimes rival in result.Rivals)
        {
            Ratio ratio = Ratio.Of(rival, elman);
            output.WriteLine(
                $"{ours}  {rival.Name,-20} {Figures.Time(rival.Median),8} {Figures.Number(result.GigaFlops(rival)),8} "
                + $"{Figures.Number(ratio.Median),7} {Figures.Number(ratio.Least),7} {Figures.Number(ratio.Most),7}{remark}");
            ours = new string(' ', ours.Length);
            remark = "";
        }
        foreach (string reason in result.LeftOut)
            output.WriteLine($"{"",-36} left out: {reason}");
    }

    /// <summary>Prints a row that was not measured.</summary>
    public void Add(RowFailure failure)
    {
        Head(failure.Row);
        output.WriteLine($"{failure.Row.Name,-36} no figures: {failure.Reason}");
    }

    /// <summary>Prints the summary.</summary>
    public void End(IReadOnlyList<RowResult> results, int failures)
    {
        output.WriteLine();
        output.WriteLine($"{"Median ratios",-48} {"compared with",-20} {"rows",5} {"mean",7} {"least",7}");
        foreach (SummaryLine line in SummaryLine.Of(results))
            output.WriteLine($"{line.Group,-48} {line.Rival,-20} {line.Rows,5} {Figures.Number(line.Mean),7} "
                + $"{Figures.Number(line.Least),7}  {line.LeastRow}");
        if (results.Count(result => result.IsDisturbed) is > 0 and int disturbed)
            output.WriteLine($"Not included: {disturbed} of the rows with several threads. Other programs used the processors, "
                + "so their ratios are not meaningful.");
        if (failures > 0)
            output.WriteLine($"{failures} {(failures == 1 ? "row has" : "rows have")} no figures; the reasons are above.");
    }

    private void Head(Row row)
    {
        if (row.Group == _group)
            return;
        _group = row.Group;
        output.WriteLine();
        output.WriteLine(_group.Title);
        output.WriteLine($"{"",-36} {"Elman",8} {"GFLOP/s",8} {"peak",5} {"bytes",6}  {"compared with",-20} {"time",8} {"GFLOP/s",8} "
            + $"{"ratio",7} "
            + $"{"least",7} {"most",7}");
    }
}
