using Elman.Cli.Output;

namespace Elman.Cli.Reports;

/// <summary>Tells how well a classifier did: for people in tables, for programs in JSON.</summary>
internal static class EvaluationReport
{
    /// <summary>Writes for people.</summary>
    public static void Write(Terminal terminal, string name, Evaluation evaluation)
    {
        Lines.Write(terminal,
            $"{name}: {Figures.Count(evaluation.Cases, "sequence")}, accuracy {Figures.Percent(evaluation.Accuracy)}, balanced {Figures.Percent(evaluation.BalancedAccuracy)}, "
            + $"macro F1 {Figures.Share(evaluation.MacroF1)}, log loss {Figures.Loss(evaluation.LogLoss)}");
        WriteTables(terminal, evaluation);
    }

    /// <summary>Writes the figures of each class, and which classes were taken for which.</summary>
    public static void WriteTables(Terminal terminal, Evaluation evaluation)
    {
        ClassTable.Write(terminal, evaluation);
        ConfusionTable.Write(terminal, evaluation);
    }

    /// <summary>Writes for programs.</summary>
    public static void WriteJson(TextWriter output, Evaluation evaluation) => JsonText.WriteObject(output, json =>
    {
        json.WriteNumber("cases", evaluation.Cases);
        json.WriteNumberOrNull("accuracy", evaluation.Accuracy);
        json.WriteNumberOrNull("balancedAccuracy", evaluation.BalancedAccuracy);
        json.WriteNumberOrNull("macroF1", evaluation.MacroF1);
        json.WriteNumberOrNull("logLoss", evaluation.LogLoss);
        json.WriteStrings("classes", evaluation.Classes);
        json.WriteStartArray("confusion");
        foreach (IReadOnlyList<int> row in evaluation.Confusion)
        {
            json.WriteStartArray();
            foreach (int count in row)
                json.WriteNumberValue(count);
            json.WriteEndArray();
        }
        json.WriteEndArray();
    });
}
