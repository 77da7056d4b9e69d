using System.Text.RegularExpressions;

namespace Elman.Packages.Tests;

/// <summary>The program in the project's README, with the packages: as one file, and published in each way.</summary>
[Collection(nameof(Feed))]
[Trait("Category", "Slow")]
public sealed class ReadmeProgramTests(Feed feed)
{
    // The seed is fixed, so every way of compiling gives this.
    private const string Expected = "99.7 % of 600 cases right, macro F1 0.997\nThe first case is normal.\n";

    private static readonly string _program = Assert.Single(PackageList.Blocks(PackageList.Readme, "csharp"));

    [Fact(Explicit = true)]
    public void One_file_runs_as_it_is()
    {
        string folder = feed.NewFolder("file");
        File.WriteAllText(Path.Combine(folder, "app.cs"), _program);
        Assert.Equal(Expected, feed.Dotnet(folder, "run", "app.cs"));
        foreach (string id in new[] { "Elman", "Elman.Data" })
        {
            string name = id.ToLowerInvariant(), installed = Path.Combine(feed.Cache, name, Feed.Version, $"{name}.{Feed.Version}.nupkg");
            Assert.Equal(File.ReadAllBytes(feed.PackagePath(id)), File.ReadAllBytes(installed));
        }
    }

    [Theory(Explicit = true)]
    [InlineData("PublishSelfContained=false")]
    [InlineData("PublishTrimmed=true")]
    [InlineData("PublishAot=true")]
    public void A_project_is_published_without_a_warning_and_runs(string how)
    {
        string folder = feed.NewFolder("project");
        string[] packages = [.. Regex.Matches(_program, "^#:package (.+)@(.+)$", RegexOptions.Multiline)
            .Select(match => $"""<PackageReference Include="{match.Groups[1].Value}" Version="{match.Groups[2].Value}" />""")];
        Assert.NotEmpty(packages);
        File.WriteAllText(
            Path.Combine(folder, "app.csproj"),
            $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <Nullable>enable</Nullable>
                <ImplicitUsings>enable</ImplicitUsings>
                <InvariantGlobalization>true</InvariantGlobalization>
                <TrimmerSingleWarn>false</TrimmerSingleWarn>
              </PropertyGroup>
              <ItemGroup>{string.Concat(packages)}</ItemGroup>
            </Project>
            """);
        File.WriteAllText(Path.Combine(folder, "Program.cs"), Regex.Replace(_program, "^#:.*\n", "", RegexOptions.Multiline));
        string output = feed.Publish(folder, how);
        Assert.DoesNotContain("warning", output, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(Expected, Shell.Run(folder, Path.Combine(folder, "out", "app")));
    }
}
