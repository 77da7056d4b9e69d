using System.Reflection;
using System.Text.RegularExpressions;
using Elman.Cli.Input;
using Elman.Data.Tests.Archive;
using Elman.Tests;

namespace Elman.Cli.Tests.Docs;

/// <summary>
/// Checks that the commands in the pages run. Not in parallel, since they write into the current folder.
/// </summary>
[Collection(nameof(Alone))]
public sealed partial class DocumentationTests : IDisposable
{
    private readonly Workspace _workspace = new();
    private readonly LoopbackServer _archive = PageData.Archive();
    private readonly string _before = Environment.CurrentDirectory;

    public DocumentationTests() => Environment.CurrentDirectory = _workspace.Folder;

    [Theory]
    [InlineData("README.md", 7)]
    [InlineData("docs/guide/first-model.md", 11)]
    [InlineData("docs/guide/data.md", 4)]
    [InlineData("docs/guide/command-line.md", 1)]
    [InlineData("docs/guide/coming-from-pytorch-and-keras.md", 3)]
    [InlineData("docs/guide/onnx.md", 2)]
    [InlineData("docs/guide/samples.md", 3)]
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
        PageData.Write(page, _workspace);
        var surroundings = new ToolSurroundings
        {
            WritesRuns = true,
            Variables = new Dictionary<string, string?>
            {
                [ArchiveData.AddressVariable] = _archive.Address.ToString(),
                [ArchiveData.CacheVariable] = _workspace.Path("cache"),
            },
        };
        string[] commands = [.. Documentation.Blocks(page, "sh")
            .SelectMany(block => block.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            .Select(command => command.Split(" # ")[0].TrimEnd())];
        Assert.True(commands.Length >= atLeast);
        foreach (string command in commands)
        {
            if (command == "dotnet test" || InstallCommand().IsMatch(command))
                continue; // this is it; Elman.Packages.Tests runs what packs and installs
            if (command.StartsWith("dotnet run samples/", StringComparison.Ordinal))
                continue; // Elman.Samples.Tests runs them
            Match words = ToolCommand().Match(command);
            Assert.True(words.Success, command);
            ToolRun run = Tool.Run(surroundings, words.Groups["args"].Value.Trim().Split(' '));
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
    public void No_command_is_in_a_block_that_is_not_run() =>
        Assert.Empty(Documentation.Pages().SelectMany(page => Documentation.Blocks(page, "")
            .SelectMany(block => block.Split('\n')).Where(line => PlainCommand().IsMatch(line)).Select(line => $"{page}: {line}")));

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
        _archive.Dispose();
        _workspace.Dispose();
    }

    [GeneratedRegex(@"^(elman|dotnet run -c Release --project src/Elman.Cli --) (?<args>[^>]*)(> (?<file>\S+))?$")]
    private static partial Regex ToolCommand();

    [GeneratedRegex("^dotnet (pack|nuget add source|tool install) ")]
    private static partial Regex InstallCommand();

    [GeneratedRegex(@"^(\$ )?(elman|dotnet|bash|git) ")]
    private static partial Regex PlainCommand();

    [GeneratedRegex(@"\]\(((?!http|xref:)[^)]+)\)")]
    private static partial Regex Link();
}

/// <summary>The collection of tests that change state shared by all tests.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
