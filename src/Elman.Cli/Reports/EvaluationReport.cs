using System.Text.Json;
using Elman.Cli.Output;

namespace Elman.Cli.Reports;

/// <summary>Tells how well a classifier did: for people in tables, for programs in JSON.</summary>
internal static class EvaluationReport
{
    /// <summary>Writes the figures of each class, and which classes were taken for which.</summary>
    public static void WriteTables(Terminal terminal, Evaluation evaluation)
    {
        ClassTable.Write(terminal, evaluation.PerClass);
        ConfusionTable.Write(terminal, evaluation);
    }

    /// <summary>Writes for programs.</summary>
    public static void WriteMembers(Utf8JsonWriter json, Evaluation evaluation)
    {
        json.WriteNumber("cases", evaluation.Cases);
        json.WriteNumberOrNull("accuracy", evaluation.Accuracy);
        json.WriteNumberOrNull("balancedAccuracy", evaluation.BalancedAccuracy);
        json.WriteNumberOrNull("macroF1", evaluation.MacroF1);
        json.WriteNumberOrNull("logLoss", evaluation.LogLoss);
        json.WriteNumberOrNull("calibrationError", evaluation.CalibrationError);
        json.WriteStrings("classes", evaluation.Classes);
        json.WriteNumbers("rocAuc", evaluation.PerClass.Select(score => score.RocAuc));
        json.WriteStartArray("confusion");
        foreach (IReadOnlyList<int> row in evaluation.Confusion)
        {
            json.WriteStartArray();
            foreach (int count in row)
                json.WriteNumberValue(count);
            json.WriteEndArray();
        }
        json.WriteEndArray();
    }
}
