using System.Text.RegularExpressions;
using Elman.Tests;

namespace Elman.Samples.Tests.Pages;

/// <summary>
/// Every C# block of the pages compiles and runs. Not in parallel, since the programs write to the console and into the current folder.
/// </summary>
[Collection(nameof(Alone))]
public sealed class CSharpBlockTests : IDisposable
{
    /// <summary>The tests of Elman.MachineLearning compile and run its blocks, with figures to compare.</summary>
    private const string MlNetPage = "docs/guide/mlnet.md";

    private readonly string _before = Environment.CurrentDirectory;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("elman-snippet-");

    public CSharpBlockTests()
    {
        Environment.CurrentDirectory = _folder.FullName;
        Environment.SetEnvironmentVariable("ELMAN_REPOSITORY", Repository.Root);
    }

    /// <summary>The page of each block, and its place among the C# blocks of the page, from 1.</summary>
    public static TheoryData<string, int> Blocks
    {
        get
        {
            var data = new TheoryData<string, int>();
            foreach (string page in Block.Pages.Where(page => page != MlNetPage))
            {
                for (int i = 1; i <= Block.Of(page).Count(block => block.Language == "csharp"); i++)
                    data.Add(page, i);
            }
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Blocks))]
    public void A_block_compiles_and_runs(string page, int number)
    {
        Block block = Block.Of(page).Where(block => block.Language == "csharp").ElementAt(number - 1);
        var frame = Frame.Of(page, number);
        (byte[]? assembly, string errors) = SnippetProgram.Compile(frame.Name, frame.Around(block.Text));
        Assert.True(assembly is not null,
            $"{block} does not compile. A block that is no program by itself needs a frame, Frames/{frame.Name}.csx.\n{errors}");
        string output = SnippetProgram.Run(assembly);
        Assert.All(frame.Prints, expected => Assert.Matches(new Regex(expected, RegexOptions.Multiline), output));
    }

    [Fact]
    public void Every_frame_has_its_block() =>
        Assert.Empty(Directory.GetFiles(Frame.Folder, "*.csx").Select(Path.GetFileNameWithoutExtension)
            .Except(Blocks.Select(row => Frame.NameOf(row.Data.Item1, row.Data.Item2))));

    [Fact]
    public void A_block_that_uses_what_does_not_exist_is_found()
    {
        (byte[]? assembly, string errors) = SnippetProgram.Compile("wrong", "using var c = new SequenceClassifier(); c.FitFast(null!);");
        Assert.Null(assembly);
        Assert.Contains("FitFast", errors, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        Environment.CurrentDirectory = _before;
        _folder.Delete(recursive: true);
    }
}

/// <summary>The collection of tests that change state shared by all tests.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
