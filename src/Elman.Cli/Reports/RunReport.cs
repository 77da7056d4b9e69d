using Elman.Cli.Output;
using Elman.Cli.Runs;
using Spectre.Console;

namespace Elman.Cli.Reports;

/// <summary>The list of runs.</summary>
internal static class RunReport
{
    /// <summary>Writes a table.</summary>
    public static void Write(Terminal terminal, string folder, IReadOnlyList<RunSummary> runs)
    {
        if (runs.Count == 0)
        {
            Lines.Write(terminal, $"There are no runs in {folder}; elman train writes them.");
            return;
        }
        if (Tables.Fit(terminal, runs.Select(NameOf), width => Create(terminal, runs, width)) is { } table)
            terminal.Tables.Write(table);
        else
            foreach (RunSummary run in runs)
                Lines.Write(terminal, $"{NameOf(run)}: {FigureOf(run)}, {run.State}");
        if (runs.FirstOrDefault(run => run.State == "interrupted") is { } cut)
            Lines.Write(terminal, $"To go on: {cut.Args.ResumeOf(cut.Run)}");
    }

    /// <summary>Writes JSON.</summary>
    public static void WriteJson(TextWriter output, IReadOnlyList<RunSummary> runs) => JsonText.WriteObject(output, json =>
    {
        json.WriteStartArray("runs");
        foreach (RunSummary run in runs)
        {
            json.WriteStartObject();
            json.WriteString("run", run.Run.Path);
            json.WriteString("state", run.State);
            json.WriteString("created", run.Args.Created);
            json.WriteString("command", run.Args.Command);
            json.WriteString("task", run.Args.Task);
            json.WriteString("data", run.Args.Data);
            json.WriteStartObject("figures");
            foreach (RunFigure figure in run.Figures.Where(figure => figure.Of is null))
                json.WriteNumbers(figure.Name, [figure.Estimate, figure.Lower, figure.Upper]);
            json.WriteEndObject();
            json.WriteEndObject();
        }
        json.WriteEndArray();
    });

    /// <summary>Returns a figure as text, with its name.</summary>
    public static string Text(RunFigure figure) => $"{figure.Name} {Number(figure, figure.Estimate)}";

    /// <summary>Returns the interval of a figure as text.</summary>
    public static string Interval(RunFigure figure) =>
        double.IsNaN(figure.Lower) ? "" : $"{Number(figure, figure.Lower)} – {Number(figure, figure.Upper)}";

    private static string Number(RunFigure figure, double value) =>
        new FigureInterval(figure.Name, null, new ConfidenceInterval(value, double.NaN, double.NaN, 0.95)).IsShare
            ? Figures.Percent(value)
            : Figures.Number(value);

    private static Table Create(Terminal terminal, IReadOnlyList<RunSummary> runs, int width)
    {
        Table table = Tables.Create().AddColumn(Tables.Texts(terminal, "run")).AddColumn(Tables.Texts(terminal, "figure"));
        bool isWide = terminal.Width >= 100;
        if (isWide)
            table.AddColumn(Tables.Texts(terminal, "95 % interval")).AddColumn(Tables.Texts(terminal, "task"));
        table.AddColumn(Tables.Texts(terminal, "started")).AddColumn(Tables.Texts(terminal, "state"));
        foreach (RunSummary run in runs)
        {
            List<Text> cells = [Tables.Label(NameOf(run), width), new(FigureOf(run))];
            if (isWide)
            {
                cells.Add(new(run.Figures.Count > 0 ? Interval(run.Figures[0]) : ""));
                cells.Add(new(run.Args.Task));
            }
            cells.Add(new(run.Args.Created.ToLocalTime().ToString("yyyy-MM-dd HH:mm", System.Globalization.CultureInfo.InvariantCulture)));
            cells.Add(new(run.State));
            table.AddRow(cells);
        }
        return table;
    }

    private static string NameOf(RunSummary run) => Path.GetFileName(run.Run.Path);

    private static string FigureOf(RunSummary run) => run.Figures.Count > 0 ? Text(run.Figures[0]) : "not tested";
}
