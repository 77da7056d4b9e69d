using System.Text.RegularExpressions;
using Elman.Tests;

namespace Elman.Samples.Tests.Pages;

/// <summary>
/// The commands of benchmarks take minutes, and one downloads half a gigabyte, so they are compared with the sources instead of being run:
/// the project exists, and its program knows the options.
/// </summary>
public sealed partial class BenchmarkCommandTests
{
    public static TheoryData<string, string> Commands =>
        [.. Block.Pages.SelectMany(page => Command().Matches(Block.Read(page)).Select(match => (page, match.Value.Trim())))];

    [Theory]
    [MemberData(nameof(Commands))]
    public void A_command_names_a_project_and_its_options(string page, string command)
    {
        Match words = Command().Match("    " + command);
        string folder = Path.Combine(Repository.Root, words.Groups["project"].Value);
        Assert.True(Directory.GetFiles(folder, "*.csproj").Length == 1, page);
        string sources = string.Concat(Directory.GetFiles(folder, "*.cs", SearchOption.AllDirectories).Select(File.ReadAllText));
        // BenchmarkDotNet has the option --filter.
        bool handsOn = sources.Contains("BenchmarkSwitcher", StringComparison.Ordinal);
        string[] unknown = [.. words.Groups["args"].Value.Split(' ').Where(word => word.StartsWith("--", StringComparison.Ordinal))
            .Where(option => !(handsOn && option == "--filter") && !sources.Contains($"\"{option}\"", StringComparison.Ordinal))];
        Assert.Empty(unknown);
    }

    [Fact]
    public void The_commands_are_found() => Assert.True(Commands.Count >= 11);

    [GeneratedRegex(@"(?<=^    )dotnet run -c Release --project (?<project>benchmarks/[\w.]+) -- (?<args>.*)$", RegexOptions.Multiline)]
    private static partial Regex Command();
}
