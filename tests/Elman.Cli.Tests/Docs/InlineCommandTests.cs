using System.Text.RegularExpressions;

namespace Elman.Cli.Tests.Docs;

/// <summary>Commands and options in the running text of the pages. They have placeholders, so they are compared with the help.</summary>
public sealed partial class InlineCommandTests
{
    // Options of other programs, which the pages name beside those of the tool.
    private static readonly string[] _others =
    [
        "--project", "--logdir", "--quick", "--only", "--list", "--rounds", "--docs", "--markdown", "--mb", "--filter", "--text",
        "--python",
    ];

    [Fact]
    public void Every_command_in_the_text_exists_with_its_options()
    {
        string[] commands = [.. Texts().SelectMany(page => Command().Matches(page.Text)
            .Select(match => $"{page.Page}\t{match.Groups[1].Value}"))];
        Assert.True(commands.Length > 20);
        Assert.All(commands, line =>
        {
            string[] words = line.Split('\t')[1].Split(' ');
            string[] path = [.. words.TakeWhile(word => LowerCase().IsMatch(word) && word is not ("bash" or "zsh" or "pwsh" or "fish"))
                .Take(words[0] == "data" ? 2 : 1)];
            string help = Tool.Run([.. path, "--help"]).Output;
            Assert.Contains($"elman {string.Join(' ', path)}", help, StringComparison.Ordinal);
            Assert.All(words.Where(word => word.StartsWith("--", StringComparison.Ordinal)), option =>
                Assert.Matches($@"(?m)(^|[\s,]){Regex.Escape(option)}($|[\s,])", help));
        });
    }

    [Fact]
    public void Every_option_in_the_text_exists()
    {
        string help = string.Concat(new[]
            { "train", "evaluate", "predict", "info", "runs", "crossval", "backtest", "import", "export", "completion", "" }
            .Select(command => command.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Concat(
                [["data", "get"], ["data", "list"], ["data", "generate"], ["data", "convert"]])
            .Select(command => Tool.Run([.. command, "--help"]).Output));
        HashSet<string> known = [.. Option().Matches(help).Select(match => match.Value), .. _others];
        Assert.True(known.Count > 60);
        Assert.Empty(Texts().SelectMany(page => Code().Matches(page.Text).SelectMany(code => Option().Matches(code.Value))
            .Where(option => !known.Contains(option.Value)).Select(option => $"{page.Page}: {option.Value}")));
    }

    /// <summary>
    /// The text of each page outside of its blocks; the changelog and the architecture are also about the past and the code.
    /// </summary>
    private static IEnumerable<(string Page, string Text)> Texts() => Documentation.Pages()
        .Where(page => page is not ("CHANGELOG.md" or "ARCHITECTURE.md"))
        .Select(page => (page, Fenced().Replace(Documentation.Read(page), "")));

    [GeneratedRegex("`elman ([a-z][^`|]*)`")]
    private static partial Regex Command();

    [GeneratedRegex("`[^`\n]+`")]
    private static partial Regex Code();

    [GeneratedRegex(@"(?<![\w-])--[a-z][a-z0-9-]*")]
    private static partial Regex Option();

    [GeneratedRegex("^[a-z]+$")]
    private static partial Regex LowerCase();

    [GeneratedRegex("^```.*?^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fenced();
}
