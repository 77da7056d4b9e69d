using Spectre.Console;
using Spectre.Console.Rendering;

namespace Elman.Cli.Reports;

/// <summary>
/// The style of all tables: a line under the headings, else only space; labels give way where the screen is narrow.
/// </summary>
internal static class Tables
{
    /// <summary>Shorter labels can't be told apart.</summary>
    private const int MinLabelWidth = 6;

    /// <summary>An empty table.</summary>
    public static Table Create() => new Table().Border(TableBorder.Simple).BorderColor(Color.Grey);

    /// <summary>Whether the screen is too narrow for air.</summary>
    public static bool IsNarrow(Terminal terminal) => terminal.Width < 60;

    /// <summary>A column of texts.</summary>
    public static TableColumn Texts(Terminal terminal, string heading) =>
        new TableColumn(new Text(heading)).NoWrap().Padding(0, 0, IsNarrow(terminal) ? 0 : 1, 0);

    /// <summary>A column of numbers.</summary>
    public static TableColumn Numbers(Terminal terminal, string heading) => Texts(terminal, heading).RightAligned();

    /// <summary>The table with the longest labels that fit the screen.</summary>
    /// <param name="terminal">The screen.</param>
    /// <param name="labels">The labels.</param>
    /// <param name="create">Makes the table with labels of at most so many characters.</param>
    /// <returns>The table, or <see langword="null"/> where it is too wide even with short labels.</returns>
    public static Table? Fit(Terminal terminal, IEnumerable<string> labels, Func<int, Table> create)
    {
        int longest = labels.Max(label => label.Length);
        Table? best = null;
        // Bisection: a table does not get narrower with longer labels.
        for (int low = Math.Min(longest, MinLabelWidth), high = longest; low <= high;)
        {
            int middle = best is null && high == longest ? high : (low + high) / 2;
            Table table = create(middle);
            bool fits = WidthOf(table, terminal) <= terminal.Width;
            (best, low, high) = fits ? (table, middle + 1, high) : (best, low, middle - 1);
        }
        return best;
    }

    /// <summary>A text that fits: where it is too long, its end gives way to an ellipsis.</summary>
    public static Text Label(string text, int width, Style? style = null) =>
        new(text.Length <= width ? text : text[..Math.Max(0, width - 1)] + "…", style);

    private static int WidthOf(Table table, Terminal terminal) =>
        ((IRenderable)table).Measure(RenderOptions.Create(terminal.Tables, terminal.Tables.Profile.Capabilities), 1 << 20).Max;
}
