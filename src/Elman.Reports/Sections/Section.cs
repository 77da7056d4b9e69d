using Elman.Reports.Charts;
using Elman.Reports.Html;

namespace Elman.Reports.Sections;

/// <summary>A section of the page, with what most sections need: pictures, tables, notes.</summary>
internal sealed class Section(Markup page, string id, string title)
{
    private int _pictures;

    /// <summary>The page.</summary>
    public Markup Page => page;

    /// <summary>Starts the section with its heading.</summary>
    public Section Begin()
    {
        page.Open("section", ("id", id), ("aria-labelledby", $"{id}-h")).Element("h2", title, ("id", $"{id}-h")).Line();
        return this;
    }

    /// <summary>Ends the section.</summary>
    public void End() => page.Close().Line();

    /// <summary>Writes a picture in a frame that scrolls where the screen is narrow.</summary>
    public void Picture(Picture picture)
    {
        page.Open("figure");
        picture.Write(page, NextId());
        page.Close().Line();
    }

    /// <summary>Returns a name for a picture that no other has.</summary>
    public string NextId() => $"{id}-p{++_pictures}";

    /// <summary>Writes a paragraph that explains something.</summary>
    public void Note(string text) => page.Element("p", text, ("class", "note")).Line();

    /// <summary>Writes a paragraph.</summary>
    public void Paragraph(string text) => page.Element("p", text).Line();

    /// <summary>Writes a table.</summary>
    /// <param name="caption">What it shows.</param>
    /// <param name="headings">The headings; those after the first are of numbers, unless they end with a space.</param>
    /// <param name="rows">The rows; the first cell is the heading of the row.</param>
    /// <param name="isMain">Whether a row is emphasised.</param>
    public void Table(
        string caption, IReadOnlyList<string> headings, IEnumerable<IReadOnlyList<Cell>> rows, Func<int, bool>? isMain = null)
    {
        caption = char.ToUpperInvariant(caption[0]) + caption[1..]; // it may begin with the name of a figure
        page.Open("div", ("class", "wide"), ("tabindex", 0), ("role", "region"), ("aria-label", caption));
        page.Open("table").Element("caption", caption).Open("thead").Open("tr");
        for (int c = 0; c < headings.Count; c++)
            page.Element("th", headings[c].TrimEnd(), ("scope", "col"), ("class", IsNumber(headings, c) ? "n" : null));
        page.Close().Close().Open("tbody");
        int row = 0;
        foreach (IReadOnlyList<Cell> cells in rows)
        {
            page.Open("tr", ("class", isMain?.Invoke(row++) == true ? "main" : null));
            for (int c = 0; c < cells.Count; c++)
            {
                page.Open(c == 0 ? "th" : "td", ("scope", c == 0 ? "row" : null), ("class", IsNumber(headings, c) ? "n" : null));
                page.Text(cells[c].Text);
                if (cells[c].Below is { Length: > 0 } below)
                    page.Element("span", below, ("class", "limits"));
                page.Close();
            }
            page.Close().Line();
        }
        page.Close().Close().Close().Line();
    }

    /// <summary>Writes names with values.</summary>
    public void Facts(IEnumerable<ReportFact> facts)
    {
        page.Open("dl");
        foreach (ReportFact fact in facts)
            page.Element("dt", fact.Name).Element("dd", fact.Value).Line();
        page.Close().Line();
    }

    private static bool IsNumber(IReadOnlyList<string> headings, int c) => c > 0 && !headings[c].EndsWith(' ');
}

/// <summary>A cell of a table.</summary>
/// <param name="Text">The text.</param>
/// <param name="Below">A second line, in small.</param>
internal readonly record struct Cell(string Text, string? Below = null)
{
    /// <summary>A cell without a second line.</summary>
    public static implicit operator Cell(string text) => new(text);

    /// <summary>A figure with its limits below.</summary>
    public static Cell Of(FigureInterval? figure) => figure is null
        ? new Cell(Numbers.Missing)
        : new Cell(
            Numbers.Of(figure.Interval.Estimate, figure.IsShare),
            figure.Interval.HasLimits ? Numbers.Limits(figure.Interval, figure.IsShare) : null);
}
