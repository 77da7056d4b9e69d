using System.CommandLine;

namespace Elman.Cli.Options;

/// <summary>Says what is wrong with the words of a command line, and what was probably meant.</summary>
internal static class Mistakes
{
    /// <summary>One sentence for each mistake.</summary>
    public static IReadOnlyList<string> Describe(ParseResult words)
    {
        Command command = words.CommandResult.Command;
        string path = PathOf(words);
        if (words.UnmatchedTokens.Count > 0)
            return [Unknown(words.UnmatchedTokens[0], command, path)];
        if (command.Subcommands.Count > 0)
            return [$"{path} needs one more word: {Words.Listing([.. command.Subcommands.Select(c => c.Name)])}."];
        return [.. words.Errors.Select(error => error.Message.StartsWith("--", StringComparison.Ordinal) ? error.Message : $"{error.Message.TrimEnd('.')}; see {path} --help.")];
    }

    private static string Unknown(string word, Command command, string path)
    {
        bool isOption = word.StartsWith('-') && word.Length > 1;
        IEnumerable<string> known = isOption
            ? command.Options.SelectMany(o => o.Aliases.Prepend(o.Name))
            : command.Subcommands.Select(c => c.Name);
        string kind = isOption ? "is no option of" : command.Subcommands.Count > 0 ? "is no command of" : "is one word too many for";
        string? near = known.Where(k => Distance(k, word) <= 1 + (word.Length / 4)).MinBy(k => Distance(k, word));
        return near is null ? $"'{word}' {kind} {path}; see {path} --help." : $"'{word}' {kind} {path}; did you mean {near}?";
    }

    private static string PathOf(ParseResult words)
    {
        var names = new List<string>();
        for (System.CommandLine.Parsing.SymbolResult? at = words.CommandResult; at is System.CommandLine.Parsing.CommandResult result; at = at.Parent)
            names.Insert(0, result.Command.Name);
        return string.Join(' ', names);
    }

    /// <summary>How many letters must be put in, taken out or replaced to turn one word into the other (V. Levenshtein, 1966).</summary>
    private static int Distance(string a, string b)
    {
        int[] row = [.. Enumerable.Range(0, b.Length + 1)];
        for (int i = 1; i <= a.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int above = row[j];
                row[j] = Math.Min(diagonal + (a[i - 1] == b[j - 1] ? 0 : 1), 1 + Math.Min(above, row[j - 1]));
                diagonal = above;
            }
        }
        return row[^1];
    }
}
