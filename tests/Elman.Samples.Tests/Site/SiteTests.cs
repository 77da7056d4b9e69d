using System.Text.Json;
using System.Text.RegularExpressions;
using Elman.Samples.Tests.Pages;
using Elman.Tests;

namespace Elman.Samples.Tests.Site;

/// <summary>The site that <c>dotnet docfx</c> has built from the sources, in artifacts/site.</summary>
public sealed partial class SiteTests
{
    private static readonly string _site = Path.Combine(Repository.Root, "artifacts", "site");

    [Fact(Explicit = true)]
    [Trait("Category", "Site")]
    public void Every_link_leads_to_a_file_and_an_anchor()
    {
        (int count, IReadOnlyList<string> broken) = SiteLinks.Check(_site);
        Assert.True(count > 2000, $"Only {count} links were found in {_site}.");
        Assert.Equal("", string.Join('\n', broken));
    }

    [Fact(Explicit = true)]
    [Trait("Category", "Site")]
    public void Every_page_is_part_of_it() =>
        Assert.All(Block.Pages, page => Assert.True(
            File.Exists(Path.Combine(_site, Regex.Replace(Path.ChangeExtension(page, "html"), "^docs/", ""))), page));

    [Fact(Explicit = true)]
    [Trait("Category", "Site")]
    public void Every_public_type_has_a_page()
    {
        string source = Path.Combine(Repository.Root, "src");
        string[] types = [.. Directory.GetFiles(source, "PublicAPI.*.txt", SearchOption.AllDirectories).SelectMany(File.ReadLines)
            .Where(line => TypeName().IsMatch(line))
            .Select(line => Generic().Replace(line, match => $"-{match.Value.Count(c => c == ',') + 1}"))];
        Assert.True(types.Length > 150);
        Assert.All(types, type => Assert.True(File.Exists(Path.Combine(_site, "api", type + ".html")), type));
    }

    /// <summary>The search in the browser reads this file.</summary>
    [Theory(Explicit = true)]
    [Trait("Category", "Site")]
    [InlineData("LSTM", "mathematics.html")]
    [InlineData("LSTM", "api/Elman.LstmOptions.html")]
    [InlineData("truncated", "guide/long-sequences.html")]
    public void The_search_index_knows_the_words_of_a_page(string word, string page)
    {
        using var index = JsonDocument.Parse(File.ReadAllText(Path.Combine(_site, "index.json")));
        Assert.True(index.RootElement.TryGetProperty(page, out JsonElement entry), $"{page} is not in the index.");
        Assert.Contains(word, entry.ToString(), StringComparison.OrdinalIgnoreCase);
    }

    // A line with a name alone is a type.
    [GeneratedRegex(@"^Elman[\w.]*(<[\w, ]+>)?$")]
    private static partial Regex TypeName();

    [GeneratedRegex("<.*>")]
    private static partial Regex Generic();
}
