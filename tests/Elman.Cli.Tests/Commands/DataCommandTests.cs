using System.Text.Json;
using Elman.Data;

namespace Elman.Cli.Tests.Commands;

public sealed class DataCommandTests : IDisposable
{
    private readonly Workspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public void The_list_has_every_generator()
    {
        string text = Tool.Run("data", "list").Output;
        string[] names = [.. JsonDocument.Parse(Tool.Run("data", "list", "--json").Output).RootElement.GetProperty("data").EnumerateArray()
            .Select(data => data.GetProperty("name").GetString()!)];
        Assert.Equal(BuiltInData.Generators.Select(generator => generator.Name), names);
        Assert.All(names, name => Assert.Contains($"builtin:{name}", text, StringComparison.Ordinal));
    }

    [Fact]
    public void What_is_generated_is_what_the_generator_draws()
    {
        string path = _workspace.Path("g.ts");
        ToolRun run = Tool.Run("data", "generate", "cylinder-bell-funnel", "--cases", "5", "--seed", "7", "--out", path);
        Assert.Equal("", run.Error);
        Assert.Equal(0, run.Status);
        SequenceDataset expected = BuiltInData.Find("cylinder-bell-funnel").Generate(5, new SeededRandom(7)), written = Read.File(path);
        Assert.Equal(5, written.Count);
        for (int i = 0; i < expected.Count; i++)
            Assert.Equal(expected[i].Values.ToArray(), written[i].Values.ToArray());
    }

    [Fact]
    public void By_default_it_does_not_draw_what_the_built_in_data_train_on()
    {
        string path = _workspace.Path("g.ts");
        Assert.Equal(0, Tool.Run("data", "generate", "synthetic-control", "--cases", "6", "--out", path).Status);
        SequenceDataset train = BuiltInData.Load("synthetic-control", 1).Train;
        Assert.NotEqual(train[0].Values.ToArray(), Read.File(path)[0].Values.ToArray());
    }

    [Theory]
    [InlineData("sines", "1", "g.ts", "synthetic-control")]
    [InlineData("synthetic-control", "0", "g.ts", "--cases is 0")]
    [InlineData("synthetic-control", "few", "g.ts", "--cases is 'few'")]
    [InlineData("synthetic-control", "1", "g.csv", "must end with .ts")]
    [InlineData("synthetic-control", "1", "no/g.ts", "there is no folder")]
    public void Wrong_words_are_refused_and_nothing_is_written(string name, string cases, string output, string expected)
    {
        Assert.Contains(expected, Tool.Refuses(Tool.Run("data", "generate", name, "--cases", cases, "--out", _workspace.Path(output))),
            StringComparison.Ordinal);
        Assert.Empty(_workspace.Leftovers());
    }
}
