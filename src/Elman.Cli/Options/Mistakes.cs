using System.CommandLine;
using System.CommandLine.Parsing;

namespace Elman.Cli.Options;

/// <summary>Reports errors in the arguments of a command line and suggests corrections.</summary>
internal static class Mistakes
{
    /// <summary>Returns one sentence for each error; none if there is no error.</summary>
    public static IReadOnlyList<string> Describe(ParseResult words)
    {
        Command command = words.CommandResult.Command;
        string path = PathOf(words);
        // The parser treats an unknown option as an argument if one is missing.
        IEnumerable<string> given = words.CommandResult.Children.OfType<ArgumentResult>().SelectMany(argument => argument.Tokens)
            .Select(token => token.Value);
        if (given.Concat(words.UnmatchedTokens).FirstOrDefault(IsOption) is { } option)
            return [Unknown(option, command, path)];
        if (words.UnmatchedTokens.Count > 0)
            return [Unknown(words.UnmatchedTokens[0], command, path)];
        if (command.Subcommands.Count > 0 && words.Errors.Count > 0)
            return [$"{path} needs a subcommand: {OptionText.Listing([.. command.Subcommands.Select(c => c.Name)])}."];
        if (words.CommandResult.Children.OfType<ArgumentResult>()
            .FirstOrDefault(argument => argument.Tokens.Any(token => token.Value.Length == 0)) is { } empty)
            return [$"{empty.Argument.Name} is empty; give a name."];
        string[] missing = [.. command.Arguments
            .Where(argument => argument.Arity.MinimumNumberOfValues > 0 && words.GetResult(argument) is null or { Tokens.Count: 0 })
            .Select(argument => argument.Name)];
        if (missing.Length > 0)
            return [$"{path} needs {string.Join(" and ", missing)}; see {path} --help."];
        return [.. words.Errors.Select(error => error.Message.StartsWith("--", StringComparison.Ordinal)
            ? error.Message
            : $"{error.Message.TrimEnd('.')}; see {path} --help.")];
    }

    private static string Unknown(string word, Command command, string path)
    {
        IEnumerable<string> known = IsOption(word)
            ? command.Options.SelectMany(o => o.Aliases.Prepend(o.Name))
            : command.Subcommands.Select(c => c.Name);
        string kind = IsOption(word) ? "is not an option of" : command.Subcommands.Count > 0 ? "is not a command of" : "is an extra "
            + "argument for";
        string? near = known.Where(k => Distance(k, word) <= 1 + (word.Length / 4)).MinBy(k => Distance(k, word));
        return near is null ? $"{Quoted(word)} {kind} {path}; see {path} --help." : $"{Quoted(word)} {kind} {path}; did you mean {near}?";
    }

    private static bool IsOption(string word) => word.StartsWith('-') && word.Length > 1;

    private static string PathOf(ParseResult words)
    {
        var names = new List<string>();
        for (SymbolResult? at = words.CommandResult; at is CommandResult result; at = at.Parent)
            names.Insert(0, result.Command.Name);
        return string.Join(' ', names);
    }

    /// <summary>Returns the number of insertions, deletions and replacements of letters between two words (V. Levenshtein, 1966).</summary>
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
