using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Elman.Tests;

/// <summary>Checks the sources against the dependency rules of ARCHITECTURE.md.</summary>
public sealed class ArchitectureTests
{
    private static readonly string _root = Repository.Root;

    [Fact]
    public void A_folder_of_the_core_uses_only_the_folders_before_it()
    {
        string[] order = [.. CoreSources.Folders];
        (string File, string From, string What, string To)[] uses = [.. CoreSources.Uses()];
        Assert.True(uses.Length > 1000, "The sources were not found.");
        Assert.Equal("", string.Join(Environment.NewLine, uses
            .Where(use => Array.IndexOf(order, use.To) > Array.IndexOf(order, use.From))
            .Select(use => $"{use.File} in {CoreSources.NameOf(use.From)} uses {use.What} of {CoreSources.NameOf(use.To)}").Distinct()));
    }

    [Fact]
    public void Every_folder_of_the_core_has_its_place_in_the_order() =>
        Assert.Equal(
            CoreSources.Folders.Where(name => name.Length > 0).Order(StringComparer.Ordinal),
            Directory.GetDirectories(Path.Combine(_root, "src/Elman")).Select(path => Path.GetFileName(path)!)
                .Where(name => name is not ("bin" or "obj")).Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("Elman", "", "System.Numerics.Tensors")]
    [InlineData("Elman.Data", "Elman", "csFastFloat,CsvHelper")]
    [InlineData("Elman.Data.Audio", "Elman.Data", "NWaves")]
    [InlineData("Elman.Data.Columnar", "Elman.Data", "Apache.Arrow,Apache.Arrow.Compression,Parquet.Net")]
    [InlineData("Elman.Reports", "Elman", "")]
    [InlineData("Elman.Logging", "Elman", "Microsoft.Extensions.Logging.Abstractions")]
    [InlineData("Elman.Onnx", "Elman", "Google.Protobuf")]
    [InlineData("Elman.PyTorch", "Elman", "")]
    [InlineData("Elman.Keras", "Elman", "")]
    [InlineData("Elman.MachineLearning", "Elman", "Microsoft.ML")]
    [InlineData("Elman.Cli", "Elman.Data,Elman.Data.Audio,Elman.Data.Columnar,Elman.Keras,Elman.Onnx,Elman.PyTorch,Elman.Reports",
        "ScottPlot,SkiaSharp.NativeAssets.Linux.NoDependencies,Spectre.Console,System.CommandLine")]
    public void A_project_refers_to_no_more_than_it_may(string project, string projects, string packages)
    {
        XDocument file = XDocument.Load(Path.Combine(_root, "src", project, $"{project}.csproj"));
        Assert.Equal(Split(projects), Names("ProjectReference").Select(path => Path.GetFileNameWithoutExtension(path)!));
        Assert.Subset(Split(packages).ToHashSet(), Names("PackageReference").ToHashSet());

        IEnumerable<string> Names(string element) => file.Descendants(element)
            .Where(e => (string?)e.Attribute("PrivateAssets") != "all").Select(e => (string)e.Attribute("Include")!);
    }

    /// <summary>A filter that matches no namespace would silently omit its tests.</summary>
    [Fact]
    public void Every_namespace_that_the_checks_filter_by_has_tests()
    {
        string[] filters = [.. Regex.Matches(File.ReadAllText(Path.Combine(_root, ".ci/run")), "--filter-namespace '([A-Za-z.]+)\\*?'")
            .Select(match => match.Groups[1].Value)];
        Assert.True(filters.Length > 4);
        HashSet<string?> namespaces = [.. typeof(ArchitectureTests).Assembly.GetTypes().Select(type => type.Namespace)];
        Assert.All(filters, filter => Assert.Contains(filter, namespaces));
    }

    [Fact]
    public void No_line_of_the_sources_is_longer_than_a_hundred_and_forty_characters() =>
        Assert.Empty(Files("src", "tests", "samples", "benchmarks")
            .SelectMany(file => File.ReadLines(file).Select((line, i) => (Place: $"{Path.GetFileName(file)}:{i + 1}", line.Length)))
            .Where(line => line.Length > 140).Select(line => line.Place));

    [Fact]
    public void No_source_file_is_longer_than_four_hundred_lines() =>
        Assert.Empty(Files("src", "tests", "samples", "benchmarks")
            .Where(file => File.ReadLines(file).Count() > 400).Select(Path.GetFileName));

    /// <summary>The words of an exception of .NET are about code. These files show only messages that the project has composed.</summary>
    [Fact]
    public void Messages_of_exceptions_are_shown_only_where_they_are_ours() =>
        Assert.Equal(
            ["ArgumentMessages.cs", "CheckpointFolder.cs", "ClassWeights.cs", "ColumnSource.cs", "CrossValidation.cs", "EnsembleWeights.cs",
                "Failure.cs", "FileProblem.cs", "Loss.cs", "Mistakes.cs", "ModelFile.cs", "ModelJson.cs", "OnnxFile.Save.cs",
                "OnnxFormat.cs", "OptionKind.cs", "OutputFile.cs", "SafetensorsReader.cs",
                "SequenceEstimator.Async.cs", "StateFile.cs", "TextOption.cs", "TrainingJob.cs", "ZipDownload.cs"],
            Files("src").Where(file => Regex.IsMatch(File.ReadAllText(file), @"(?<!Exception)\.Message\b")).Select(Path.GetFileName)
                .Order(StringComparer.Ordinal));

    private static IEnumerable<string> Files(params string[] folders) => folders
        .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(_root, folder), "*.cs", SearchOption.AllDirectories))
        .Where(file => !CoreSources.InBuildFolder(file));

    private static string[] Split(string list) => list.Split(',', StringSplitOptions.RemoveEmptyEntries);
}
