using Elman.Reports.Html;

namespace Elman.Reports.Charts;

/// <summary>A row for each item: its name, its value as text, and below a dot on its interval.</summary>
internal static class DotChart
{
    private const double Left = 8, Right = 472, RowHeight = 40;

    /// <summary>Draws the chart.</summary>
    /// <param name="title">What it shows.</param>
    /// <param name="description">The description.</param>
    /// <param name="rows">The rows; an emphasised one has a square and a bold name.</param>
    /// <param name="format">The text of a value on the axis.</param>
    /// <param name="zero">A value that is always on the axis, with a line; <see langword="null"/> for none.</param>
    public static Picture Draw(
        string title, string description, IReadOnlyList<(string Name, string Value, double Dot, double Low, double High, bool IsMain)> rows,
        Func<double, string> format, double? zero = null)
    {
        var body = new Markup();
        Axis axis = Axis.Over(
            rows.SelectMany(row => (double[])[row.Dot, row.Low, row.High]).Concat(zero is { } at ? [at] : []), Left + 8, Right - 8, 0.03);
        double bottom = (rows.Count * RowHeight) + 4;
        foreach (double tick in axis.Ticks(5))
        {
            for (int i = 0; i < rows.Count; i++)
                Tick(body, axis.At(tick), "grid", i);
            body.Element("text", format(tick), ("class", "tick"), ("x", Math.Clamp(axis.At(tick), 22, 458)), ("y", bottom + 15),
                ("text-anchor", "middle"));
        }
        for (int i = 0; i < rows.Count; i++)
        {
            if (zero is { } line)
                Tick(body, axis.At(line), "axis", i);
            Row(body, rows[i], axis, i * RowHeight);
        }
        return new Picture(title, description, Frame.Width, bottom + 22, body);
    }

    /// <summary>A piece of a grid line, which leaves the name of the row free.</summary>
    private static void Tick(Markup body, double x, string style, int row) => body.Empty(
        "line", ("class", style), ("x1", x), ("x2", x), ("y1", (row * RowHeight) + 19), ("y2", (row * RowHeight) + 36));

    private static void Row(
        Markup body, (string Name, string Value, double Dot, double Low, double High, bool IsMain) row, Axis axis, double top)
    {
        int room = 66 - row.Value.Length;
        body.Element("text", Numbers.Cut(row.Name, room), ("class", row.IsMain ? "label main" : "label"), ("x", Left), ("y", top + 14));
        body.Element(
            "text", row.Value, ("class", row.IsMain ? "label main" : "label"), ("x", Right), ("y", top + 14), ("text-anchor", "end"));
        if (!double.IsFinite(row.Dot))
            return;
        double y = top + 27, x = axis.At(row.Dot);
        string style = row.IsMain ? "whisker main" : "whisker";
        if (double.IsFinite(row.Low) && double.IsFinite(row.High))
        {
            body.Empty("line", ("class", style), ("x1", axis.At(row.Low)), ("x2", axis.At(row.High)), ("y1", y), ("y2", y));
            foreach (double end in (double[])[row.Low, row.High])
                body.Empty("line", ("class", style), ("x1", axis.At(end)), ("x2", axis.At(end)), ("y1", y - 5), ("y2", y + 5));
        }
        if (row.IsMain)
            body.Empty("rect", ("class", "dot main"), ("x", x - 5), ("y", y - 5), ("width", 10), ("height", 10));
        else
            body.Empty("circle", ("class", "dot"), ("cx", x), ("cy", y), ("r", 4.5));
    }
}
