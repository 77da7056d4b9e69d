using System.Text.Json;
using Elman.Cli.Output;
using Spectre.Console;

namespace Elman.Cli.Reports;

/// <summary>Reports the candidates and the result of the automatic choice.</summary>
internal static class LeaderboardReport
{
    /// <summary>The name of the row of the average of the chosen models.</summary>
    private const string AverageName = "their average";

    private static readonly Style _chosen = new(decoration: Decoration.Bold);

    /// <summary>Writes text.</summary>
    /// <param name="terminal">The terminal.</param>
    /// <param name="leaderboard">The candidates.</param>
    /// <param name="hasClasses">Whether the task predicts classes.</param>
    public static void Write(Terminal terminal, Leaderboard leaderboard, bool hasClasses)
    {
        Lines.Write(terminal, $"Tried {Figures.Count(leaderboard.Entries.Count, "model")}, evaluated on "
            + $"{Figures.Count(leaderboard.Cases, "held-out training case")}:");
        if (Tables.Fit(terminal, leaderboard.Entries.Select(entry => entry.Name).Append(AverageName),
            width => Create(terminal, leaderboard, hasClasses, width)) is { } table)
            terminal.Tables.Write(table);
        foreach (string model in leaderboard.NotTried)
            Lines.Write(terminal, $"Not tried: {model.Replace("the budget", "--budget", StringComparison.Ordinal)}");
        LeaderboardEntry[] chosen = [.. Chosen(leaderboard).OrderByDescending(entry => entry.Count)];
        string names = chosen.Length == 1
            ? chosen[0].Name
            : string.Join(" + ", chosen.Select(entry => $"{Figures.Percent(leaderboard.PartOf(entry))} {entry.Name}"));
        Lines.Write(terminal, $"Chosen: {names}; {leaderboard.Reason}");
    }

    /// <summary>Writes JSON, as a member of an object.</summary>
    public static void WriteJson(Utf8JsonWriter json, Leaderboard leaderboard)
    {
        json.WriteStartObject("leaderboard");
        json.WriteNumberOrNull("loss", leaderboard.Loss);
        json.WriteNumberOrNull("score", leaderboard.Score);
        json.WriteNumber("cases", leaderboard.Cases);
        json.WriteString("ensemble", leaderboard.Chosen.ToString());
        json.WriteString("reason", leaderboard.Reason);
        json.WriteStrings("notTried", leaderboard.NotTried);
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
        foreach (string heading in isNarrow ? [loss, score, "part"] : (string[])[loss, score, "fit", "answer", "size", "part"])
            table.AddColumn(Tables.Numbers(terminal, heading));
        foreach (LeaderboardEntry entry in leaderboard.Entries)
            Add(entry.Name, entry.Loss, entry.Score,
                [Figures.Duration(entry.FitTime), Figures.ShortTime(entry.PredictTime), Figures.Bytes(entry.Parameters * sizeof(float))],
                entry.Count > 0 ? Figures.Percent(leaderboard.PartOf(entry)) : null);
        LeaderboardEntry[] chosen = Chosen(leaderboard);
        if (chosen.Length > 1)
            Add(AverageName, leaderboard.Loss, leaderboard.Score,
                [Figures.Duration(Together(chosen, entry => entry.FitTime)), Figures.ShortTime(Together(
                    chosen, entry => entry.PredictTime)), Figures.Bytes(chosen.Sum(entry => entry.Parameters) * sizeof(float))], "");
        return table;

        void Add(string name, double loss, double score, string[] costs, string? part)
        {
            string[] cells = [Figures.Loss(loss), hasClasses ? Figures.Percent(score) : Figures.Share(score),
                .. isNarrow ? [] : costs, part ?? ""];
            Style style = part is not null ? _chosen : Style.Plain;
            table.AddRow(cells.Select(cell => Tables.Cell(cell, style)).Prepend(Tables.Label(name, labelWidth, style)));
        }
    }

    private static LeaderboardEntry[] Chosen(Leaderboard leaderboard) => [.. leaderboard.Entries.Where(entry => entry.Count > 0)];

    private static TimeSpan Together(LeaderboardEntry[] entries, Func<LeaderboardEntry, TimeSpan> time) =>
        entries.Aggregate(TimeSpan.Zero, (sum, entry) => sum + time(entry));
}
