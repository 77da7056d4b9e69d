using System.Text.RegularExpressions;
using Elman.Samples.Tests.Pages;

namespace Elman.Samples.Tests.Running;

/// <summary>The samples run, one after the other, since each builds the projects that it refers to, and print what is recorded.</summary>
[Collection(nameof(Alone))]
public sealed partial class SampleRunTests
{
    public static TheoryData<string> Names => [.. SampleRun.Names];

    [Theory(Explicit = true)]
    [Trait("Category", "Slow")]
    [MemberData(nameof(Names))]
    public async Task A_sample_prints_what_is_recorded(string name)
    {
        (int status, string output, string error) = await SampleRun.RunAsync(name, [], TestContext.Current.CancellationToken);
        Assert.True(status == 0, $"samples/{name}.cs ended with status {status}.\n{output}\n{error}");
        Assert.Equal("", error);
        Assert.Equal(Masked(await File.ReadAllTextAsync(Expected(name), TestContext.Current.CancellationToken)), Masked(output));
    }

    [Fact]
    public void Every_sample_has_a_record_of_its_output_and_every_record_a_sample() =>
        Assert.Equal(
            SampleRun.Names,
            Directory.GetFiles(Path.Combine(SampleRun.Folder, "expected")).Select(path => Path.GetFileNameWithoutExtension(path)!)
                .Order(StringComparer.Ordinal));

    [Fact]
    public void The_samples_are_found() => Assert.True(SampleRun.Names.Count >= 7);

    [Fact]
    public void Times_do_not_count_but_figures_do()
    {
        Assert.Equal(Masked("in 3.5 ms, 0.93"), Masked("in 12 s, 0.93"));
        Assert.NotEqual(Masked("in 3.5 ms, 0.93"), Masked("in 3.5 ms, 0.92"));
    }

    private static string Expected(string name) => Path.Combine(SampleRun.Folder, "expected", name + ".txt");

    private static string Masked(string output) => Time().Replace(output.ReplaceLineEndings("\n"), "TIME");

    [GeneratedRegex(@"\b\d+(\.\d+)? (µs|ms|s)\b")]
    private static partial Regex Time();
}
