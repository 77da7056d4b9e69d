using System.Text.Json;

namespace Elman.Cli.Tests.Commands;

public sealed class InfoCommandTests : IDisposable
{
    private readonly Workspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public void Info_shows_classes_channels_and_lengths_of_data()
    {
        string data = _workspace.Write(
            "d.ts", "@univariate false\n@dimensions 2\n@classLabel true a b\n@data\n1,3:0,0:a\n5:0:b\n1,2,3,3:0,0,0,0:a\n");
        JsonElement json = JsonDocument.Parse(Assert.Single(Tool.Run("info", data, "--json").OutputLines)).RootElement;
        Assert.Equal(["type", "name", "cases", "unlabelled", "channels", "channelNames", "columns", "missing", "classes",
            "lengths", "channelStatistics"],
            json.EnumerateObject().Select(member => member.Name));
        Assert.Equal("data", json.GetProperty("type").GetString());
        Assert.Equal(3, json.GetProperty("cases").GetInt32());
        Assert.Equal("""[{"label":"a","cases":2},{"label":"b","cases":1}]""", json.GetProperty("classes").GetRawText());
        Assert.Equal("""{"min":1,"median":2,"max":4}""", json.GetProperty("lengths").GetRawText());
        JsonElement first = json.GetProperty("channelStatistics")[0], second = json.GetProperty("channelStatistics")[1];
        // 1, 3, 5, 1, 2, 3, 3: mean 18/7, squares 58/7.
        Assert.Equal(18.0 / 7, first.GetProperty("mean").GetDouble(), 1e-12);
        Assert.Equal(Math.Sqrt((58.0 / 7) - (18.0 / 7 * (18.0 / 7))), first.GetProperty("sd").GetDouble(), 1e-12);
        Assert.Equal(1, first.GetProperty("min").GetDouble());
        Assert.Equal(5, first.GetProperty("max").GetDouble());
        Assert.Equal("""{"mean":0,"sd":0,"min":0,"max":0,"missing":0}""", second.GetRawText());
    }

    [Theory]
    [InlineData("builtin:lag-copy", "1,000 sequences, 4 classes of steps, 4 channels")]
    [InlineData("builtin:adding", "5,000 sequences, 1 target, 2 channels")]
    [InlineData("tags.csv", "2 sequences, 2 classes of steps, 1 channel", "--task", "tag")]
    [InlineData("numbers.csv", "2 sequences, 2 targets, 1 channel", "--task", "regress", "--label-column", "weight,size")]
    [InlineData("many.csv", "2 sequences, 2 classes, 1 channel", "--multi-label")]
    public void Info_describes_the_labels_of_data_for_every_task(string data, string expected, params string[] words)
    {
        _workspace.Write("tags.csv", "id,x,label\na,1,up\na,2,down\nb,3,\nb,4,up\n");
        _workspace.Write("numbers.csv", "id,x,weight,size\na,1,2,7\na,2,2,7\nb,3,4,8\nb,4,4,8\n");
        _workspace.Write("many.csv", "x,label\n1,a|b\n2,a\n");
        string path = data.StartsWith("builtin:", StringComparison.Ordinal) ? data : _workspace.Path(data);
        ToolRun run = Tool.Run(["info", path, .. words]);
        Assert.Equal(("", 0), (run.Error, run.Status));
        Assert.Contains(expected, run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Unlabelled:", run.Output, StringComparison.Ordinal);
        JsonElement json = JsonDocument.Parse(Tool.Run(["info", path, .. words, "--json"]).Output).RootElement;
        Assert.Equal(0, json.GetProperty("unlabelled").GetInt32());
        if (data == "tags.csv")
            Assert.Equal("""[{"label":"down","steps":1},{"label":"up","steps":2}]""", json.GetProperty("classes").GetRawText());
        if (data == "numbers.csv")
            Assert.Equal(
                """{"name":"weight","mean":3,"sd":1,"min":2,"max":4,"missing":0}""", json.GetProperty("targetStatistics")[0].GetRawText());
        if (data == "many.csv")
            Assert.Equal("""[{"label":"a","cases":2},{"label":"b","cases":1}]""", json.GetProperty("classes").GetRawText());
    }

    [Fact]
    public void Text_and_json_about_data_agree()
    {
        ToolRun run = Tool.Run("info", _workspace.Train);
        Assert.Equal(0, run.Status);
        Assert.Contains("12 sequences, 2 classes, 1 channel, 5 steps", run.Output, StringComparison.Ordinal);
        Assert.Contains("down", run.Output, StringComparison.Ordinal);
        Assert.Contains("mean", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Info_counts_unlabelled_sequences()
    {
        string data = _workspace.Write("u.csv", "1,2\n3,4\n5,6\n");
        ToolRun run = Tool.Run("info", data, "--label-column", "none");
        Assert.Equal(0, run.Status);
        Assert.Contains("Unlabelled: 3 sequences", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Info_describes_a_model_and_its_training()
    {
        string model = _workspace.Model();
        JsonElement json = JsonDocument.Parse(Assert.Single(Tool.Run("info", model, "--json").OutputLines)).RootElement;
        Assert.Equal(
            ["type", "model", "cell", "layers", "bidirectional", "residual", "zoneout", "readout", "activation", "layerNorm", "channels",
                "channelNames", "columns", "classes", "parameters", "parts", "standardization", "missing", "scaleSequences", "differences",
                "differencesAlone", "patch", "training"],
            json.EnumerateObject().Select(member => member.Name));
        Assert.Equal("[4]", json.GetProperty("layers").GetRawText());
        Assert.Equal(34, json.GetProperty("parameters").GetInt32());
        Assert.Equal("""["down","up"]""", json.GetProperty("classes").GetRawText());
        Assert.Equal(1, json.GetProperty("standardization").GetProperty("means").GetArrayLength());
        Assert.Equal(12, json.GetProperty("training").GetProperty("sequences").GetInt32());
        Assert.Equal(2, json.GetProperty("training").GetProperty("epochs").GetInt32());
    }

    [Theory]
    [InlineData("plot.png")]
    [InlineData("notes")]
    public void Info_refuses_other_files_and_names_what_it_accepts(string name)
    {
        string line = Tool.Refuses(Tool.Run("info", _workspace.Write(name, "\u0089PNG and whatever follows")));
        Assert.Contains(name, line, StringComparison.Ordinal);
        Assert.Contains(
            "give a model (.safetensors), a data file (.ts, .csv, .tsv, .txt, .arff, .jsonl, .ndjson, .npy, .npz, .parquet, .arrow, "
                + ".feather "
                + "or .ipc), builtin:NAME or ucr:NAME", line, StringComparison.Ordinal);
        Assert.DoesNotContain("bytes", line, StringComparison.Ordinal);
    }

    [Fact]
    public void Info_describes_a_model_with_any_extension() =>
        Assert.Equal(0, Tool.Run("info", _workspace.Model("odd.model")).Status);

    [Theory]
    [InlineData("--window", "5")]
    [InlineData("--label-column", "none")]
    [InlineData("--task", "tag")]
    [InlineData("--features", "raw")]
    public void Options_that_say_how_data_are_read_are_not_for_a_model(string option, string value)
    {
        string model = _workspace.Model();
        Assert.Equal($"elman: {option} is for data, and '{model}' is a model; leave it out.",
            Tool.Refuses(Tool.Run("info", model, option, value)));
    }

    [Fact]
    public void Options_that_say_how_files_are_read_have_no_effect_on_built_in_data_and_that_is_reported_once()
    {
        ToolRun run = Tool.Run("info", "builtin:parity", "--window", "5");
        Assert.Equal(0, run.Status);
        Assert.Contains("builtin:parity is generated", Assert.Single(run.ErrorLines), StringComparison.Ordinal);
        Assert.Equal("", Tool.Run("info", "builtin:parity").Error);
    }

    [Fact]
    public void Info_shows_the_settings_of_windows()
    {
        string data = _workspace.Write(
            "w.csv", "id,x,label\n" + string.Concat(Enumerable.Range(0, 20).Select(i => $"{i / 10},{i * i},a{i / 5}\n")));
        ToolRun run = Tool.Run("info", data, "--window", "5", "--stride", "1");
        Assert.Contains("12 sequences, 4 classes, 1 channel, 5 steps", run.Output, StringComparison.Ordinal);
        Assert.Contains("label in 'label', windows of 5 steps, one every 1 step", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Text_and_json_about_a_model_agree()
    {
        ToolRun run = Tool.Run("info", _workspace.Model());
        Assert.Equal(0, run.Status);
        Assert.All(["rnn, 4 units, tanh", "34 parameters", "1 channel", "down, up", "12 sequences", "Standardises"],
            text => Assert.Contains(text, run.Output, StringComparison.Ordinal));
    }
}
