using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Elman.Tests;

/// <summary>Holds the sources to ARCHITECTURE.md: who may see whom.</summary>
public sealed partial class ArchitectureTests
{
    /// <summary>The folders of the core in reading order: each uses only those before it. The root comes last.</summary>
    private static readonly string[] _folders = ["Kernels", "Options", "Cells", "Sequences", "Layers", "Models", "Losses", "Optimizers",
        "Training",
        "Baselines", "Persistence", ""];

    private static readonly string _root = Repository.Root;

    [Fact]
    public void A_folder_of_the_core_uses_only_the_folders_before_it()
    {
        var declaredIn = new Dictionary<string, int>();
        for (int folder = 0; folder < _folders.Length; folder++)
            foreach (string file in Files(folder))
                foreach (Match type in Declaration().Matches(Code(file)))
                    declaredIn.TryAdd(type.Groups["name"].Value, folder);

        Assert.True(declaredIn.Count > 50, "The sources were not found.");
        var wrong = new List<string>();
        for (int folder = 0; folder < _folders.Length; folder++)
            foreach (string file in Files(folder))
                foreach (Match word in Word().Matches(Code(file)))
                    if (declaredIn.TryGetValue(word.Value, out int other) && other > folder)
                        wrong.Add($"{Path.GetFileName(file)} in {_folders[folder]} uses {word.Value} of "
                            + $"{(_folders[other] is "" ? "the root" : _folders[other])}");
        Assert.Equal("", string.Join(Environment.NewLine, wrong.Distinct()));
    }

    [Fact]
    public void Every_folder_of_the_core_has_its_place_in_the_order() =>
        Assert.Equal(
            _folders.Where(name => name.Length > 0).Order(StringComparer.Ordinal),
            Directory.GetDirectories(Path.Combine(_root, "src/Elman")).Select(path => Path.GetFileName(path)!)
                .Where(name => name is not ("bin" or "obj")).Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("Elman", "", "System.Numerics.Tensors")]
    [InlineData("Elman.Data", "Elman", "csFastFloat,CsvHelper")]
    [InlineData("Elman.Data.Audio", "Elman.Data", "NWaves")]
    [InlineData("Elman.Data.Columnar", "Elman.Data", "Apache.Arrow,Apache.Arrow.Compression,Parquet.Net")]
    [InlineData("Elman.Cli", "Elman.Data,Elman.Data.Audio,Elman.Data.Columnar",
        "ScottPlot,SkiaSharp.NativeAssets.Linux.NoDependencies,Spectre.Console,System.CommandLine")]
    public void A_project_refers_to_no_more_than_it_may(string project, string projects, string packages)
    {
        XDocument file = XDocument.Load(Path.Combine(_root, "src", project, $"{project}.csproj"));
        Assert.Equal(Split(projects), Names("ProjectReference").Select(path => Path.GetFileNameWithoutExtension(path)!));
        Assert.Subset(Split(packages).ToHashSet(), Names("PackageReference").ToHashSet());

        IEnumerable<string> Names(string element) => file.Descendants(element)
            .Where(e => (string?)e.Attribute("PrivateAssets") != "all").Select(e => (string)e.Attribute("Include")!);
    }

    [Fact]
    public void No_line_of_the_sources_is_longer_than_a_hundred_and_forty_characters() =>
        Assert.Empty(
            Directory.EnumerateFiles(Path.Combine(_root, "src"), "*.cs", SearchOption.AllDirectories).Where(file => !InBuildFolder(file))
                .SelectMany(file => File.ReadLines(file).Select((line, i) => (Place: $"{Path.GetFileName(file)}:{i + 1}", line.Length)))
                .Where(line => line.Length > 140).Select(line => line.Place));

    [Fact]
    public void No_source_file_is_longer_than_four_hundred_lines() =>
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(_root, "src"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !InBuildFolder(file) && File.ReadLines(file).Count() > 400).Select(Path.GetFileName));

    private static string[] Split(string list) => list.Split(',', StringSplitOptions.RemoveEmptyEntries);

    private static IEnumerable<string> Files(int folder)
    {
        string name = _folders[folder], path = Path.Combine(_root, "src/Elman", name);
        return Directory.EnumerateFiles(path, "*.cs", name.Length > 0 ? SearchOption.AllDirectories : SearchOption.TopDirectoryOnly)
            .Where(file => !InBuildFolder(file));
    }

    private static bool InBuildFolder(string file) =>
        file.Contains("/obj/", StringComparison.Ordinal) || file.Contains("/bin/", StringComparison.Ordinal);

    /// <summary>A file without comments and strings.</summary>
    private static string Code(string file) => Prose().Replace(File.ReadAllText(file), "");

    [GeneratedRegex("""//.*|"(\\.|[^"\\\n])*"|\.\w+""")]
    private static partial Regex Prose();

    [GeneratedRegex(@"\b(class|struct|record|interface|enum)\s+(?<name>[A-Z]\w+)")]
    private static partial Regex Declaration();

    [GeneratedRegex(@"\b[A-Z]\w+\b")]
    private static partial Regex Word();
}
