using Elman.Comparison.CommandLine;
using Elman.Comparison.Measuring;
using Elman.Comparison.Reports;
using Elman.Comparison.Rivals;
using Elman.Comparison.Rows;

namespace Elman.Comparison;

/// <summary>One run of the program: selects the rows, measures them, and reports the results.</summary>
internal static class Session
{
    /// <summary>Runs the program.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="output">The output for text.</param>
    /// <returns>0, or 1 if a row has no results.</returns>
    /// <exception cref="SwitchException">The settings are not possible.</exception>
    public static int Run(Settings settings, TextWriter output)
    {
        Row[] rows = Choose(settings.Only);
        if (settings.List)
        {
            foreach (Row row in rows)
                output.WriteLine(row.Name);
            return 0;
        }
        // Output files that can't be written are reported before the measurements.
        ReportFiles files = ReportFiles.Prepare(settings);

        if (NativeLibraries.WhyNot() is string reason)
        {
            output.WriteLine($"libtorch can't be loaded: {reason}. See benchmarks/README.md for what it needs.");
            return 1;
        }
        Machine machine = Machine.Inspect(rows.Max(row => row.Threads));
        var report = new ConsoleReport(output, machine);
        report.Begin();
        var contest = new Contest((settings.Quick ? Effort.Quick : Effort.Full) with { Rounds = settings.Rounds }, settings.Python);
        List<RowResult> results = [];
        List<RowFailure> failures = [];
        foreach (Row row in rows)
        {
            try
            {
                RowResult result = contest.Hold(row);
                results.Add(result);
                report.Add(result);
            }
            catch (Exception e) when (e is DisagreementException or RivalException)
            {
                var failure = new RowFailure(row, e.Message);
                failures.Add(failure);
                report.Add(failure);
            }
        }
        report.End(results, failures.Count);
        files.Write(machine, results, failures);
        return failures.Count == 0 ? 0 : 1;
    }

    private static Row[] Choose(string? only)
    {
        Row[] rows = [.. RowCatalog.All.Where(row => only is null || row.Name.Contains(only, StringComparison.OrdinalIgnoreCase))];
        return rows is []
            ? throw new SwitchException($"No row's name contains '{only}'. Names look like {RowCatalog.All[0].Name}; --list prints all.")
            : rows;
    }
}
