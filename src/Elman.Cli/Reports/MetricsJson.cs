using System.Text.Json;
using Elman.Cli.Output;
using Elman.Reports;

namespace Elman.Cli.Reports;

/// <summary>Figures with their intervals as JSON, and the comparison with baselines.</summary>
internal static class MetricsJson
{
    /// <summary>Writes the intervals of all figures as members of an object.</summary>
    /// <param name="json">The writer.</param>
    /// <param name="cases">The predictions.</param>
    /// <param name="options">The options of the intervals.</param>
    /// <param name="partName">The name of the list of classes, targets or steps ahead, such as <c>perClass</c>.</param>
    public static void WriteMembers(Utf8JsonWriter json, CaseAnswers cases, IntervalOptions options, string partName)
    {
        IReadOnlyList<FigureInterval> figures = cases.Intervals(options);
        json.WriteNumber("level", options.Level);
        json.WriteNumber("units", cases.Units);
        json.WriteString("unit", cases.UnitName);
        json.WriteStartObject("estimates");
        foreach (FigureInterval figure in figures.Where(figure => figure.Of is null))
            json.WriteNumberOrNull(figure.Figure, figure.Interval.Estimate);
        json.WriteEndObject();
        json.WriteStartObject("intervals");
        foreach (FigureInterval figure in figures.Where(figure => figure.Of is null))
            WriteLimits(json, figure);
        json.WriteEndObject();
        IGrouping<string, FigureInterval>[] parts = [.. figures.Where(figure => figure.Of is not null)
            .GroupBy(figure => $"{figure.Part}\0{figure.Of}")];
        if (parts.Length == 0)
            return;
        IReadOnlyList<ClassScore> scores = ScoresOf(cases);
        json.WriteStartArray(partName);
        for (int i = 0; i < parts.Length; i++)
        {
            json.WriteStartObject();
            FigureInterval first = parts[i].First();
            json.WriteString("name", first.Of);
            if (first.Part != FigurePart.Class)
                json.WriteString("part", NameOf(first.Part));
            if (scores.Count == parts.Length)
            {
                json.WriteNumber("cases", scores[i].Cases);
                json.WriteNumber("predicted", scores[i].Predicted);
            }
            foreach (FigureInterval figure in parts[i])
                json.WriteNumberOrNull(figure.Figure, figure.Interval.Estimate);
            json.WriteStartObject("intervals");
            foreach (FigureInterval figure in parts[i])
                WriteLimits(json, figure);
            json.WriteEndObject();
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    /// <summary>The scores of each class; empty for numbers.</summary>
    public static IReadOnlyList<ClassScore> ScoresOf(CaseAnswers? cases) => cases switch
    {
        ClassAnswers classes => classes.Evaluation.PerClass,
        LabelAnswers labels => labels.Evaluation.PerClass,
        _ => [],
    };

    /// <summary>Writes a file's content: all figures with estimate and limits, and the baselines beside them.</summary>
    /// <param name="report">The report.</param>
    public static byte[] ToFile(Report report)
    {
        using var text = new StringWriter();
        JsonText.WriteObject(text, json => WriteFigures(json, report));
        return System.Text.Encoding.UTF8.GetBytes(text.ToString());
    }

    /// <summary>Writes all figures of a report, and the baselines, as members of an object.</summary>
    public static void WriteFigures(Utf8JsonWriter json, Report report)
    {
        json.WriteStartArray("figures");
        foreach (FigureInterval figure in report.Figures.Concat(report.PartFigures))
        {
            json.WriteStartObject();
            json.WriteString("figure", figure.Figure);
            json.WriteString("part", NameOf(figure.Part));
            json.WriteStringOrNull("of", figure.Of);
            WriteInterval(json, figure.Interval);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        WriteBaselines(json, report.Baselines);
    }

    private static string NameOf(FigurePart part) => part switch
    {
        FigurePart.Class => "class",
        FigurePart.Target => "target",
        FigurePart.StepAhead => "stepAhead",
        FigurePart.Channel => "channel",
        _ => "all",
    };

    private static void WriteBaselines(Utf8JsonWriter json, IReadOnlyList<ReportBaseline> baselines)
    {
        json.WriteStartArray("baselines");
        foreach (ReportBaseline baseline in baselines)
        {
            json.WriteStartObject();
            json.WriteString("name", baseline.Name);
            if (baseline.Score is { } score)
                WriteInterval(json, score);
            if (baseline.SkippedBecause is { } reason)
                json.WriteString("skippedBecause", reason);
            if (baseline.Comparison is { } comparison)
            {
                json.WriteStartObject("comparison");
                json.WriteString("figure", comparison.Figure);
                json.WriteString("test", comparison.Test);
                json.WriteNumberOrNull("pValue", comparison.PValue);
                json.WriteNumber("better", comparison.Better);
                json.WriteNumber("worse", comparison.Worse);
                json.WriteStartObject("difference");
                WriteInterval(json, comparison.Difference);
                json.WriteEndObject();
                json.WriteEndObject();
            }
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void WriteLimits(Utf8JsonWriter json, FigureInterval figure) =>
        json.WriteNumbers(figure.Figure, [figure.Interval.Lower, figure.Interval.Upper]);

    private static void WriteInterval(Utf8JsonWriter json, ConfidenceInterval interval)
    {
        json.WriteNumberOrNull("estimate", interval.Estimate);
        json.WriteNumberOrNull("lower", interval.Lower);
        json.WriteNumberOrNull("upper", interval.Upper);
        json.WriteNumber("level", interval.Level);
    }
}
