using System.Reflection;
using System.Text.RegularExpressions;
using Elman.Tests;

namespace Elman.Cli.Tests.Docs;

/// <summary>
/// Checks that the code in the pages runs. Not in parallel, since the examples write to the console and into the current folder.
/// </summary>
[Collection(nameof(Alone))]
public sealed partial class DocumentationTests : IDisposable
{
    private readonly Workspace _workspace = new();
    private readonly string _before = Environment.CurrentDirectory;

    public DocumentationTests() => Environment.CurrentDirectory = _workspace.Folder;

    [Fact]
    public void The_readme_shows_the_example_that_runs() =>
        Assert.EndsWith(Documentation.Example("ReadmeExample.cs"), Assert.Single(Documentation.Blocks("README.md", "csharp")),
            StringComparison.Ordinal);

    [Fact]
    public void The_readmes_example_learns()
    {
        string output = Captured(ReadmeExample.Run);
        Match share = Regex.Match(output, @"^(\d+\.\d) ?% of 600 cases right, macro F1 0\.9");
        Assert.True(share.Success, output);
        Assert.True(double.Parse(share.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture) >= 95, output);
        Assert.Contains("The first case is normal.", output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_guide_shows_the_example_that_runs()
    {
        Assert.EndsWith(Documentation.Example("GuideExample.cs"), Assert.Single(Documentation.Blocks("docs/guide/code.md", "csharp")),
            StringComparison.Ordinal);
        Assert.Equal("1", Captured(GuideExample.Run).Trim());
    }

    [Theory]
    [InlineData("README.md", 7)]
    [InlineData("docs/guide/first-model.md", 8)]
    [InlineData("docs/guide/preprocessing.md", 3)]
    [InlineData("docs/guide/models.md", 8)]
    [InlineData("docs/guide/training.md", 8)]
    [InlineData("docs/guide/report.md", 2)]
    [InlineData("docs/guide/runs.md", 8)]
    [InlineData("docs/guide/results.md", 4)]
    [InlineData("docs/guide/streaming.md", 3)]
    [InlineData("docs/guide/text.md", 4)]
    [InlineData("docs/guide/forecasts.md", 4)]
    public void The_commands_of_a_page_run_one_after_the_other(string page, int atLeast)
    {
        File.WriteAllText(
            "new.csv", string.Join('\n', File.ReadLines(_workspace.Test).Skip(1).Select(line => line[..line.LastIndexOf(',')])) + "\n");
        string[] commands = [.. Documentation.Blocks(page, "sh")
            .SelectMany(block => block.Split('\n', StringSplitOptions.RemoveEmptyEntries))];
        Assert.True(commands.Length >= atLeast);
        foreach (string command in commands)
        {
            if (command == "dotnet test" || InstallCommand().IsMatch(command))
                continue; // this is it; Elman.Packages.Tests runs what packs and installs
            Match words = ToolCommand().Match(command);
            Assert.True(words.Success, command);
            ToolRun run = Tool.Run(words.Groups["args"].Value.Trim().Split(' '));
            Assert.True(run.Status == ExitStatus.Done, $"{command}: {run.Error}");
            if (words.Groups["file"].Success)
                File.WriteAllText(words.Groups["file"].Value, run.Output);
            if (!command.EndsWith("-- train", StringComparison.Ordinal))
                continue;
            Match share = Regex.Match(Documentation.Read(page), @"\((\d+\.\d %) of 600 cases\)");
            Assert.True(share.Success, "The page does not say how many of the cases are right.");
            Assert.Contains($"accuracy {share.Groups[1].Value}", run.Output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Every_page_of_commands_is_tested()
    {
        IEnumerable<object?> tested = typeof(DocumentationTests).GetMethod(nameof(The_commands_of_a_page_run_one_after_the_other))!
            .GetCustomAttributesData().Where(data => data.AttributeType == typeof(InlineDataAttribute))
            .Select(data => ((IReadOnlyList<CustomAttributeTypedArgument>)data.ConstructorArguments[0].Value!)[0].Value);
        Assert.Equal(
            Documentation.Pages().Where(page => Documentation.Blocks(page, "sh").Count > 0).Order(StringComparer.Ordinal),
            tested.Cast<string>().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_link_of_the_pages_leads_to_a_file_and_a_heading()
    {
        int count = 0;
        foreach (string page in Documentation.Pages())
        {
            foreach (Match link in Link().Matches(Documentation.Read(page)))
            {
                string[] parts = link.Groups[1].Value.Split('#');
                string target = parts[0].Length == 0 ? page : Path.Combine(Path.GetDirectoryName(page)!, parts[0]);
                Assert.True(
                    File.Exists(Path.Combine(Repository.Root, target)) || Directory.Exists(Path.Combine(Repository.Root, target)),
                    $"{page} links to {parts[0]}, which does not exist.");
                if (parts.Length > 1)
                    Assert.True(Documentation.Anchors(target).Contains(parts[1]), $"{page} links to {link.Groups[1].Value}: no such "
                        + "heading.");
                count++;
            }
        }
        Assert.True(count > 60);
    }

    public void Dispose()
    {
        Environment.CurrentDirectory = _before;
        _workspace.Dispose();
    }

    private static string Captured(Action example)
    {
        TextWriter before = Console.Out;
        using var output = new StringWriter();
        Console.SetOut(output);
        try
        {
            example();
        }
        finally
        {
            Console.SetOut(before);
        }
        return output.ToString();
    }

    [GeneratedRegex(@"^(elman|dotnet run -c Release --project src/Elman.Cli --) (?<args>[^>]*)(> (?<file>\S+))?$")]
    private static partial Regex ToolCommand();

    [GeneratedRegex("^dotnet (pack|nuget add source|tool install) ")]
    private static partial Regex InstallCommand();

    [GeneratedRegex(@"\]\(((?!http)[^)]+)\)")]
    private static partial Regex Link();
}

/// <summary>The collection of tests that change state shared by all tests.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
