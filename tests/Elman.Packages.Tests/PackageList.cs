using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Elman.Packages.Tests;

/// <summary>The projects of src, each of which is a package.</summary>
internal static partial class PackageList
{
    /// <summary>The package of the tool.</summary>
    public const string Tool = "Elman.Cli";

    /// <summary>The ids of all packages.</summary>
    public static IReadOnlyList<string> All { get; } =
        [.. Directory.GetDirectories(Path.Combine(Repository.Root, "src")).Select(path => Path.GetFileName(path)!)
            .Where(name => File.Exists(ProjectPath(name))).Order(StringComparer.Ordinal)];

    /// <summary>The ids of the packages with a library, as test data.</summary>
    public static TheoryData<string> Libraries => [.. All.Where(id => id != Tool)];

    /// <summary>A file of a project.</summary>
    public static string FileOf(string id, string name) => Path.Combine(Repository.Root, "src", id, name);

    /// <summary>The README of a package.</summary>
    public static string ReadmeOf(string id) => File.ReadAllText(FileOf(id, "README.md")).ReplaceLineEndings("\n");

    /// <summary>The project of a package.</summary>
    public static XDocument Project(string id) => XDocument.Load(ProjectPath(id));

    /// <summary>The packages on which a package depends that are built here.</summary>
    public static IEnumerable<string> References(string id) => Project(id).Descendants("ProjectReference")
        .Where(reference => (string?)reference.Attribute("PrivateAssets") != "all") // tools of the build are no dependencies
        .Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value));

    /// <summary>Whether a package shows its internal members to another.</summary>
    public static bool IsOpenTo(string id, string other) =>
        Project(id).Descendants("InternalsVisibleTo").Any(element => element.Attribute("Include")!.Value == other);

    /// <summary>Whether native code can be compiled with a package.</summary>
    public static bool IsForNativeCode(string id) =>
        Project(id).Descendants("IsAotCompatible").LastOrDefault()?.Value != "false";

    /// <summary>Whether a project has a public API yet.</summary>
    public static bool HasApi(string id) => new[] { "PublicAPI.Shipped.txt", "PublicAPI.Unshipped.txt" }
        .SelectMany(name => File.ReadLines(FileOf(id, name))).Any(line => line.Length > 0 && line[0] != '#');

    /// <summary>The README of the project.</summary>
    public static string Readme { get; } = File.ReadAllText(Path.Combine(Repository.Root, "README.md")).ReplaceLineEndings("\n");

    /// <summary>The command in the README of the project that begins with some words.</summary>
    public static string ReadmeCommand(string start) => Assert.Single(
        Blocks(Readme, "sh").SelectMany(block => block.Split('\n')), line => line.StartsWith(start, StringComparison.Ordinal));

    /// <summary>The blocks of code of a language in a page.</summary>
    public static IReadOnlyList<string> Blocks(string page, string language) =>
        [.. Fence().Matches(page).Where(match => match.Groups[1].Value == language).Select(match => match.Groups[2].Value)];

    private static string ProjectPath(string id) => FileOf(id, $"{id}.csproj");

    [GeneratedRegex("^```(\\w+)\n(.*?)^```$", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Fence();
}
