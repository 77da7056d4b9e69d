namespace Elman.Samples.Tests.Site;

/// <summary>The check of links finds what is broken.</summary>
public sealed class SiteLinksTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("elman-links-");

    public SiteLinksTests()
    {
        Write("index.html", "<h1 id=\"top\">A</h1>");
        Write("guide/a b.html", "<h2 id=\"wei&#223;\">B</h2>");
        Write("guide/index.html", "<a name=\"old\"></a>");
    }

    [Theory]
    [InlineData("<a href=\"../index.html#top\">", null)]
    [InlineData("<a class=\"x\" href=\"a%20b.html#wei%C3%9F\">", null)]
    [InlineData("<a href=\"./?q=1#old\">", null)]
    [InlineData("<a href=\"/guide/\">", null)]
    [InlineData("<a\n  href = \"#here\"><p id=\"here\">", null)]
    [InlineData("<a href=\"https://example.org/nowhere\"><a href=\"mailto:a@example.org\">", null)]
    [InlineData("<!-- <a href=\"gone.html\"> --><script>'<a href=\"gone.html\">'</script>", null)]
    [InlineData("<a href=\"gone.html\">", "no such file")]
    [InlineData("<img alt=\"\" src=\"gone.png\">", "no such file")]
    [InlineData("<script type=\"module\" src=\"gone.js\"></script>", "no such file")]
    [InlineData("<link rel=\"stylesheet\" href=\"gone.css\">", "no such file")]
    [InlineData("<a href=\"../index.html#bottom\">", "no such anchor")]
    [InlineData("<a href=\"#bottom\">", "no such anchor")]
    [InlineData("<a href=\"../../../etc/passwd\">", "leads out of the site")]
    [InlineData("<a href=\"Index.html\">", "no such file")]
    public void A_link_is_judged(string html, string? problem)
    {
        Write("guide/page.html", html);
        (_, IReadOnlyList<string> broken) = SiteLinks.Check(_folder.FullName);
        if (problem is null)
            Assert.Empty(broken);
        else
            Assert.EndsWith(": " + problem, Assert.Single(broken), StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private void Write(string name, string html)
    {
        string path = Path.Combine(_folder.FullName, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, html);
    }
}
