using System.Text;
using System.Text.RegularExpressions;

namespace Elman.Packages.Tests;

/// <summary>The examples in the READMEs of the packages.</summary>
[Collection(nameof(Feed))]
[Trait("Category", "Slow")]
public sealed partial class PackageReadmeTests(Feed feed)
{
    // Their examples need a model of another program: they are compiled, but not run.
    private static readonly string[] _notRun = ["Elman.Keras"];

    [Fact(Explicit = true)]
    public void The_examples_of_the_readmes_compile_and_run() =>
        Examples([.. PackageList.All.Where(id => id != PackageList.Tool)], "PublishSelfContained=false");

    /// <summary>The compiler looks at the whole of each assembly. Warnings about packages of others have the names of those.</summary>
    [Fact(Explicit = true)]
    public void The_packages_for_native_code_are_compiled_without_a_warning_about_them_and_run()
    {
        string output = Examples(
            [.. PackageList.All.Where(id => id != PackageList.Tool && PackageList.IsForNativeCode(id))], "PublishAot=true");
        Assert.Equal([], output.Split('\n').Where(line => line.Contains("warning", StringComparison.Ordinal)
            && line.Contains("Elman", StringComparison.Ordinal)).Distinct());
    }

    /// <summary>Publishes and runs a program of all examples; returns what publishing printed.</summary>
    private string Examples(IReadOnlyList<string> ids, string how)
    {
        string folder = feed.NewFolder("examples");
        string references = string.Concat(ids.Select(id => $"""<PackageReference Include="{id}" Version="{Feed.Version}" />""")),
            roots = how.StartsWith("PublishAot", StringComparison.Ordinal)
                ? string.Concat(ids.Select(id => $"""<TrimmerRootAssembly Include="{id}" />""")) : "";
        File.WriteAllText(
            Path.Combine(folder, "examples.csproj"),
            $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <Nullable>enable</Nullable>
                <ImplicitUsings>enable</ImplicitUsings>
                <InvariantGlobalization>true</InvariantGlobalization>
              </PropertyGroup>
              <ItemGroup>{references}{roots}</ItemGroup>
            </Project>
            """);
        var calls = new StringBuilder();
        foreach (string id in ids)
        {
            IReadOnlyList<string> blocks = PackageList.Blocks(PackageList.ReadmeOf(id), "csharp");
            Assert.True(blocks.Count > 0 || !PackageList.HasApi(id), $"src/{id}/README.md has no example.");
            for (int i = 0; i < blocks.Count; i++)
            {
                string type = $"{id.Replace('.', '_')}_{i}";
                File.WriteAllText(Path.Combine(folder, $"{type}.cs"), Class(type, blocks[i]));
                if (!_notRun.Contains(id))
                    calls.Append($"{type}.Run();\n");
            }
        }
        File.WriteAllText(Path.Combine(folder, "Program.cs"), calls.ToString());
        string output = feed.Publish(folder, how);
        string printed = Shell.Run(folder, Path.Combine(folder, "out", "examples"));
        Assert.Contains("A case that rises is rising.", printed, StringComparison.Ordinal);
        Assert.Contains("2 sounds of the classes high, low", printed, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(folder, "report.html")));
        return output;
    }

    /// <summary>A program of one file as a class.</summary>
    private static string Class(string name, string program)
    {
        string usings = string.Concat(Using().Matches(program).Select(match => match.Value));
        string body = Using().Replace(program, "");
        return $"{usings}internal static class {name}\n{{\n    public static void Run()\n    {{\n{body}    }}\n}}\n";
    }

    [GeneratedRegex("^using [\\w.]+;\n", RegexOptions.Multiline)]
    private static partial Regex Using();
}
