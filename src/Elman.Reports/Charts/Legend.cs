using Elman.Reports.Html;

namespace Elman.Reports.Charts;

/// <summary>A legend in a row above a chart, broken into several rows if it is long.</summary>
internal static class Legend
{
    private const double RowHeight = 18;

    /// <summary>Draws the legend.</summary>
    /// <param name="body">The picture.</param>
    /// <param name="entries">The names with the styles of their lines.</param>
    /// <param name="left">The left end.</param>
    /// <param name="top">The top.</param>
    /// <param name="right">The right end.</param>
    /// <returns>The height.</returns>
    public static double Draw(Markup body, IEnumerable<(string Name, string Style)> entries, double left, double top, double right)
    {
        double x = left, y = top;
        foreach ((string name, string style) in entries)
        {
            string text = Numbers.Cut(name, 28);
            double width = 34 + (text.EnumerateRunes().Count() * 6.9);
            if (x > left && x + width > right)
                (x, y) = (left, y + RowHeight);
            body.Empty("path", ("class", $"line {style}"), ("d", FormattableString.Invariant($"M{x:0.#} {y + 9:0.#}h22")));
            body.Element("text", text, ("class", "label"), ("x", x + 27), ("y", y + 13));
            x += width + 8;
        }
        return y - top + RowHeight;
    }

    /// <summary>The style of a line by its index: its colour and its dashes differ from those of the others.</summary>
    public static string StyleOf(int index) => FormattableString.Invariant($"s{index % 6}");
}
