using System.CommandLine;
using System.Globalization;

namespace Elman.Cli.Completion;

/// <summary>
/// The directive <c>[suggest:POSITION]</c> of System.CommandLine, which shells call to complete a command line. It is interpreted here,
/// because the library offers it only for a root command, whose name is that of the executable.
/// </summary>
internal static class Suggestions
{
    private const string Begin = "[suggest", End = "]";

    /// <summary>Whether the arguments begin with the directive.</summary>
    public static bool AreAsked(IReadOnlyList<string> args) => args.Count > 0
        && args[0].StartsWith(Begin, StringComparison.Ordinal) && args[0].EndsWith(End, StringComparison.Ordinal)
        && (args[0].Length == Begin.Length + End.Length || args[0][Begin.Length] == ':');

    /// <summary>Returns what the word at the position may become.</summary>
    /// <param name="tool">The tool.</param>
    /// <param name="args">The directive, then the command line as one argument.</param>
    public static IReadOnlyList<string> For(Command tool, IReadOnlyList<string> args)
    {
        string line = args.Count > 1 ? args[^1] : "";
        string text = args[0][Begin.Length..^End.Length].TrimStart(':');
        int position = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int given) ? given : line.Length;
        // A shell counts characters as users see them; beyond the line, the last word is completed.
        line = position < line.Length ? line[..position] : line.PadRight(Math.Min(position, line.Length + 1));
        string word = line[(line.LastIndexOf(' ') + 1)..];
        // The library completes a value only behind a blank.
        int sign = word.StartsWith("--", StringComparison.Ordinal) ? word.IndexOf('=', StringComparison.Ordinal) : -1;
        string option = sign < 0 ? "" : word[..(sign + 1)], rest = word[option.Length..];
        if (option.Length > 0)
            line = $"{line[..^word.Length]}{option[..^1]} {rest}";
        string[] all = [.. tool.Parse(line).GetCompletions(line.Length)
            .Select(item => item.InsertText ?? item.Label)
            .Where(item => item.StartsWith(rest, StringComparison.Ordinal) && !item.Any(char.IsControl))
            .Select(item => option + item)
            .Distinct(StringComparer.Ordinal)];
        if (option.Length > 0)
            return [.. all.Where(item => !item.AsSpan(option.Length).StartsWith('-'))];
        string[] plain = [.. all.Where(item => !item.StartsWith('-'))];
        // Options are many; where something else fits, a dash asks for them.
        return word.StartsWith('-') || plain.Length == 0 ? all : plain;
    }
}
