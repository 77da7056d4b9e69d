using Elman.Tests;

namespace Elman.Cli.Tests.Docs;

/// <summary>The project's pages, and the blocks of code in them.</summary>
internal static class Documentation
{
    public static string Read(string page) => File.ReadAllText(Path.Combine(Repository.Root, page)).ReplaceLineEndings("\n");

    /// <summary>The Markdown pages of the project, relative to its root.</summary>
    public static IReadOnlyList<string> Pages() =>
    [
        .. Directory.GetFiles(Repository.Root, "*.md")
            .Concat(Directory.GetFiles(Path.Combine(Repository.Root, "docs"), "*.md", SearchOption.AllDirectories))
            .Append(Path.Combine(Repository.Root, "benchmarks", "README.md"))
            .Select(path => Path.GetRelativePath(Repository.Root, path).Replace('\\', '/')).Order(StringComparer.Ordinal),
    ];

    /// <summary>The anchors of the headings of a page, as GitHub makes them.</summary>
    public static IReadOnlySet<string> Anchors(string page) => Read(page).Split('\n').Where(line => line.StartsWith('#'))
        .Select(line => string.Concat(line.TrimStart('#').Trim().ToLowerInvariant()
            .Where(c => char.IsLetterOrDigit(c) || c is ' ' or '-' or '_').Select(c => c == ' ' ? '-' : c)))
        .ToHashSet(StringComparer.Ordinal);

    /// <summary>The fenced blocks of a language in a page.</summary>
    public static IReadOnlyList<string> Blocks(string page, string language)
    {
        var blocks = new List<string>();
        string fence = $"```{language}\n", text = Read(page);
        for (int start = text.IndexOf(fence, StringComparison.Ordinal); start >= 0; start = text.IndexOf(
            fence, start, StringComparison.Ordinal))
        {
            start += fence.Length;
            int end = text.IndexOf("```", start, StringComparison.Ordinal);
            blocks.Add(text[start..end]);
            start = end + 3;
        }
        return blocks;
    }

    /// <summary>The lines of an example in the tests between its two marks, without their indentation.</summary>
    public static string Example(string file)
    {
        string[] lines = Read($"tests/Elman.Cli.Tests/Docs/{file}").Split('\n');
        int begin = Array.FindIndex(lines, line => line.Trim() == "// The example begins."),
            end = Array.FindIndex(lines, line => line.Trim() == "// The example ends.");
        int indent = lines[begin].Length - lines[begin].TrimStart().Length;
        return string.Concat(lines[(begin + 1)..end].Select(line => line[Math.Min(indent, line.Length)..] + "\n"));
    }
}
