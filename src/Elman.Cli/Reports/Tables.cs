using Spectre.Console;
using Spectre.Console.Rendering;

namespace Elman.Cli.Reports;

/// <summary>
/// The style of all tables: a line below the headings, otherwise only space; labels are shortened on narrow terminals.
/// </summary>
internal static class Tables
{
    /// <summary>The minimum length at which labels are still distinguishable.</summary>
    private const int MinLabelWidth = 6;

    /// <summary>Creates an empty table.</summary>
    public static Table Create() => new Table().Border(TableBorder.Simple).BorderColor(Color.Grey);

    /// <summary>Whether the terminal is too narrow for padding.</summary>
    public static bool IsNarrow(Terminal terminal) => terminal.Width < 60;

    /// <summary>Creates a column of texts.</summary>
    public static TableColumn Texts(Terminal terminal, string heading) =>
        new TableColumn(Cell(heading)).NoWrap().Padding(0, 0, IsNarrow(terminal) ? 0 : 1, 0);

    /// <summary>Creates a column of numbers.</summary>
    public static TableColumn Numbers(Terminal terminal, string heading) => Texts(terminal, heading).RightAligned();

    /// <summary>Returns the table with the longest labels that fit the terminal.</summary>
    /// <param name="terminal">The terminal.</param>
    /// <param name="labels">The labels.</param>
    /// <param name="create">Creates the table with labels up to a maximum length.</param>
    /// <returns>The table, or <see langword="null"/> if it is too wide even with short labels.</returns>
    public static Table? Fit(Terminal terminal, IEnumerable<string> labels, Func<int, Table> create)
    {
        int longest = labels.Max(label => MessageText.Visible(label).Length);
        Table? best = null;
        // Bisection: the width of a table does not decrease with longer labels.
        for (int low = Math.Min(longest, MinLabelWidth), high = longest; low <= high;)
        {
            int middle = best is null && high == longest ? high : (low + high) / 2;
            Table table = create(middle);
            bool fits = WidthOf(table, terminal) <= terminal.Width;
            (best, low, high) = fits ? (table, middle + 1, high) : (best, low, middle - 1);
        }
        return best;
    }

    /// <summary>Returns a text that fits: if it is too long, it ends in an ellipsis.</summary>
    public static Text Label(string text, int width, Style? style = null)
    {
        string visible = MessageText.Visible(text);
        return new(visible.Length <= width ? visible : visible[..Math.Max(0, width - 1)] + "…", style);
    }

    /// <summary>Returns a text in full, with no effect on the terminal.</summary>
    public static Text Cell(string text, Style? style = null) => new(MessageText.Visible(text), style);

    private static int WidthOf(Table table, Terminal terminal) =>
        ((IRenderable)table).Measure(RenderOptions.Create(terminal.Tables, terminal.Tables.Profile.Capabilities), 1 << 20).Max;
}
