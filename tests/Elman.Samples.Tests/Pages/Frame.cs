using Elman.Tests;

namespace Elman.Samples.Tests.Pages;

/// <summary>
/// What stands around a C# block of a page when it is compiled: a file in Frames, named after the page and the place of the block among its
/// C# blocks, from 1. A line <c>//: block</c> stands for the block. A line <c>//: prints TEXT</c> is a regular expression that the output
/// must match. A block without a file is a program by itself.
/// </summary>
internal sealed record Frame(string Name, string Before, string After, IReadOnlyList<string> Prints)
{
    private const string Place = "//: block", Print = "//: prints ";

    public static string Folder { get; } = Path.Combine(Repository.Root, "tests", "Elman.Samples.Tests", "Frames");

    /// <summary>Returns the name of the frame of a block.</summary>
    public static string NameOf(string page, int number) => $"{Path.ChangeExtension(page, null).Replace('/', '.')}.{number}";

    public static Frame Of(string page, int number)
    {
        string name = NameOf(page, number), path = Path.Combine(Folder, name + ".csx");
        if (!File.Exists(path))
            return new Frame(name, "", "", []);
        string[] lines = File.ReadAllLines(path);
        int place = Array.IndexOf(lines, Place);
        Assert.True(place >= 0, $"{path} has no line '{Place}'.");
        return new Frame(
            name, string.Join('\n', lines[..place]) + "\n", string.Join('\n', lines[(place + 1)..]),
            [.. lines.Where(line => line.StartsWith(Print, StringComparison.Ordinal)).Select(line => line[Print.Length..])]);
    }

    /// <summary>
    /// Returns the program: first the <c>using</c> lines of the block, which must stand first, then the frame around the rest.
    /// </summary>
    public string Around(string block)
    {
        // Directives such as #:package are for a program of one file; here the libraries are referenced already.
        string[] lines = [.. block.Split('\n').Where(line => !line.StartsWith("#:", StringComparison.Ordinal))];
        bool IsUsing(string line) => line.StartsWith("using ", StringComparison.Ordinal) && !line.Contains('=') && !line.Contains('(');
        return string.Join('\n', lines.Where(IsUsing)) + "\n" + Before + string.Join('\n', lines.Where(line => !IsUsing(line))) + After;
    }
}
