namespace Elman.Packages.Tests;

/// <summary>The READMEs of the packages.</summary>
public sealed class ReadmeTests
{
    public static TheoryData<string> Packages => [.. PackageList.All];

    [Theory]
    [MemberData(nameof(Packages))]
    public void A_package_has_a_readme_of_its_own_without_links_into_the_checkout(string id)
    {
        string page = PackageList.ReadmeOf(id);
        Assert.StartsWith($"# {id}\n", page, StringComparison.Ordinal);
        Assert.DoesNotContain("](", page.Replace("](http", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.True(PackageList.IsForNativeCode(id) || page.Contains("does not work trimmed", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Packages))]
    public void The_readme_of_the_core_names_every_package(string id)
    {
        if (id != "Elman")
            Assert.Contains(id, PackageList.ReadmeOf("Elman"), StringComparison.Ordinal);
    }

    [Fact]
    public void The_readme_of_the_project_names_the_version_of_the_packages() =>
        Assert.Contains($"#:package Elman.Data@{Feed.Version}\n", PackageList.Readme, StringComparison.Ordinal);
}
