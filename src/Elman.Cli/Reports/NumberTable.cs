using System.Text.Json;
using Elman.Cli.Output;
using Spectre.Console;

namespace Elman.Cli.Reports;

/// <summary>Table of the errors of predicted numbers.</summary>
internal static class NumberTable
{
    /// <summary>Writes the table.</summary>
    public static void Write(Terminal terminal, string heading, IEnumerable<NumberScore> scores)
    {
        NumberScore[] all = [.. scores];
        bool isScaled = all.Any(score => score.IsScaled);
        Table table = Tables.Create().AddColumn(Tables.Texts(terminal, heading));
        foreach (string column in new[] { isScaled ? "NRMSE" : "RMSE", isScaled ? "NMAE" : "MAE", "R²", "cases" })
            table.AddColumn(Tables.Numbers(terminal, column));
        foreach (NumberScore score in all)
            table.AddRow(Tables.Cell(score.Name), Tables.Cell(Figures.Number(score.Rmse)), Tables.Cell(Figures.Number(score.Mae)),
                Tables.Cell(Figures.Share(score.R2)), Tables.Cell(Figures.Count(score.Cases)));
        terminal.Tables.Write(table);
    }

    /// <summary>Writes JSON.</summary>
    public static void WriteJson(Utf8JsonWriter json, string name, IEnumerable<NumberScore> scores)
    {
        json.WriteStartArray(name);
        foreach (NumberScore score in scores)
        {
            json.WriteStartObject();
            json.WriteString("name", score.Name);
            json.WriteNumber("cases", score.Cases);
            json.WriteNumberOrNull(score.IsScaled ? "nrmse" : "rmse", score.Rmse);
            json.WriteNumberOrNull(score.IsScaled ? "nmae" : "mae", score.Mae);
            json.WriteNumberOrNull("r2", score.R2);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }
}
