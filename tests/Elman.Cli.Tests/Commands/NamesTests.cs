using System.Text.Json;

namespace Elman.Cli.Tests.Commands;

/// <summary>The names of channels, classes and sequences, from the file to the predictions.</summary>
public sealed class NamesTests : IDisposable
{
    private const string Train = "id,x,y,label\np,0,9,a\np,0,9,a\nq,9,0,b\nq,9,1,b\nr,1,9,a\nr,0,9,a\ns,9,0,b\ns,8,0,b\n";
    private const string Turned = "id,y,x,label\n7,9,0,a\n7,9,0,a\n8,0,9,b\n8,1,9,b\n";

    private static readonly string[] _enough = ["--epochs", "40", "--layers", "16", "--learning-rate", "0.02"];

    private readonly Workspace _workspace = new();

    [Fact]
    public void Channels_of_other_data_are_found_by_name()
    {
        string model = _workspace.Path("m.safetensors"), turned = _workspace.Write("turned.csv", Turned);
        string[] words = [_workspace.Write("train.csv", Train), "--test", turned, "--out", model, "--json", .. _enough];
        ToolRun train = Tool.Run(Workspace.TrainArgs(words));
        Assert.Equal(1, JsonDocument.Parse(train.Output).RootElement.GetProperty("test").GetProperty("accuracy").GetDouble());
        Assert.Contains("2 sequences, accuracy 100.0 %", Tool.Run("evaluate", model, turned).Output, StringComparison.Ordinal);
        Assert.Equal(["id", "7", "8"], Tool.Run("predict", model, turned).OutputLines.Select(line => line.Split(',')[0]));
        Assert.Equal(["index", "0", "1"], Tool.Run("predict", model, turned, "--index").OutputLines.Select(line => line.Split(',')[0]));
        Assert.StartsWith(
            "{\"id\":\"7\",", Tool.Run("predict", model, turned, "--format", "jsonl").OutputLines[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(
        "id,x,label\n7,9,a\n7,9,a\n", "there is no column 'y', which is a channel of the training data; the other columns are x.")]
    [InlineData("id,x,z,label\n7,9,1,a\n7,9,1,a\n", "there is no column 'y'")]
    public void A_channel_that_is_missing_is_refused_by_name(string text, string says)
    {
        string model = Model(), data = _workspace.Write("other.csv", text);
        Assert.Contains(says, Tool.Refuses(Tool.Run("evaluate", model, data)), StringComparison.Ordinal);
        Assert.Contains(says, Tool.Refuses(Tool.Run("predict", model, data)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_channel_that_the_model_does_not_know_is_ignored_with_a_warning()
    {
        ToolRun run = Tool.Run("evaluate", Model(), _workspace.Write("more.csv", "id,z,y,x,label\n7,5,9,0,a\n7,5,9,0,a\n"));
        Assert.Contains("1 sequence, accuracy 100.0 %", run.Output, StringComparison.Ordinal);
        Assert.Contains("elman: warning: ", run.Error, StringComparison.Ordinal);
        Assert.Contains("Column 'z' is ignored", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Options_of_columns_need_not_be_given_again()
    {
        string data = _workspace.Write(
            "named.csv", Train.Replace("id,", "who,", StringComparison.Ordinal).Replace("label", "kind", StringComparison.Ordinal));
        string model = _workspace.Path("m.safetensors");
        Assert.Equal(
            0, Tool.Run(Workspace.TrainArgs([data, "--id-column", "who", "--label-column", "kind", "--out", model, .. _enough])).Status);
        Assert.Contains("4 sequences, accuracy 100.0 %", Tool.Run("evaluate", model, data).Output, StringComparison.Ordinal);
        Assert.Equal(["id", "p", "q", "r", "s"], Tool.Run("predict", model, data).OutputLines.Select(line => line.Split(',')[0]));
    }

    [Fact]
    public void Info_shows_what_was_understood()
    {
        string data = _workspace.Write("train.csv", Train + "t,5,5,b\nt,5,5,b\nt,5,5,b\n");
        string told = Tool.Run("info", data).Output;
        Assert.Contains("Read as long form, a row is a step; id in 'id', label in 'label'", told, StringComparison.Ordinal);
        Assert.Contains("sequences, 2 classes, 2 channels, 2 to 3 steps\nRead as long form, a row is a step; id in 'id', label in "
            + "'label'\nMedian length: 2 steps; distribution of lengths: █   ▂", told, StringComparison.Ordinal);
        Assert.Matches("\n +x +", told);
        JsonElement json = JsonDocument.Parse(Tool.Run("info", data, "--json").Output).RootElement;
        Assert.Equal(["x", "y"], json.GetProperty("channelNames").EnumerateArray().Select(name => name.GetString()));
        Assert.Equal(("long", "id"),
            (json.GetProperty("columns").GetProperty("form").GetString(), json.GetProperty("columns").GetProperty("id").GetString()));
        told = Tool.Run("info", Model()).Output;
        Assert.Contains("Channels: x, y", told, StringComparison.Ordinal);
        Assert.Contains("Trained on a table in long form, a row is a step; id in 'id', label in 'label'", told, StringComparison.Ordinal);
    }

    [Fact]
    public void A_channel_that_is_always_the_same_is_reported()
    {
        string data = _workspace.Write("constant.csv", "id,x,y,label\na,1,5,u\na,2,5,u\nb,3,5,v\nb,4,5,v\n");
        Assert.Contains("Constant: channel y", Tool.Run("info", data).Output, StringComparison.Ordinal);
        ToolRun run = Tool.Run(Workspace.TrainArgs([data, "--out", _workspace.Path("m.safetensors")]));
        Assert.Contains("the values of channel y are constant, so it", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Test_sequences_of_the_training_data_are_reported()
    {
        string train = _workspace.Write("train.csv", Train), test = _workspace.Write("test.csv", Train + "t,5,5,b\nt,5,5,b\n");
        ToolRun run = Tool.Run(Workspace.TrainArgs([train, "--test", test, "--out", _workspace.Path("m.safetensors")]));
        Assert.Contains("4 of 5 sequences of ", run.Error, StringComparison.Ordinal);
        Assert.Contains("too, so the results are too optimistic; remove", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Classes_that_seem_to_be_numbers_to_learn_are_reported()
    {
        string rows = string.Concat(Enumerable.Range(0, 15).Select(i => $"{i % 4},{i % 3},{i * 7}\n"));
        ToolRun run = Tool.Run(
            Workspace.TrainArgs([_workspace.Write("numbers.csv", "p,q,label\n" + rows), "--out", _workspace.Path("m.safetensors")]));
        Assert.Contains("has 15 classes in 15 sequences, and all of them are numbers", run.Error, StringComparison.Ordinal);
        Assert.Contains("--task regress", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_column_of_groups_is_no_channel()
    {
        string data = _workspace.Write(
            "people.csv", "id,person,x,label\n1,p,1,a\n1,p,2,a\n2,p,3,b\n2,p,4,b\n3,q,1,a\n3,q,2,a\n4,q,3,b\n4,q,5,b\n");
        string model = _workspace.Path("m.safetensors");
        string[] words = [data, "--group-column", "person", "--validation", "0.5", "--out", model];
        ToolRun run = Tool.Run(Workspace.TrainArgs(words));
        Assert.Equal(("", 0), (run.Error, run.Status));
        Assert.Contains("Channels: x\n", Tool.Run("info", model).Output, StringComparison.Ordinal);
        Assert.Contains("group in 'person'", Tool.Run("info", model).Output, StringComparison.Ordinal);
        Assert.Equal(0, Tool.Run("evaluate", model, data).Status);
    }

    [Fact]
    public void Foreign_headers_and_delimiters_can_be_said()
    {
        string data = _workspace.Write("odd.txt", "3~1~a\n5~2~b\n4~9~a\n8~8~b\n");
        string told = Tool.Run("info", data, "--delimiter", "~", "--header", "no").Output;
        Assert.Contains("4 sequences, 2 classes", told, StringComparison.Ordinal);
        Assert.Contains("--header is 'maybe'; it must be yes or no", Tool.Refuses(Tool.Run("info", data, "--header", "maybe")),
            StringComparison.Ordinal);
        Assert.Contains("--delimiter is 'ab'; it must be one character", Tool.Refuses(Tool.Run("info", data, "--delimiter", "ab")),
            StringComparison.Ordinal);
    }

    public void Dispose() => _workspace.Dispose();

    private string Model()
    {
        string model = _workspace.Path("model.safetensors");
        Assert.Equal(0, Tool.Run(Workspace.TrainArgs([_workspace.Write("known.csv", Train), "--out", model, .. _enough])).Status);
        return model;
    }
}
