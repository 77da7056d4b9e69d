using System.Text.Json;
using Elman.Cli.Output;

namespace Elman.Cli.Reports;

/// <summary>Tells how well a classifier did: for people in tables, for programs in JSON.</summary>
internal static class EvaluationReport
{
    /// <summary>Writes the figures of each class, and which classes were taken for which.</summary>
    public static void WriteTables(Terminal terminal, Evaluation evaluation)
    {
        ClassTable.Write(terminal, evaluation.PerClass, evaluation.HasRocAuc, evaluation.Cases);
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
        WriteRocAuc(json, evaluation.PerClass, evaluation.HasRocAuc);
        WriteConfusion(json, evaluation.Confusion);
    }

    /// <summary>Writes the area of each class, or <c>null</c> where areas are left out.</summary>
    public static void WriteRocAuc(Utf8JsonWriter json, IReadOnlyList<ClassScore> scores, bool hasRocAuc)
    {
        if (hasRocAuc)
            json.WriteNumbers("rocAuc", scores.Select(score => score.RocAuc));
        else
            json.WriteNull("rocAuc");
    }

    /// <summary>Writes the rows of the matrix; where there are very many classes the cells that are not 0, under another name.</summary>
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
