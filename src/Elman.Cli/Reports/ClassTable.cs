using Spectre.Console;

namespace Elman.Cli.Reports;

/// <summary>Precision, recall and F1 of each class as a table.</summary>
internal static class ClassTable
{
    /// <summary>Writes it.</summary>
    public static void Write(Terminal terminal, Evaluation evaluation) =>
        terminal.Tables.Write(Tables.Fit(terminal, evaluation.Classes, width => Create(evaluation, width)) ?? Create(evaluation, 1));

    private static Table Create(Evaluation evaluation, int labelWidth)
    {
        Table table = Tables.Create().AddColumn(Tables.Texts("class"));
        foreach (string heading in new[] { "precision", "recall", "F1", "cases" })
            table.AddColumn(Tables.Numbers(heading));
        foreach (ClassScore score in evaluation.PerClass)
        {
            table.AddRow(
                Tables.Label(score.Label, labelWidth), new Text(Figures.Share(score.Precision)), new Text(Figures.Share(score.Recall)),
                new Text(Figures.Share(score.F1)), new Text(Figures.Count(score.Cases)));
        }
        return table;
    }
}
