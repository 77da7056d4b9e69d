using System.Text.Json;

namespace Elman.Packages.Tests;

/// <summary>What others have written and travels with the tool is named beside it.</summary>
public sealed class NoticesTests
{
    private static readonly string _notices = File.ReadAllText(PackageList.FileOf(PackageList.Tool, "THIRD-PARTY-NOTICES.txt"));

    [Fact]
    public void Every_package_of_the_tool_is_named_in_the_notices_with_its_version()
    {
        // It helps to publish; nothing of it is in the tool.
        string[] packages =
            [.. LockedPackages().Where(package => !package.StartsWith("Microsoft.NET.ILLink.Tasks ", StringComparison.Ordinal))];
        Assert.True(packages.Length > 20, "The lock file was not understood.");
        string[] lines = _notices.Split('\n');
        Assert.True(
            packages.All(lines.Contains),
            $"Run python3 tools/packing/notices.py. Missing: {string.Join(", ", packages.Except(lines, StringComparer.Ordinal))}.");
    }

    [Fact]
    public void No_package_is_named_in_the_notices_that_the_tool_no_longer_has()
    {
        string list = _notices[.._notices.IndexOf("\n=====", StringComparison.Ordinal)];
        string[] named = [.. list.Split('\n').SkipWhile(line => !line.StartsWith("Apache.Arrow", StringComparison.Ordinal))
            .Where(line => line.Length > 0 && line[0] != ' ')];
        Assert.Equal([], named.Except(LockedPackages(), StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("Apache License")]
    [InlineData("Permission is hereby granted, free of charge")]
    [InlineData("Redistributions in binary form must reproduce")]
    [InlineData("# skia")]
    [InlineData("# HarfBuzz")]
    public void The_texts_of_the_licences_are_there(string text) => Assert.Contains(text, _notices, StringComparison.Ordinal);

    private static IEnumerable<string> LockedPackages()
    {
        using var locked = JsonDocument.Parse(File.ReadAllText(PackageList.FileOf(PackageList.Tool, "packages.lock.json")));
        return [.. locked.RootElement.GetProperty("dependencies").EnumerateObject().SelectMany(platform => platform.Value.EnumerateObject())
            .Where(package => package.Value.GetProperty("type").GetString() != "Project")
            .Select(package => $"{package.Name} {package.Value.GetProperty("resolved").GetString()}").Distinct()];
    }
}
