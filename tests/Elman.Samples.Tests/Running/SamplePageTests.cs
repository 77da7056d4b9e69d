using Elman.Samples.Tests.Pages;

namespace Elman.Samples.Tests.Running;

/// <summary>The pages show every sample.</summary>
public sealed class SamplePageTests
{
    public static TheoryData<string> Names => [.. SampleRun.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_sample_has_a_page_with_its_command_its_output_and_its_code(string name)
    {
        string page = Block.Read($"docs/samples/{name}.md");
        Assert.Contains($"\n    dotnet run samples/{name}.cs\n", page, StringComparison.Ordinal);
        Assert.Contains($"\n[!code-text[](../../samples/expected/{name}.txt)]\n", page, StringComparison.Ordinal);
        Assert.Contains($"\n[!code-csharp[](../../samples/{name}.cs)]\n", page, StringComparison.Ordinal);
        Assert.Contains($"\n| [{name}](../samples/{name}.md) |", Block.Read("docs/guide/samples.md"), StringComparison.Ordinal);
        Assert.Contains($"    href: ../samples/{name}.md\n", Block.Read("docs/guide/toc.yml"), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_page_of_a_sample_has_its_sample() =>
        Assert.Equal(
            SampleRun.Names.Select(name => $"docs/samples/{name}.md"),
            Block.Pages.Where(page => page.StartsWith("docs/samples/", StringComparison.Ordinal)));

    [Fact]
    public void Every_page_of_the_guide_is_in_its_table_of_contents() =>
        Assert.Equal(
            Block.Pages.Where(page => page.StartsWith("docs/guide/", StringComparison.Ordinal)).Order(StringComparer.Ordinal),
            Block.Read("docs/guide/toc.yml").Split('\n').Where(line => line.StartsWith("  href: ", StringComparison.Ordinal))
                .Select(line => "docs/guide/" + line["  href: ".Length..]).Order(StringComparer.Ordinal));
}
