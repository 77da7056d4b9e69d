using System.Globalization;
using System.Text.RegularExpressions;

namespace Elman.Packages.Tests;

/// <summary>The sizes of the packages, which the guide shows.</summary>
[Collection(nameof(Feed))]
[Trait("Category", "Slow")]
public sealed class PackageSizeTests(Feed feed)
{
    private static readonly string _page = File.ReadAllText(Path.Combine(Repository.Root, "docs/guide/packages.md"));

    /// <summary>Whoever only runs a model downloads the core, in a web service for each of its instances.</summary>
    [Fact(Explicit = true)]
    public void The_core_is_below_600_kB() => Assert.InRange(new FileInfo(feed.PackagePath("Elman")).Length, 1, 599_999);

    /// <summary>The table is right to a fifth, or to 5 kB: it need not change with every commit.</summary>
    [Fact(Explicit = true)]
    public void The_guide_shows_the_size_of_every_package()
    {
        foreach (string id in PackageList.All)
        {
            double kilobytes = new FileInfo(feed.PackagePath(id)).Length / 1000.0;
            Match row = Regex.Match(_page, $@"^\| `{Regex.Escape(id)}` \|.*\| ([\d ]+) kB \|", RegexOptions.Multiline);
            Assert.True(row.Success, $"docs/guide/packages.md has no row for {id}, {kilobytes:0} kB.");
            double shown = double.Parse(row.Groups[1].Value.Replace(" ", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);
            Assert.True(
                Math.Abs(shown - kilobytes) <= Math.Max(5, kilobytes / 5),
                $"docs/guide/packages.md shows {shown:0} kB for {id}, which has {kilobytes:0} kB.");
        }
    }
}
