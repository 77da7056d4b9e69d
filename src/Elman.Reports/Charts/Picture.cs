using Elman.Reports.Html;

namespace Elman.Reports.Charts;

/// <summary>An SVG picture with a title and a description, which screen readers read.</summary>
/// <param name="Title">What it is, in a few words.</param>
/// <param name="Description">What it shows; where the numbers are as text.</param>
/// <param name="Width">The width in units; a unit is a pixel at most.</param>
/// <param name="Height">The height.</param>
/// <param name="Body">Its elements.</param>
internal sealed record Picture(string Title, string Description, double Width, double Height, Markup Body)
{
    /// <summary>Writes the picture into a page.</summary>
    /// <param name="page">The page.</param>
    /// <param name="id">A name that no other picture of the page has.</param>
    public void Write(Markup page, string id) => Write(page, id, isFile: false);

    /// <summary>Returns the picture as a file of its own, with its style.</summary>
    public string ToFile()
    {
        var file = new Markup();
        file.Trusted("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        Write(file, "picture", isFile: true);
        return file.Line().ToString();
    }

    private void Write(Markup page, string id, bool isFile)
    {
        page.Open("svg", ("xmlns", isFile ? "http://www.w3.org/2000/svg" : null), ("class", "picture"), ("role", "img"),
            ("aria-labelledby", $"{id}-t {id}-d"), ("viewBox", FormattableString.Invariant($"0 0 {Width:0.#} {Height:0.#}")),
            ("style", isFile ? null : FormattableString.Invariant($"max-width:{Width * 1.25:0}px")));
        page.Element("title", Title, ("id", $"{id}-t")).Element("desc", Description, ("id", $"{id}-d"));
        if (isFile)
        {
            page.Open("style").Trusted(Styles.Colors).Trusted(Styles.Pictures).Close();
            page.Empty("rect", ("class", "ground"), ("width", Width), ("height", Height));
        }
        page.Trusted(Body.ToString()).Close().Line();
    }
}
