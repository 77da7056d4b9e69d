namespace Elman.Cli.Options;

/// <summary>
/// Response files: <c>@FILE</c> on a command line stands for the arguments in the file, one on each line. A line may hold an option and its
/// value, separated by a blank; empty lines and lines that begin with # are skipped.
/// </summary>
internal sealed class ResponseFile
{
    private const int Most = 64, MostBytes = 1 << 20;

    private int _count;

    /// <summary>The problem of the first file that can't be used, or <see langword="null"/>.</summary>
    public string? Problem { get; private set; }

    /// <summary>Replaces a name by the arguments in the file.</summary>
    /// <param name="name">The name, without the @.</param>
    /// <param name="arguments">Receives the arguments.</param>
    /// <param name="problem">Receives the problem, if there is one.</param>
    /// <returns>Whether the file was read.</returns>
    public bool TryReplace(string name, out IReadOnlyList<string>? arguments, out string? problem)
    {
        arguments = null;
        try
        {
            // Files may name each other.
            problem = ++_count > Most ? $"@{name}: more than {Most} response files; do they name each other?"
                : Directory.Exists(name) ? $"@{name}: this is a folder; a response file holds arguments, one on each line."
                : File.Exists(name) && new FileInfo(name).Length > MostBytes
                    ? $"@{name}: the file is too long for a response file, which holds arguments, one on each line."
                : null;
            if (problem is null)
                arguments = [.. File.ReadAllLines(name).SelectMany(ArgumentsOf)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            problem = $"@{name} names a response file, but it can't be read: {FileProblem.ReasonOf(e)}. For an argument that begins with "
                + $"@, write ./@{name} or --option=@{name}.";
        }
        Problem ??= problem;
        return arguments is not null;
    }

    private static IEnumerable<string> ArgumentsOf(string line)
    {
        string text = line.Trim();
        if (text.Length == 0 || text.StartsWith('#'))
            return [];
        int blank = text.IndexOf(' ', StringComparison.Ordinal);
        return text.StartsWith('-') && blank > 0 ? [text[..blank], text[blank..].Trim()] : [text];
    }
}
