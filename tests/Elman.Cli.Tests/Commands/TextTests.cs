using System.Text.Json;

namespace Elman.Cli.Tests.Commands;

/// <summary>A column of text, from the file to the predictions.</summary>
public sealed class TextTests : IDisposable
{
    private readonly Workspace _workspace = new();
    private readonly string _names;

    public TextTests() => _names = _workspace.Write(
        "names.tsv", "label\tname\n"
            + string.Concat(Enumerable.Range(0, 12).Select(i => i % 2 == 0 ? $"left\tab{i}é\n" : $"right\tba{i}\n")));

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public void A_model_is_trained_described_evaluated_and_run_without_the_option_again()
    {
        string model = Train();
        Assert.Contains("text in 'name', label in 'label'", Wide("info", model), StringComparison.Ordinal);
        Assert.Contains("13 different characters known, the most frequent a b", Wide("info", model), StringComparison.Ordinal);
        JsonElement text = JsonDocument.Parse(Tool.Run("info", model, "--json").Output).RootElement.GetProperty("text")[0];
        Assert.Equal((1, "characters", 12), (text.GetProperty("channel").GetInt32(), text.GetProperty("tokens").GetString(),
            text.GetProperty("symbols").GetProperty("a").GetInt32()));
        Assert.Contains("12 sequences", Tool.Run("evaluate", model, _names).Output, StringComparison.Ordinal);
        Assert.Equal(13, Tool.Run("predict", model, _names).OutputLines.Length);
        string json = _workspace.Write("names.jsonl", "{\"text\":\"ab0é\"}\n");
        Assert.Equal(Tool.Run("predict", model, _names).OutputLines[1], Tool.Run("predict", model, json).OutputLines[1]);
    }

    [Fact]
    public void A_stream_takes_a_line_of_text_and_answers_each_symbol_as_the_text_so_far()
    {
        string model = Train();
        ToolRun run = Tool.Run(new ToolSurroundings { Input = "ab\n \n\nb,\n" }, "predict", model, "--stream");
        Assert.True(run.Status == 0, run.Error);
        Assert.Equal(["0,0", "0,1", "0,2", "1,0", "1,1"],
            run.OutputLines[1..].Select(line => string.Join(',', line.Split(',')[..2])));
        string whole = _workspace.Write("whole.tsv", "name\nab\n\"b,\"\n");
        string[] predicted = Tool.Run("predict", model, whole, "--label-column", "none").OutputLines;
        Assert.Equal(predicted[1].Split(',')[1..], run.OutputLines[2].Split(',')[2..]);
        Assert.Equal(predicted[2].Split(',')[1..], run.OutputLines[5].Split(',')[2..]);
    }

    [Fact]
    public void Many_unknown_symbols_are_reported()
    {
        string model = Train(), strange = _workspace.Write("strange.tsv", "label\tname\nleft\tabжж\n");
        Assert.Contains("2 of 4 symbols of", Tool.Run("evaluate", model, strange).Error, StringComparison.Ordinal);
        Assert.Contains("such as ж (2)", Tool.Run("predict", model, strange).Error, StringComparison.Ordinal);
        Assert.Equal("", Tool.Run("predict", model, _names).Error);
    }

    [Fact]
    public void Text_without_the_option_is_refused_with_it() => Assert.Contains(
        "if the column holds text, give --text name", Tool.Refuses(Tool.Run("train", _names, "--out", _workspace.Path("none"))),
        StringComparison.Ordinal);

    [Fact]
    public void Info_shows_the_text_in_data()
    {
        string output = Wide("info", _names, "--text", "name");
        Assert.Contains("Read as wide form, a row is a text; text in 'name', label in 'label'", output, StringComparison.Ordinal);
        Assert.Contains("Text in channel name: 13 different characters, the most frequent a b é 1", output, StringComparison.Ordinal);
        Assert.DoesNotContain("mean", output, StringComparison.Ordinal);
    }

    private static string Wide(params string[] words) => Tool.Run(new ToolSurroundings { Width = 1000 }, words).Output;

    private string Train()
    {
        string model = _workspace.Path("m.safetensors");
        ToolRun run = Tool.Run(Workspace.TrainArgs(_names, "--text", "name", "--ngrams", "2", "--out", model));
        Assert.True(run.Status == 0, run.Error);
        return model;
    }
}
