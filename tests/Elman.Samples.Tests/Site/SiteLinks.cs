using System.Net;
using System.Text.RegularExpressions;

namespace Elman.Samples.Tests.Site;

/// <summary>Checks the links inside a folder of HTML pages: files and anchors. Links to other hosts are not followed.</summary>
internal static partial class SiteLinks
{
    /// <summary>Finds the links that lead nowhere.</summary>
    /// <param name="folder">The folder that a server would show.</param>
    /// <returns>The number of links inside the folder, and a line for each broken one.</returns>
    public static (int Count, IReadOnlyList<string> Broken) Check(string folder)
    {
        string root = Path.GetFullPath(folder);
        var anchors = new Dictionary<string, HashSet<string>>(StringComparer.Ordinal);
        var broken = new List<string>();
        int count = 0;
        foreach (string page in Directory.EnumerateFiles(root, "*.html", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            foreach (string link in Links(File.ReadAllText(page)).Distinct(StringComparer.Ordinal))
            {
                if (Scheme().IsMatch(link) || link.StartsWith("//", StringComparison.Ordinal))
                    continue;
                count++;
                if (Problem(link, page) is { } problem)
                    broken.Add($"{Path.GetRelativePath(root, page)}: {link}: {problem}");
            }
        }
        return (count, broken);

        string? Problem(string link, string page)
        {
            string[] parts = link.Split('#', 2);
            string path = Uri.UnescapeDataString(parts[0].Split('?')[0]);
            string target = path.Length == 0 ? page : Path.GetFullPath(
                path[0] == '/' ? Path.Combine(root, path.TrimStart('/')) : Path.Combine(Path.GetDirectoryName(page)!, path));
            if (target != root && !target.StartsWith(root + Path.DirectorySeparatorChar, StringComparison.Ordinal))
                return "leads out of the site";
            if (Directory.Exists(target))
                target = Path.Combine(target, "index.html");
            if (!File.Exists(target))
                return "no such file";
            string anchor = parts.Length > 1 ? Uri.UnescapeDataString(parts[1]) : "";
            return anchor.Length == 0 || AnchorsOf(target).Contains(anchor) ? null : "no such anchor";
        }

        HashSet<string> AnchorsOf(string page)
        {
            if (!anchors.TryGetValue(page, out HashSet<string>? found))
            {
                found = Anchor().Matches(File.ReadAllText(page)).Select(match => WebUtility.HtmlDecode(match.Groups[2].Value))
                    .ToHashSet(StringComparer.Ordinal);
                anchors.Add(page, found);
            }
            return found;
        }
    }

    private static IEnumerable<string> Links(string html) =>
        Link().Matches(Script().Replace(html, "")).Select(match => WebUtility.HtmlDecode(match.Groups[2].Value.Trim()));

    [GeneratedRegex("""<(?:a|link|img|script|iframe|source)\b[^>]*?\s(href|src)\s*=\s*"([^"]*)["]""", RegexOptions.IgnoreCase)]
    private static partial Regex Link();

    [GeneratedRegex("""\s(id|name)\s*=\s*"([^"]*)["]""", RegexOptions.IgnoreCase)]
    private static partial Regex Anchor();

    [GeneratedRegex("^[a-zA-Z][a-zA-Z0-9+.-]*:")]
    private static partial Regex Scheme();

    // The text of a script or a comment is no link.
    [GeneratedRegex("(?<=<script[^>]*>).*?(?=</script>)|<!--.*?-->", RegexOptions.IgnoreCase | RegexOptions.Singleline)]
    private static partial Regex Script();
}
