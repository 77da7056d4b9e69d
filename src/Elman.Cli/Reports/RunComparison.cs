using Elman.Cli.Output;
using Elman.Cli.Runs;
using Elman.Reports;

namespace Elman.Cli.Reports;

/// <summary>The comparison of two runs: the options that differ, the figures, and the curves.</summary>
internal static class RunComparison
{
    /// <summary>Writes text.</summary>
    public static void Write(Terminal terminal, RunSummary[] runs, string? plot)
    {
        (RunSummary a, RunSummary b) = (runs[0], runs[1]);
        (string Name, string A, string B)[] options = Different(a, b);
        Lines.Write(terminal, options.Length == 0
            ? $"{a.Run.Path} and {b.Run.Path} have the same options."
            : $"Options of {a.Run.Path} and {b.Run.Path} that differ:");
        foreach ((string name, string ofA, string ofB) in options)
            Lines.Write(terminal, $"  {name}: {Shown(ofA)} | {Shown(ofB)}");
        foreach (RunFigure figure in a.Figures.Where(figure => figure.Of is null))
            if (b.Figures.FirstOrDefault(other => other.Of is null && other.Name == figure.Name) is { } other)
                Lines.Write(terminal, $"{RunReport.Text(figure)}{Limits(figure)} | {RunReport.Text(other)}{Limits(other)}");
        foreach (RunSummary run in runs.Where(run => run.Figures.Count == 0))
            Lines.Write(terminal, $"{run.Run.Path} has no figures: "
                + (run.Run.IsComplete ? "there were no test data." : $"it is {run.State}."));
        if (plot is not null)
            Lines.Write(terminal, $"Curves: {plot}");
    }

    /// <summary>Writes JSON.</summary>
    public static void WriteJson(TextWriter output, RunSummary[] runs) => JsonText.WriteObject(output, json =>
    {
        json.WriteStrings("runs", runs.Select(run => run.Run.Path));
        json.WriteStartObject("options");
        foreach ((string name, string a, string b) in Different(runs[0], runs[1]))
            json.WriteStrings(name, [a, b]);
        json.WriteEndObject();
        json.WriteStartObject("figures");
        foreach (string name in runs.SelectMany(run => run.Figures).Where(figure => figure.Of is null)
            .Select(figure => figure.Name).Distinct())
            json.WriteNumbers(name, runs.Select(run =>
                run.Figures.FirstOrDefault(figure => figure.Of is null && figure.Name == name)?.Estimate ?? double.NaN));
        json.WriteEndObject();
    });

    /// <summary>Draws the losses of both runs.</summary>
    /// <exception cref="CommandException">A run has no epochs.</exception>
    public static void Draw(string path, RunSummary[] runs)
    {
        foreach (RunSummary run in runs)
            if (run.Epochs().Count == 0)
                throw new CommandException($"{run.Run.Path} has no curves: its model was chosen automatically, it is a cross-validation, "
                    + "or it was not trained yet. "
                    + "Leave out --plot.");
        OutputFile.Write(path, ReportPictures.Curves([.. runs.Select(run => (Path.GetFileName(run.Run.Path), run.Epochs()))]));
    }

    /// <summary>The options with different values, and data and task if they differ.</summary>
    private static (string Name, string A, string B)[] Different(RunSummary a, RunSummary b)
    {
        Dictionary<string, string> ofA = ValuesOf(a), ofB = ValuesOf(b);
        return [.. ofA.Keys.Union(ofB.Keys)
            .Select(name => (name, ofA.GetValueOrDefault(name, ""), ofB.GetValueOrDefault(name, "")))
            .Where(values => values.Item2 != values.Item3)];
    }

    private static Dictionary<string, string> ValuesOf(RunSummary run)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal)
        { ["command"] = run.Args.Command, ["data"] = run.Args.Data, ["task"] = run.Args.Task };
        foreach ((string name, string value) in run.Args.Given)
            values[name] = value;
        foreach ((string name, string value) in run.Args.Options)
            values[name] = value;
        return values;
    }

    private static string Shown(string value) => value.Length == 0 ? "–" : MessageText.Shown(value);

    private static string Limits(RunFigure figure) => RunReport.Interval(figure) is { Length: > 0 } interval ? $" ({interval})" : "";
}
