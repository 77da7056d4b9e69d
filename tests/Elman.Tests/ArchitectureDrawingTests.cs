using System.Text.RegularExpressions;

namespace Elman.Tests;

/// <summary>Checks the drawings of ARCHITECTURE.md against the sources.</summary>
public sealed partial class ArchitectureDrawingTests
{
    private static readonly (string From, string To)[][] _drawings = [.. Drawing()
        .Matches(File.ReadAllText(Path.Combine(Repository.Root, "ARCHITECTURE.md")))
        .Select(drawing => Arrow().Matches(drawing.Value).Select(
            arrow => (arrow.Groups["from"].Value, arrow.Groups["to"].Value)).ToArray())];

    public static TheoryData<string, string> Calls => [.. Walk.Select(call => (call.From, call.To))];

    private static (string From, string To)[] Folders => _drawings[0];

    private static (string From, string To)[] Walk => _drawings[1];

    [Fact]
    public void There_are_a_drawing_of_the_folders_and_one_of_the_walk() =>
        Assert.Equal([true, true], _drawings.Select(drawing => drawing.Length > 10));

    [Fact]
    public void Every_arrow_between_folders_is_a_use_and_every_use_is_an_arrow_or_several()
    {
        var used = CoreSources.Uses().Select(use => (From: CoreSources.NameOf(use.From), To: CoreSources.NameOf(use.To))).ToHashSet();
        Assert.Equal([], Folders.Where(arrow => !used.Contains(arrow)).Select(Text));
        Assert.Equal([], used.Where(use => !IsReached(use.From, use.To, Folders)).Select(Text));
    }

    [Fact]
    public void No_arrow_between_folders_says_what_others_say() =>
        Assert.Equal([], Folders.Where(arrow => IsReached(arrow.From, arrow.To, [.. Folders.Where(other => other != arrow)])).Select(Text));

    [Theory]
    [MemberData(nameof(Calls))]
    public void Every_method_of_the_walk_calls_the_next_one(string from, string to)
    {
        string[] caller = from.Split('.'), called = to.Split('.');
        string body = string.Concat(Bodies(caller[0], caller[1]));
        Assert.False(body.Length == 0, $"{caller[0]} has no method {caller[1]}.");
        Assert.True(Bodies(called[0], called[1]).Any(), $"{called[0]} has no method {called[1]}.");
        Assert.Matches($@"\b{called[1]}\(", body);

        string text = string.Concat(Files(caller[0]).Select(File.ReadAllText));
        Assert.True(
            caller[0] == called[0] || Names(called[0]).Any(name => Regex.IsMatch(text, $@"\b{name}\b")),
            $"{caller[0]} does not know {called[0]}, nor what that is.");
    }

    [Fact]
    public void From_the_training_loop_to_the_tile_are_twelve_calls_at_most()
    {
        foreach (string tile in (string[])["CellLayer.Forward", "CellLayer.Backward"])
            Assert.InRange(Length("GradientRun.RunEpoch", tile), 8, 12);

        static int Length(string from, string to) =>
            from == to ? 0 : 1 + Walk.Where(call => call.From == from && IsReached(call.To, to, Walk)).Max(call => Length(call.To, to));
    }

    private static string Text((string From, string To) arrow) => $"{arrow.From} uses {arrow.To}";

    private static bool IsReached(string from, string to, (string From, string To)[] arrows) =>
        from == to || arrows.Any(arrow => arrow.From == from && IsReached(arrow.To, to, arrows));

    /// <summary>Returns the files of a type; each may contain a part of it.</summary>
    private static IEnumerable<string> Files(string type) =>
        Directory.EnumerateFiles(CoreSources.Root, $"{type}*.cs", SearchOption.AllDirectories)
            .Where(file => !CoreSources.InBuildFolder(file) && Path.GetFileName(file).Split('.')[0] == type);

    /// <summary>Returns the name of a type and those of its base types.</summary>
    private static IEnumerable<string> Names(string type) =>
        Files(type).SelectMany(file => Regex.Matches(File.ReadAllText(file), $@"\b(?:class|struct) {type}\b[^{{]*?: (?<bases>[^{{]*)"))
            .SelectMany(match => Name().Matches(match.Groups["bases"].Value)).Select(name => name.Value).Prepend(type);

    /// <summary>Returns the bodies of the methods with a name, between braces or after an arrow.</summary>
    private static IEnumerable<string> Bodies(string type, string method)
    {
        foreach (string file in Files(type))
        {
            string text = File.ReadAllText(file);
            foreach (Match start in Regex.Matches(
                text, @"^    (?:public|private|protected|internal)[^\n;={]*? "
                    + $@"{method}(?:<\w+>)?\([^{{;]*?\)\s*(?:where [^{{;]*)?(?<body>\{{|=>)",
                RegexOptions.Multiline))
            {
                int first = start.Groups["body"].Index, end = first + 1;
                if (start.Groups["body"].Value == "{")
                    for (int depth = 1; depth > 0; end++)
                        depth += text[end] == '{' ? 1 : text[end] == '}' ? -1 : 0;
                else
                    end = text.IndexOf(";\n", first, StringComparison.Ordinal);
                yield return text[first..end];
            }
        }
    }

    [GeneratedRegex("```mermaid.*?```", RegexOptions.Singleline)]
    private static partial Regex Drawing();

    [GeneratedRegex(@"(?<from>[\w.]+) -->(\|[^|]*\|)? (?<to>[\w.]+)")]
    private static partial Regex Arrow();

    [GeneratedRegex(@"\b[A-Z]\w+\b")]
    private static partial Regex Name();
}
