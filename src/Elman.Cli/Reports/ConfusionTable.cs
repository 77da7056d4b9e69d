using System.Globalization;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Elman.Cli.Reports;

/// <summary>Writes the confusion matrix if it fits the terminal, else the most frequent confusions.</summary>
internal static class ConfusionTable
{
    private const int MaxPairs = 10;

    /// <summary>Writes the matrix or the confusions.</summary>
    public static void Write(Terminal terminal, Evaluation evaluation)
    {
        // Every column takes at least two characters: a quick check for very many classes.
        bool mayFit = 2 * evaluation.Classes.Count < terminal.Width;
        if (mayFit && Tables.Fit(terminal, evaluation.Classes, width => CreateMatrix(terminal, evaluation, width)) is { } matrix)
        {
            Lines.Write(terminal, "Confusion: a row for each true class, a column for each predicted one.");
            terminal.Tables.Write(matrix);
        }
        else
        {
            WritePairs(terminal, evaluation);
        }
    }

    private static Table CreateMatrix(Terminal terminal, Evaluation evaluation, int labelWidth)
    {
        // Rows are numbered, so columns need no labels.
        Table table = Tables.Create().AddColumn(Tables.Numbers(terminal, "")).AddColumn(Tables.Texts(terminal, "true"));
        for (int c = 0; c < evaluation.Classes.Count; c++)
            table.AddColumn(Tables.Numbers(terminal, Place(c)));
        for (int r = 0; r < evaluation.Classes.Count; r++)
        {
            var cells = new List<IRenderable> { Tables.Cell(Place(r)), Tables.Label(evaluation.Classes[r], labelWidth) };
            cells.AddRange(evaluation.Confusion.Row(r).Select((count, c) => Cell(count, isRight: c == r)));
            table.AddRow(cells);
        }
        return table;
    }

    private static Text Cell(int count, bool isRight) => count switch
    {
        0 => Tables.Cell(isRight ? "0" : "·", new Style(Color.Grey)),
        _ => Tables.Cell(Figures.Count(count), isRight ? new Style(Color.Green) : new Style(Color.Red)),
    };

    private static void WritePairs(Terminal terminal, Evaluation evaluation)
    {
        ConfusionCell[] pairs = [.. evaluation.Confusion.Where(cell => cell.True != cell.Predicted).OrderByDescending(cell => cell.Cases)];
        if (pairs.Length == 0)
        {
            Lines.Write(terminal, "No class was confused with another.");
            return;
        }

        Lines.Write(terminal, pairs.Length <= MaxPairs
            ? "Confusions:"
            : $"Most frequent confusions, {MaxPairs} of {Figures.Count(pairs.Length)} pairs "
                + "('elman evaluate --json' has the whole matrix):");
        ConfusionCell[] shown = pairs[..Math.Min(MaxPairs, pairs.Length)];
        IEnumerable<string> labels = shown.SelectMany(
            cell => (string[])[evaluation.Classes[cell.True], evaluation.Classes[cell.Predicted]]);
        terminal.Tables.Write(Tables.Fit(terminal, labels, width => Create(width))
            ?? Create(Math.Max(1, (terminal.Width / 2) - 8)));

        Table Create(int labelWidth)
        {
            Table table = Tables.Create().AddColumn(Tables.Texts(terminal, "true")).AddColumn(Tables.Texts(terminal, "predicted"))
                .AddColumn(Tables.Numbers(terminal, "cases"));
            foreach ((int right, int wrong, int count) in shown)
                table.AddRow(Tables.Label(evaluation.Classes[right], labelWidth), Tables.Label(evaluation.Classes[wrong], labelWidth),
                    Tables.Cell(Figures.Count(count)));
            return table;
        }
    }

    private static string Place(int index) => (index + 1).ToString(CultureInfo.InvariantCulture);
}
