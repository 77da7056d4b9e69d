using System.Text.RegularExpressions;

namespace Elman.Tests;

/// <summary>The sources of the core as text: which folder declares a type, and which uses it.</summary>
internal static partial class CoreSources
{
    /// <summary>The folders of the core in reading order: each uses only those before it. The root comes last.</summary>
    public static IReadOnlyList<string> Folders { get; } = ["Kernels", "RandomNumbers", "Checksums", "Options", "Cells", "Sequences",
        "Packing", "Linear", "Recurrent", "Stack", "Readouts", "Models", "Losses", "Optimizers", "Evaluations", "Training", "Fitted",
        "Inference", "Learners", "Auto", "Baselines", "Persistence", ""];

    /// <summary>Where the sources are.</summary>
    public static string Root { get; } = Path.Combine(Repository.Root, "src/Elman");

    /// <summary>What a folder is called where it is written about.</summary>
    public static string NameOf(string folder) => folder.Length == 0 ? "root" : folder;

    /// <summary>The files of a folder.</summary>
    public static IEnumerable<string> Files(string folder) =>
        Directory.EnumerateFiles(
            Path.Combine(Root, folder), "*.cs", folder.Length > 0 ? SearchOption.AllDirectories : SearchOption.TopDirectoryOnly)
            .Where(file => !InBuildFolder(file));

    /// <summary>Whether a build made a file.</summary>
    public static bool InBuildFolder(string file) =>
        file.Contains("/obj/", StringComparison.Ordinal) || file.Contains("/bin/", StringComparison.Ordinal);

    /// <summary>
    /// Every use of a type of another folder, and every folder whose namespace is imported or named: who uses it, what, and whose it is.
    /// </summary>
    public static IEnumerable<(string File, string From, string What, string To)> Uses()
    {
        var declaredIn = new Dictionary<string, string>();
        foreach (string folder in Folders)
            foreach (string file in Files(folder))
                foreach (Match type in Declaration().Matches(Code(file)).Where(type => !type.Groups["private"].Success))
                    declaredIn.TryAdd(type.Groups["name"].Value, folder);

        foreach (string folder in Folders)
            foreach (string file in Files(folder))
            {
                var own = Declaration().Matches(Code(file)).Select(type => type.Groups["name"].Value).ToHashSet();
                foreach (Match word in Word().Matches(Code(file)))
                    if (!own.Contains(word.Value) && declaredIn.TryGetValue(word.Value, out string? other) && other != folder)
                        yield return (Path.GetFileName(file), folder, word.Value, other);
                foreach (Match name in Namespace().Matches(Comment().Replace(File.ReadAllText(file), "")))
                    if (Folders.Contains(name.Groups["folder"].Value) && name.Groups["folder"].Value != folder)
                        yield return (Path.GetFileName(file), folder, name.Value, name.Groups["folder"].Value);
            }
    }

    /// <summary>A file without comments, strings, members behind a point and names of properties.</summary>
    private static string Code(string file) => Prose().Replace(File.ReadAllText(file), "");

    [GeneratedRegex("""//.*|"(\\.|[^"\\\n])*"|\.\w+|\w+(?=\s*\{\s*(get|init|set)\b)""")]
    private static partial Regex Prose();

    [GeneratedRegex("//.*")]
    private static partial Regex Comment();

    [GeneratedRegex(@"(?<private>\bprivate\b[\w ]*)?\b(class|struct|record|interface|enum)\s+(?<name>[A-Z]\w+)")]
    private static partial Regex Declaration();

    [GeneratedRegex(@"\b[A-Z]\w+\b")]
    private static partial Regex Word();

    /// <summary>A namespace of the core that is imported, or named in front of a type.</summary>
    [GeneratedRegex(@"using Elman\.(?<folder>\w+)|(?<![.\w])(Elman\.)?(?<folder>[A-Z]\w+)(?=\.[A-Z])")]
    private static partial Regex Namespace();
}
