using Elman.Tests;

namespace Elman.Samples.Tests.Pages;

/// <summary>A fenced block of a page.</summary>
/// <param name="Page">The page, relative to the root of the project.</param>
/// <param name="Line">The line of its opening fence, from 1.</param>
/// <param name="Language">The word after the fence; empty if there is none.</param>
/// <param name="Text">The lines between the fences, each with its end.</param>
internal sealed record Block(string Page, int Line, string Language, string Text)
{
    private const string Fence = "```";

    /// <summary>The Markdown pages of the project, relative to its root.</summary>
    public static IReadOnlyList<string> Pages { get; } =
    [
        .. Directory.GetFiles(Repository.Root, "*.md")
            .Concat(Directory.GetFiles(Path.Combine(Repository.Root, "docs"), "*.md", SearchOption.AllDirectories))
            .Append(Path.Combine(Repository.Root, "benchmarks", "README.md"))
            .Select(path => Path.GetRelativePath(Repository.Root, path).Replace('\\', '/')).Order(StringComparer.Ordinal),
    ];

    public static string Read(string page) => File.ReadAllText(Path.Combine(Repository.Root, page)).ReplaceLineEndings("\n");

    /// <summary>All blocks of all pages.</summary>
    public static IEnumerable<Block> All() => Pages.SelectMany(Of);

    /// <summary>The blocks of a page, in their order.</summary>
    public static IReadOnlyList<Block> Of(string page)
    {
        string[] lines = Read(page).Split('\n');
        var blocks = new List<Block>();
        for (int i = 0; i < lines.Length; i++)
        {
            if (!lines[i].TrimStart().StartsWith(Fence, StringComparison.Ordinal))
                continue;
            int end = Array.FindIndex(lines, i + 1, line => line.Trim() == Fence);
            Assert.True(end > i, $"{page}, line {i + 1}: a fence that is not closed");
            string text = string.Concat(lines[(i + 1)..end].Select(line => line + "\n"));
            blocks.Add(new Block(page, i + 1, lines[i].Trim()[Fence.Length..], text));
            i = end;
        }
        return blocks;
    }

    public override string ToString() => $"{Page}, line {Line}";
}
