using Spectre.Console;

namespace Elman.Cli.Reports;

/// <summary>
/// Table of precision, recall, F1 and area under the ROC curve for each class; a narrow terminal omits the last. With very many classes,
/// only those with the lowest F1 are shown.
/// </summary>
internal static class ClassTable
{
    /// <summary>Writes the table.</summary>
    /// <param name="terminal">The terminal.</param>
    /// <param name="scores">The metrics.</param>
    /// <param name="hasRocAuc">Whether the areas were computed; if not, the reason is printed.</param>
    /// <param name="cases">The number of cases.</param>
    public static void Write(Terminal terminal, IReadOnlyList<ClassScore> scores, bool hasRocAuc, int cases)
    {
        IReadOnlyList<ClassScore> shown = scores;
        if (scores.Count > ManyClasses.Most)
        {
            ClassScore[] told = [.. scores.Where(score => score.Cases > 0 || score.Predicted > 0)];
            shown = [.. told.OrderBy(score => score.F1).ThenByDescending(score => score.Cases).Take(ManyClasses.Rows)];
            string rest = told.Length < scores.Count ? $"; the other {Figures.Count(scores.Count - told.Length)} do not occur" : "";
            Lines.Write(terminal, $"The {shown.Count} classes with the lowest F1 of the {Figures.Count(told.Length)} that occur or were "
                + $"predicted{rest}. 'elman evaluate --json' has all classes.");
        }
        terminal.Tables.Write(Tables.Fit(terminal, shown.Select(score => score.Label), width => Create(terminal, shown, width))
            ?? Create(terminal, shown, 1));
        if (!hasRocAuc)
            Lines.Write(terminal, $"AUC is omitted: {Figures.Count(cases, "case")} of {Figures.Count(scores.Count, "class")} have "
                + "too many probabilities to compare.");
    }

    private static Table Create(Terminal terminal, IReadOnlyList<ClassScore> scores, int labelWidth)
    {
        (string Heading, Func<ClassScore, string> Figure)[] columns = Tables.IsNarrow(terminal)
            ? [("prec.", Precision), ("rec.", Recall), ("F1", F1), ("cases", Cases)]
            : [("precision", Precision), ("recall", Recall), ("F1", F1), ("AUC", score => Figures.Share(score.RocAuc)), ("cases", Cases)];
        Table table = Tables.Create().AddColumn(Tables.Texts(terminal, "class"));
        foreach ((string heading, _) in columns)
            table.AddColumn(Tables.Numbers(terminal, heading));
        foreach (ClassScore score in scores)
            table.AddRow([Tables.Label(score.Label, labelWidth), .. columns.Select(column => Tables.Cell(column.Figure(score)))]);
        return table;
    }

    private static string Precision(ClassScore score) => Figures.Share(score.Precision);

    private static string Recall(ClassScore score) => Figures.Share(score.Recall);

    private static string F1(ClassScore score) => Figures.Share(score.F1);

    private static string Cases(ClassScore score) => Figures.Count(score.Cases);
}
