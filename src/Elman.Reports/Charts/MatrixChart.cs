using Elman.Reports.Html;

namespace Elman.Reports.Charts;

/// <summary>A confusion matrix: a row for each true class, a column for each predicted one, darker for a larger share of the row.</summary>
internal static class MatrixChart
{
    /// <summary>With more classes the cells have no numbers, and classes are numbered.</summary>
    private const int MostNames = 12, MostNumbers = 20;

    /// <summary>With more classes, the matrix shows those with the most errors.</summary>
    public const int MostClasses = 60;

    private const double Right = 474;

    /// <summary>Draws the matrix.</summary>
    /// <param name="confusion">The confusion matrix.</param>
    /// <param name="classes">The names of the classes.</param>
    public static Picture Draw(ConfusionMatrix confusion, IReadOnlyList<string> classes)
    {
        int[] shown = Shown(confusion);
        int count = shown.Length;
        bool hasNames = count <= MostNames;
        string[] names = [.. shown.Select(c => hasNames ? Numbers.Cut(classes[c], 14) : FormattableString.Invariant($"{c + 1}"))];
        double longest = names.Max(name => name.EnumerateRunes().Count()) * 6.9;
        double left = Math.Max(30, longest + 10) + 16, cell = Math.Min((Right - left) / count, 64);
        bool isTurned = hasNames && longest > cell;
        cell = isTurned ? Math.Min((Right - left - (longest * 0.72)) / count, 64) : cell;
        double top = (hasNames ? Math.Max(longest * 0.75, 12) : 16) + 26;
        var body = new Markup();
        body.Element("text", "predicted →", ("class", "name"), ("x", left), ("y", 13));
        body.Element("text", "true ↓", ("class", "name"), ("x", 2), ("y", top - 6));
        for (int i = 0; i < count; i++)
            Names(body, names[i], i, count, left, top, cell, isTurned);
        for (int row = 0; row < count; row++)
            Row(body, confusion, shown, row, left, top, cell);
        string some = count < confusion.Classes ? $"the {count} classes with the most errors of {confusion.Classes}" : $"{count} classes";
        return new Picture("Confusion matrix",
            $"Rows are true classes, columns predicted ones: {some}. The table of the most frequent confusions has the numbers as text.",
            left + (cell * count) + 6 + (isTurned ? longest * 0.72 : 0), top + (cell * count) + 8, body);
    }

    /// <summary>Returns the classes that are shown.</summary>
    public static int[] Shown(ConfusionMatrix confusion)
    {
        if (confusion.Classes <= MostClasses)
            return [.. Enumerable.Range(0, confusion.Classes)];
        long[] errors = new long[confusion.Classes];
        foreach (ConfusionCell cell in confusion)
        {
            errors[cell.True] += cell.True == cell.Predicted ? 0 : cell.Cases;
            errors[cell.Predicted] += cell.True == cell.Predicted ? 0 : cell.Cases;
        }
        return [.. Enumerable.Range(0, errors.Length).OrderByDescending(c => errors[c]).Take(MostClasses).Order()];
    }

    private static void Names(Markup body, string name, int i, int count, double left, double top, double cell, bool isTurned)
    {
        int every = count <= MostNumbers ? 1 : count <= 40 ? 2 : 5;
        if (i % every != 0)
            return;
        double place = (i + 0.5) * cell;
        body.Element("text", name, ("class", "tick"), ("x", left - 5), ("y", top + place + 4), ("text-anchor", "end"));
        body.Element("text", name, ("class", "tick"), ("x", left + place), ("y", top - 5), ("text-anchor", isTurned ? "start" : "middle"),
            ("transform", isTurned ? FormattableString.Invariant($"rotate(-45 {left + place:0.#} {top - 5:0.#})") : null));
    }

    private static void Row(Markup body, ConfusionMatrix confusion, int[] shown, int row, double left, double top, double cell)
    {
        int[] counts = confusion.Row(shown[row]);
        double sum = Math.Max(1, counts.Sum());
        double y = top + (row * cell);
        for (int column = 0; column < shown.Length; column++)
        {
            int cases = counts[shown[column]];
            double x = left + (column * cell), share = cases / sum;
            bool isRight = row == column;
            if (cases > 0 || shown.Length <= MostNumbers)
                body.Empty("rect", ("class", isRight ? "cell right" : "cell wrong"), ("x", x), ("y", y), ("width", cell), ("height", cell),
                    ("fill-opacity", Math.Round(cases == 0 ? 0 : 0.12 + (0.88 * share), 2)));
            if (shown.Length <= MostNumbers && (cases > 0 || isRight))
                body.Element("text", Numbers.Count(cases), ("class", share > 0.5 ? "count dark" : "count"), ("x", x + (cell / 2)),
                    ("y", y + (cell / 2) + 4), ("text-anchor", "middle"), ("style", cell < 30 ? "font-size:9px" : null));
        }
        if (shown.Length > MostNumbers)
            body.Empty("rect", ("class", "diagonal"), ("x", left + (row * cell)), ("y", y), ("width", cell), ("height", cell));
    }
}
