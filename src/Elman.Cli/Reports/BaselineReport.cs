using System.Text.Json;
using Elman.Cli.Output;
using Elman.Cli.Tasks;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Elman.Cli.Reports;

/// <summary>Compares a model with simple baselines on the same test data, and lists those that it does not beat.</summary>
internal static class BaselineReport
{
    /// <summary>Writes text.</summary>
    /// <param name="terminal">The terminal.</param>
    /// <param name="baselines">The results of the baselines.</param>
    /// <param name="model">The result of the model.</param>
    public static void Write(Terminal terminal, IReadOnlyList<BaselineResult> baselines, TaskResult model)
    {
        BaselineResult[] done = [.. baselines.Where(baseline => !baseline.IsSkipped)];
        if (done.Length > 0)
        {
            Lines.Write(terminal, "Simple baselines on the same test data:");
            if (Tables.Fit(terminal, done.Select(baseline => baseline.Name), width => Create(terminal, done, model, width)) is { } table)
                terminal.Tables.Write(table);
            Lines.Write(terminal, Verdict(done, model));
        }
        foreach (BaselineResult skipped in baselines.Where(baseline => baseline.IsSkipped))
            Lines.Write(terminal, $"{skipped.Name}: not compared{Reason(skipped)}");
    }

    /// <summary>Writes JSON, as a member of an object.</summary>
    public static void WriteJson(Utf8JsonWriter json, IReadOnlyList<BaselineResult> baselines, TaskResult model)
    {
        json.WriteStartArray("baselines");
        foreach (BaselineResult baseline in baselines)
        {
            json.WriteStartObject();
            json.WriteString("name", baseline.Name);
            json.WriteString("measure", baseline.Measure);
            json.WriteNumberOrNull("score", baseline.Score);
            json.WriteNumberOrNull("logLoss", baseline.LogLoss);
            json.WriteNumber("seconds", baseline.Duration.TotalSeconds);
            if (baseline.IsSkipped)
                json.WriteString("skippedBecause", baseline.SkippedBecause);
            else
                json.WriteBoolean("beaten", IsBeaten(baseline, model));
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    /// <summary>Returns the reason why a method was not run.</summary>
    public static string Reason(BaselineResult skipped) => skipped.Cost is { } cost
        ? $", it would take about {Figures.Duration(cost.Predicted)}; add --baselines to run it"
        : $". {skipped.SkippedBecause?.Replace(nameof(BaselineOptions.Season), "--season", StringComparison.Ordinal)
            .Replace($"raise {nameof(BaselineOptions.TimeLimit)}", "add --baselines", StringComparison.Ordinal)
            .Replace($"at the {nameof(BaselineOptions.TimeLimit)} of", "after", StringComparison.Ordinal)}";

    /// <summary>Returns the result of the comparison as a sentence.</summary>
    private static string Verdict(BaselineResult[] baselines, TaskResult model)
    {
        BaselineResult[] better = [.. baselines.Where(baseline => !IsBeaten(baseline, model))];
        if (better.Length > 0)
            return $"The model does not beat {string.Join(" and ", better.Select(baseline => $"{baseline.Name} ({Score(baseline)})"))}: on "
                + "these data the simple baseline is as good or better.";
        string all = baselines.Length == 1 ? "it" : "all of them";
        string[] equal = [.. baselines.Where(baseline => baseline.Score == model.Score).Select(baseline => baseline.Name)];
        string besides = equal.Length == 0 ? ""
            : $", except {string.Join(" and ", equal)}, which {(equal.Length == 1 ? "makes" : "make")} no error either";
        return equal.Length == baselines.Length
            ? $"The model makes no error on these data; neither {(baselines.Length == 1 ? "does it" : "do they")}."
            : $"The model beats {all}{besides}.";
    }

    /// <summary>Whether a model is better than a baseline. A tie counts only if no better result is possible.</summary>
    private static bool IsBeaten(BaselineResult baseline, TaskResult model) => baseline.GreaterIsBetter
        ? model.Score > baseline.Score || (model.Score >= 1 && baseline.Score >= 1 && !(baseline.LogLoss < model.LogLoss))
        : model.Score < baseline.Score;

    private static string Score(BaselineResult baseline) =>
        baseline.GreaterIsBetter ? Figures.Percent(baseline.Score) : $"{baseline.Measure} {Figures.Number(baseline.Score)}";

    private static Table Create(Terminal terminal, BaselineResult[] baselines, TaskResult model, int labelWidth)
    {
        bool isNarrow = Tables.IsNarrow(terminal), hasLosses = baselines.Any(baseline => baseline.LogLoss is not null);
        Table table = Tables.Create().AddColumn(Tables.Texts(terminal, "method"));
        table.AddColumn(Tables.Numbers(terminal, baselines[0].Measure));
        if (hasLosses)
            table.AddColumn(Tables.Numbers(terminal, "log loss"));
        if (!isNarrow)
            table.AddColumn(Tables.Numbers(terminal, "time"));
        Add("this model", baselines[0].GreaterIsBetter ? Figures.Percent(model.Score) : Figures.Number(model.Score), model.LogLoss, null);
        foreach (BaselineResult baseline in baselines)
            Add(baseline.Name, baseline.GreaterIsBetter ? Figures.Percent(baseline.Score) : Figures.Number(baseline.Score),
                baseline.LogLoss, baseline.Duration);
        return table;

        void Add(string name, string score, double? loss, TimeSpan? time)
        {
            var cells = new List<IRenderable> { Tables.Label(name, labelWidth), Tables.Cell(score) };
            if (hasLosses)
                cells.Add(Tables.Cell(loss is { } known ? Figures.Loss(known) : ""));
            if (!isNarrow)
                cells.Add(Tables.Cell(time is { } took ? Figures.Duration(took) : ""));
            table.AddRow(cells);
        }
    }
}
