using Spectre.Console;

namespace Elman.Cli.Reports;

/// <summary>Precision, recall, F1 and area under the ROC curve of each class as a table; on a narrow screen without the last.</summary>
internal static class ClassTable
{
    /// <summary>Writes it.</summary>
    public static void Write(Terminal terminal, IReadOnlyList<ClassScore> scores) =>
        terminal.Tables.Write(Tables.Fit(terminal, scores.Select(score => score.Label), width => Create(terminal, scores, width))
            ?? Create(terminal, scores, 1));

    private static Table Create(Terminal terminal, IReadOnlyList<ClassScore> scores, int labelWidth)
    {
        (string Heading, Func<ClassScore, string> Figure)[] columns = Tables.IsNarrow(terminal)
            ? [("prec.", Precision), ("rec.", Recall), ("F1", F1), ("cases", Cases)]
            : [("precision", Precision), ("recall", Recall), ("F1", F1), ("AUC", score => Figures.Share(score.RocAuc)), ("cases", Cases)];
        Table table = Tables.Create().AddColumn(Tables.Texts(terminal, "class"));
        foreach ((string heading, _) in columns)
            table.AddColumn(Tables.Numbers(terminal, heading));
        foreach (ClassScore score in scores)
            table.AddRow([Tables.Label(score.Label, labelWidth), .. columns.Select(column => new Text(column.Figure(score)))]);
        return table;
    }

    private static string Precision(ClassScore score) => Figures.Share(score.Precision);

    private static string Recall(ClassScore score) => Figures.Share(score.Recall);

    private static string F1(ClassScore score) => Figures.Share(score.F1);

    private static string Cases(ClassScore score) => Figures.Count(score.Cases);
}
