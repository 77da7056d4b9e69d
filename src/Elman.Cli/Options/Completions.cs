using System.CommandLine.Completions;

namespace Elman.Cli.Options;

/// <summary>What the value of an option or an argument may be, for the completion of a command line.</summary>
internal static class Completions
{
    private static readonly string[] _files = ["DATA", "MODEL", "FILE", "FROM", "TO", "FOLDER"];

    /// <summary>Adds what a value may be: words, or files if the name of the value stands for a file.</summary>
    /// <param name="sources">The sources of the option or the argument.</param>
    /// <param name="valueName">The name of the value, such as <c>csv|jsonl</c> or <c>FILE</c>.</param>
    /// <param name="choices">The words; by default those in lower case in <paramref name="valueName"/>.</param>
    public static void AddTo(
        IList<Func<CompletionContext, IEnumerable<CompletionItem>>> sources, string valueName, params IReadOnlyList<string> choices)
    {
        string[] parts = valueName.Split('|');
        string[] words = choices.Count > 0
            ? [.. choices]
            : parts.Length < 2 ? [] : [.. parts.Where(part => part.All(c => char.IsAsciiLetterLower(c) || c is '-'))];
        if (words.Length > 0)
            sources.Add(_ => words.Select(word => new CompletionItem(word)));
        if (parts.Any(part => _files.Contains(part.Split('.')[0])))
            sources.Add(context => Files(context.WordToComplete).Select(file => new CompletionItem(file)));
    }

    /// <summary>Returns the files and folders whose path begins with a text; folders end with a separator.</summary>
    private static IEnumerable<string> Files(string beginning)
    {
        int length = beginning.LastIndexOf(Path.DirectorySeparatorChar) + 1;
        string folder = beginning[..length], name = beginning[length..];
        try
        {
            return [.. new DirectoryInfo(folder.Length == 0 ? "." : folder).EnumerateFileSystemInfos()
                .Where(entry => entry.Name.StartsWith(name, StringComparison.Ordinal)
                    && (name.Length > 0 || !entry.Name.StartsWith('.')))
                .Select(entry => folder + entry.Name + (entry is DirectoryInfo ? Path.DirectorySeparatorChar : ""))
                .Order(StringComparer.Ordinal)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return []; // there is nothing to suggest in a folder that can't be read
        }
    }
}
