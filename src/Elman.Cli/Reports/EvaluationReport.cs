using System.Text.Json;
using Elman.Cli.Output;

namespace Elman.Cli.Reports;

/// <summary>Reports the results of a classifier as tables or JSON.</summary>
internal static class EvaluationReport
{
    /// <summary>Writes the metrics of each class, and the confusions.</summary>
    public static void WriteTables(Terminal terminal, Evaluation evaluation)
    {
        ClassTable.Write(terminal, evaluation.PerClass, evaluation.HasRocAuc, evaluation.Cases);
        ConfusionTable.Write(terminal, evaluation);
    }

    /// <summary>Writes JSON.</summary>
    public static void WriteMembers(Utf8JsonWriter json, Evaluation evaluation)
    {
        json.WriteNumber("cases", evaluation.Cases);
        json.WriteNumberOrNull("accuracy", evaluation.Accuracy);
        json.WriteNumberOrNull("balancedAccuracy", evaluation.BalancedAccuracy);
        json.WriteNumberOrNull("macroF1", evaluation.MacroF1);
        json.WriteNumberOrNull("logLoss", evaluation.LogLoss);
        json.WriteNumberOrNull("calibrationError", evaluation.CalibrationError);
        json.WriteStrings("classes", evaluation.Classes);
        WriteRocAuc(json, evaluation.PerClass, evaluation.HasRocAuc);
        WriteConfusion(json, evaluation.Confusion);
    }

    /// <summary>Writes the area of each class, or <c>null</c> if areas are omitted.</summary>
    public static void WriteRocAuc(Utf8JsonWriter json, IReadOnlyList<ClassScore> scores, bool hasRocAuc)
    {
        if (hasRocAuc)
            json.WriteNumbers("rocAuc", scores.Select(score => score.RocAuc));
        else
            json.WriteNull("rocAuc");
    }

    /// <summary>Writes the rows of the matrix; with very many classes, its non-zero cells under another name.</summary>
    private static void WriteConfusion(Utf8JsonWriter json, ConfusionMatrix confusion)
    {
        if (confusion.Classes <= ManyClasses.Most)
            WriteArrays(json, "confusion", Enumerable.Range(0, confusion.Classes).Select(confusion.Row));
        else
            WriteArrays(json, "confusionCells", confusion.Select(cell => (int[])[cell.True, cell.Predicted, cell.Cases]));
    }

    private static void WriteArrays(Utf8JsonWriter json, string name, IEnumerable<int[]> arrays)
    {
        json.WriteStartArray(name);
        foreach (int[] numbers in arrays)
        {
            json.WriteStartArray();
            foreach (int number in numbers)
                json.WriteNumberValue(number);
            json.WriteEndArray();
        }
        json.WriteEndArray();
    }
}
