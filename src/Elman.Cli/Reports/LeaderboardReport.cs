using System.Text.Json;
using Elman.Cli.Output;
using Spectre.Console;

namespace Elman.Cli.Reports;

/// <summary>Tells what the automatic choice tried and what it chose.</summary>
internal static class LeaderboardReport
{
    /// <summary>Writes for people.</summary>
    /// <param name="terminal">The screen.</param>
    /// <param name="leaderboard">What was tried.</param>
    /// <param name="hasClasses">Whether answers are right or wrong.</param>
    public static void Write(Terminal terminal, Leaderboard leaderboard, bool hasClasses)
    {
        Lines.Write(terminal, $"Tried {Figures.Count(leaderboard.Entries.Count, "model")}, judged by {Figures.Count(leaderboard.Cases, "training case")} left out:");
        if (Tables.Fit(terminal, leaderboard.Entries.Select(entry => entry.Name), width => Create(terminal, leaderboard, hasClasses, width)) is { } table)
            terminal.Tables.Write(table);
        LeaderboardEntry[] chosen = [.. leaderboard.Entries.Where(entry => entry.Count > 0)];
        string names = chosen.Length == 1 ? chosen[0].Name : string.Join(" + ", chosen.Select(entry => $"{Figures.Percent(leaderboard.PartOf(entry))} {entry.Name}"));
        Lines.Write(terminal, $"Chosen: {names}; {leaderboard.Reason}");
    }

    /// <summary>Writes for programs, as a member of an object.</summary>
    public static void WriteJson(Utf8JsonWriter json, Leaderboard leaderboard)
    {
        json.WriteStartObject("leaderboard");
        json.WriteNumberOrNull("loss", leaderboard.Loss);
        json.WriteNumberOrNull("score", leaderboard.Score);
        json.WriteNumber("cases", leaderboard.Cases);
        json.WriteString("ensemble", leaderboard.Chosen.ToString());
        json.WriteString("reason", leaderboard.Reason);
        json.WriteStartArray("models");
        foreach (LeaderboardEntry entry in leaderboard.Entries)
        {
            json.WriteStartObject();
            json.WriteString("name", entry.Name);
            json.WriteNumberOrNull("loss", entry.Loss);
            json.WriteNumberOrNull("score", entry.Score);
            json.WriteNumber("count", entry.Count);
            json.WriteNumber("models", entry.Models);
            json.WriteNumber("parameters", entry.Parameters);
            json.WriteNumber("fitSeconds", entry.FitTime.TotalSeconds);
            json.WriteNumber("predictSeconds", entry.PredictTime.TotalSeconds);
            json.WriteBoolean("canStream", entry.CanStream);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static Table Create(Terminal terminal, Leaderboard leaderboard, bool hasClasses, int labelWidth)
    {
        bool isNarrow = Tables.IsNarrow(terminal);
        Table table = Tables.Create().AddColumn(Tables.Texts(terminal, "model"));
        string loss = hasClasses ? "log loss" : "error", score = hasClasses ? "accuracy" : "R²";
        foreach (string heading in isNarrow ? [loss, "in"] : (string[])[loss, score, "fit", "a case", "size", "in"])
            table.AddColumn(Tables.Numbers(terminal, heading));
        foreach (LeaderboardEntry entry in leaderboard.Entries)
        {
            string count = entry.Count > 0 ? Figures.Percent(leaderboard.PartOf(entry)) : "";
            string[] numbers = isNarrow
                ? [Figures.Loss(entry.Loss), count]
                : [Figures.Loss(entry.Loss), hasClasses ? Figures.Percent(entry.Score) : Figures.Share(entry.Score), Figures.Duration(entry.FitTime), Figures.ShortTime(entry.PredictTime), Figures.Bytes(entry.Parameters * sizeof(float)), count];
            table.AddRow(numbers.Select(number => new Text(number)).Prepend(Tables.Label(entry.Name, labelWidth)));
        }
        return table;
    }
}
