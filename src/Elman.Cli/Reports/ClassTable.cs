using Spectre.Console;

namespace Elman.Cli.Reports;

/// <summary>Precision, recall and F1 of each class as a table.</summary>
internal static class ClassTable
{
    /// <summary>Writes it.</summary>
    public static void Write(Terminal terminal, IReadOnlyList<ClassScore> scores) =>
        terminal.Tables.Write(Tables.Fit(terminal, scores.Select(score => score.Label), width => Create(terminal, scores, width)) ?? Create(terminal, scores, 1));

    private static Table Create(Terminal terminal, IReadOnlyList<ClassScore> scores, int labelWidth)
    {
        Table table = Tables.Create().AddColumn(Tables.Texts(terminal, "class"));
        foreach (string heading in Tables.IsNarrow(terminal) ? new[] { "prec.", "rec.", "F1", "cases" } : ["precision", "recall", "F1", "cases"])
            table.AddColumn(Tables.Numbers(terminal, heading));
        foreach (ClassScore score in scores)
        {
            table.AddRow(
                Tables.Label(score.Label, labelWidth), new Text(Figures.Share(score.Precision)), new Text(Figures.Share(score.Recall)),
                new Text(Figures.Share(score.F1)), new Text(Figures.Count(score.Cases)));
        }
        return table;
    }
}
