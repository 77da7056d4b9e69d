using Spectre.Console;

namespace Elman.Cli.Reports;

/// <summary>Precision, recall and F1 of each class as a table.</summary>
internal static class ClassTable
{
    /// <summary>Writes it.</summary>
    public static void Write(Terminal terminal, Evaluation evaluation) =>
        terminal.Tables.Write(Tables.Fit(terminal, evaluation.Classes, width => Create(terminal, evaluation, width)) ?? Create(terminal, evaluation, 1));

    private static Table Create(Terminal terminal, Evaluation evaluation, int labelWidth)
    {
        Table table = Tables.Create().AddColumn(Tables.Texts(terminal, "class"));
        foreach (string heading in Tables.IsNarrow(terminal) ? new[] { "prec.", "rec.", "F1", "cases" } : ["precision", "recall", "F1", "cases"])
            table.AddColumn(Tables.Numbers(terminal, heading));
        foreach (ClassScore score in evaluation.PerClass)
        {
            table.AddRow(
                Tables.Label(score.Label, labelWidth), new Text(Figures.Share(score.Precision)), new Text(Figures.Share(score.Recall)),
                new Text(Figures.Share(score.F1)), new Text(Figures.Count(score.Cases)));
        }
        return table;
    }
}
