using System.Text.Json;

namespace Elman.Cli.Tests.Commands;

/// <summary>Every task, from the file to the predictions.</summary>
public sealed class TaskTests : IDisposable
{
    private readonly Workspace _workspace = new();

    [Fact]
    public void Tagging_answers_at_every_step()
    {
        string data = _workspace.Write("tags.csv", "id,x,label\na,1,up\na,-1,down\na,1,up\nb,-1,down\nb,1,\n");
        string model = Train(data, "--task", "tag");
        ToolRun evaluate = Tool.Run("evaluate", model, data);
        Assert.Contains("4 steps, accuracy", evaluate.Output, StringComparison.Ordinal);
        Assert.Contains("whole sequences right", evaluate.Output, StringComparison.Ordinal);
        string[] lines = Tool.Run("predict", model, data).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("id,step,predicted,p_down,p_up", lines[0]);
        Assert.Equal(["a,0", "a,1", "a,2", "b,0", "b,1"], lines[1..].Select(line => string.Join(',', line.Split(',')[..2])));
        Assert.Contains("Predicts 2 classes of steps: down, up", Tool.Run("info", model).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Regression_answers_with_numbers()
    {
        string data = _workspace.Write("numbers.csv", "id,x,weight,size\na,1,2,30\na,2,2,30\nb,3,?,50\nc,4,6,60\n");
        string model = Train(data, "--task", "regress", "--label-column", "weight,size");
        string[] lines = Tool.Run("predict", model, data, "--label-column", "weight,size").Output
            .Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("id,weight,size", lines[0]);
        Assert.Equal(4, lines.Length);
        JsonElement json = JsonDocument.Parse(
            Tool.Run("evaluate", model, data, "--label-column", "weight,size", "--json").Output).RootElement;
        Assert.Equal(
            ["weight", "size"], json.GetProperty("targets").EnumerateArray().Select(target => target.GetProperty("name").GetString()));
        Assert.Contains("Tells 2 numbers: weight, size", Tool.Run("info", model).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(
        "numbers.csv", "id,x,weight,size\na,1,2,30\na,2,2,30\nb,3,?,50\nc,4,6,60\n", "--task", "regress", "--label-column", "weight,size")]
    [InlineData("wide of ids.csv", "a,b,name,kind\n1,2,p,up\n3,4,q,down\n5,6,r,up\n", "--label-column", "kind", "--id-column", "name",
        "--channels", "2", "--format", "wide")]
    public void The_next_command_that_is_printed_runs(string name, string content, params string[] words)
    {
        string data = _workspace.Write(name, content);
        ToolRun train = Tool.Run(
            ["train", data, "--cell", "rnn", "--epochs", "1", "--layers", "3", "--out", _workspace.Path("next.safetensors"), .. words]);
        string next = train.OutputLines.Single(line => line.StartsWith("Next:", StringComparison.Ordinal));
        string[] command = next.Split("elman ", 2)[1].Replace(data, "DATA", StringComparison.Ordinal)
            .Replace("'", "", StringComparison.Ordinal).Split(' ');
        ToolRun run = Tool.Run([.. command.Select(word => word == "DATA" ? data : word)]);
        Assert.Equal(("", 0), (run.Error, run.Status));
        Assert.Equal(4, run.OutputLines.Count(line => line.Length > 0));
    }

    [Fact]
    public void A_model_knows_the_columns_of_its_targets_by_their_names()
    {
        string data = _workspace.Write("numbers.csv", "id,x,weight,size\na,1,2,30\na,2,2,30\nb,3,?,50\nc,4,6,60\n");
        string model = Train(data, "--task", "regress", "--label-column", "weight,size");
        Assert.Equal(0, Tool.Run("evaluate", model, data).Status);
        Assert.Equal(0, Tool.Run("predict", model, data).Status);
        Assert.Equal(0, Tool.Run("predict", model, _workspace.Write("unlabelled.csv", "id,x\na,1\na,2\n")).Status);
    }

    [Theory]
    [InlineData("wide", "x1,x2,x3,x4,x5,x6,label\n1,2,3,4,5,6,\n1,2,3,4,5,6,?\n")]
    [InlineData("long", "id,x,label\na,1,up\na,2,down\nb,3,\n")]
    public void Labels_are_not_looked_at_to_predict(string name, string content)
    {
        ToolRun run = Tool.Run("predict", _workspace.Model(), _workspace.Write($"{name}.csv", content));
        Assert.Equal(0, run.Status);
        Assert.Equal(3, run.OutputLines.Count(line => line.Length > 0));
    }

    [Theory]
    [InlineData("id,x,label\na,1,up\na,2,down\na,1,\na,2,up\n")]
    [InlineData("id,x\na,1\na,2\na,1\na,2\n")]
    public void Labels_are_not_looked_at_to_forecast(string content)
    {
        string data = _workspace.Write("series.csv", content), model = Train(data, "--task", "forecast");
        foreach (ToolRun run in (ToolRun[])[Tool.Run("evaluate", model, data), Tool.Run("predict", model, data)])
            Assert.Equal(("", 0), (run.Error, run.Status));
    }

    [Fact]
    public void Forecasting_answers_with_the_next_steps()
    {
        string model = Train(_workspace.Train, "--task", "forecast", "--horizon", "2");
        ToolRun evaluate = Tool.Run("evaluate", model, _workspace.Train);
        Assert.Contains("last value, RMSE", evaluate.Output, StringComparison.Ordinal);
        string[] lines = Tool.Run("predict", model, _workspace.Test).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("index,ahead,x1", lines[0]);
        Assert.Equal(1 + (2 * 6), lines.Length);
    }

    [Fact]
    public void Classes_together_are_written_between_bars()
    {
        string data = _workspace.Write("many.csv", "id,x,label\na,1,left|up\na,2,left|up\nb,-3,\nc,4,left\n");
        string model = Train(data, "--multi-label");
        Assert.Contains("all classes right", Tool.Run("evaluate", model, data).Output, StringComparison.Ordinal);
        Assert.Contains(" any length\nChannels: x\nTrained on a table in long form, a row is a step; id in 'id', label in "
            + "'label'\nPredicts 2 classes, any number per sequence: left, up", Tool.Run("info", model).Output, StringComparison.Ordinal);
        Assert.StartsWith("id,predicted,p_left,p_up\n", Tool.Run("predict", model, data).Output, StringComparison.Ordinal);
    }

    private const string SetsHeader = "id,time,x,label\n", Sets = SetsHeader + "1,0,1,a|b\n1,1,1,a|b\n2,0,2,c\n2,1,3,c\n3,0,1,\n3,1,1,\n";

    [Theory]
    [InlineData("1,0,1,a|b\n1,1,1,a|b\n")]
    [InlineData("2,0,2,c\n2,1,3,c\n")]
    [InlineData("3,0,1,\n3,1,1,\n")]
    public void Classes_that_apply_to_no_sequence_need_not_occur_in_other_data(string rows)
    {
        string model = Train(_workspace.Write("sets.csv", Sets), "--multi-label"), some = _workspace.Write("some.csv", SetsHeader + rows);
        ToolRun run = Tool.Run("evaluate", model, some, "--json");
        Assert.Equal(("", 0), (run.Error, run.Status));
        Assert.Equal(["a", "b", "c"],
            JsonDocument.Parse(run.Output).RootElement.GetProperty("classes").EnumerateArray().Select(name => name.GetString()));
        foreach (string option in (string[])["--test", "--validation"])
        {
            ToolRun train = Tool.Run(Workspace.TrainArgs(
                [_workspace.Path("sets.csv"), "--multi-label", option, some, "--out", _workspace.Path("m.safetensors")]));
            Assert.True(train.Status == 0, train.Error);
        }
    }

    [Theory]
    [InlineData("sets.csv", Sets, SetsHeader + "1,0,1,a\n1,1,1,a\n2,0,1,a|d\n2,1,1,a|d\n", "Sequence 2 of", "has the class 'd'",
        "a, b, c", "--multi-label")]
    [InlineData("tags.csv", SetsHeader + "1,0,1,a\n1,1,1,b\n", SetsHeader + "1,0,1,a\n1,1,1,d\n", "Step 2 of sequence 1 of",
        "has the label 'd'", "a, b", "--task", "tag")]
    public void A_class_that_the_training_data_lack_is_refused_before_training(
        string name, string train, string test, string where, string what, string known, params string[] words)
    {
        string data = _workspace.Write(name, train), other = _workspace.Write("other.csv", test);
        foreach (string option in (string[])["--test", "--validation"])
        {
            string refusal = Tool.Refuses(
                Tool.Run([.. Workspace.TrainArgs([data, option, other, "--out", _workspace.Path("no.safetensors")]), .. words]));
            Assert.All([where, what, $"its classes are {known}"], part => Assert.Contains(part, refusal, StringComparison.Ordinal));
            Assert.False(File.Exists(_workspace.Path("no.safetensors")));
        }
        Assert.Contains(
            "'d', which is not a class of the model", Tool.Refuses(Tool.Run("evaluate", Train(data, words), other)),
                StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a,9,up\na,9,up\n", "The model makes no error on these data; neither do they.")]
    [InlineData("a,9,up\na,9,up\nb,-9,down\nb,-9,down\n", "The model beats all of them, except ")]
    public void A_tie_without_errors_is_not_called_a_victory(string test, string verdict)
    {
        string train = "id,x,label\n" + string.Concat(Enumerable.Range(0, 12).Select(i => i % 3 == 0
            ? FormattableString.Invariant($"d{i},{-9 - (i % 5)},down\nd{i},-9,down\n")
            : FormattableString.Invariant($"u{i},{9 + (i % 5)},up\nu{i},9,up\n")));
        ToolRun run = Tool.Run("train", _workspace.Write("train.csv", train), "--test", _workspace.Write("test.csv", "id,x,label\n" + test),
            "--out", _workspace.Path("m.safetensors"), "--cell", "rnn", "--epochs", "300", "--learning-rate", "0.1", "--baselines");
        Assert.True(run.Status == 0, run.Error);
        Assert.Contains(verdict, run.Output.Replace("\n", " ", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("regress", "weight,size", "id,x,weight,size\na,1,2,30\na,1,2,30\nb,3,,50\n", "id,x\na,1\na,2\nb,2\n",
        "other.csv, line 1: there is no column")]
    [InlineData("regress", "weight,size", "id,x,weight,size\na,1,2,30\na,1,2,30\nb,3,,50\n", "id,x,weight,size\na,1,,1\na,1,,1\nb,2,,2\n",
        "has no value for 'weight'")]
    [InlineData("tag", "label", "id,x,label\na,1,up\na,2,down\n", "id,x,label\na,1,\na,2,\n", "has no labelled step; name the column")]
    public void Data_without_the_target_are_refused_before_training(string task, string labels, string train, string test, string what)
    {
        string data = _workspace.Write("train.csv", train), other = _workspace.Write("other.csv", test),
            model = _workspace.Path("no.safetensors");
        foreach (string option in (string[])["--test", "--validation"])
        {
            string[] words = [data, option, other, "--out", model, "--task", task, "--label-column", labels];
            string refusal = Tool.Refuses(Tool.Run(Workspace.TrainArgs(words)));
            Assert.Contains(what, refusal, StringComparison.Ordinal);
            Assert.False(File.Exists(model));
        }
    }

    [Fact]
    public void Training_data_in_which_no_class_occurs_are_refused() => Assert.Contains(
        "has a class; training needs at least one",
        Tool.Refuses(Tool.Run("train", _workspace.Write("none.csv", SetsHeader + "3,0,1,\n3,1,1,\n"), "--multi-label")),
        StringComparison.Ordinal);

    [Theory]
    [InlineData("lag-copy", "4 classes of steps")]
    [InlineData("adding", "1 target")]
    public void Built_in_data_bring_their_task_along(string name, string says)
    {
        string file = _workspace.Path($"{name}.csv");
        Assert.Equal(0, Tool.Run("data", "generate", name, "--cases", "8", "--out", file).Status);
        string task = name == "adding" ? "regress" : "tag";
        string[] columns = name == "adding" ? ["--label-column", "sum"] : [];
        ToolRun run = Tool.Run(
            Workspace.TrainArgs([file, "--task", task, "--out", _workspace.Path("m.safetensors"), "--epochs", "1", .. columns]));
        Assert.True(run.Status == 0, run.Error);
        Assert.Contains(says, run.Output, StringComparison.Ordinal);
        Assert.Contains("is for", Tool.Refuses(Tool.Run("train", $"builtin:{name}", "--task", "classify")), StringComparison.Ordinal);
    }

    [Fact]
    public void What_does_not_go_together_is_refused()
    {
        Assert.Contains("--multi-label is for --task classify",
            Tool.Refuses(Tool.Run("train", _workspace.Train, "--task", "tag", "--multi-label")), StringComparison.Ordinal);
        Assert.Contains(
            "labels of steps need long form", Tool.Refuses(Tool.Run("train", _workspace.Train, "--task", "tag")), StringComparison.Ordinal);
        Assert.Contains("it may be mse, mae, huber, quantile",
            Tool.Refuses(Tool.Run("train", _workspace.Train, "--task", "regress", "--loss", "binary")), StringComparison.Ordinal);
        Assert.Contains("--task is 'guess'; it must be classify, tag, regress or forecast",
            Tool.Refuses(Tool.Run("train", _workspace.Train, "--task", "guess")), StringComparison.Ordinal);
        Assert.Contains(
            "written as a .csv file", Tool.Refuses(Tool.Run("data", "generate", "adding", "--out", "x.ts")), StringComparison.Ordinal);
    }

    [Fact]
    public void Info_lists_the_parts_of_a_deep_model_with_their_shapes()
    {
        string model = Train(_workspace.Train, "--cell", "lstm", "--layers", "6,4", "--bidirectional", "--readout", "attention");
        string info = Tool.Run("info", model).Output;
        Assert.Matches(@"rnn\.0 +lstm, both ways, side by side +\[T, 1\] +\[T, 12\] +\d+", info);
        Assert.Matches(@"rnn\.1 .* +\[T, 12\] +\[T, 8\] +\d+", info);
        Assert.Matches(@"readout +attention +\[T, 8\] +\[8\] +80", info);
        Assert.Matches(@"output +dense +\[8\] +\[2\] +18", info);
    }

    public void Dispose() => _workspace.Dispose();

    private string Train(string data, params string[] words)
    {
        string model = _workspace.Path("m.safetensors");
        ToolRun run = Tool.Run(Workspace.TrainArgs([data, "--out", model, .. words]));
        Assert.True(run.Status == 0, run.Error);
        Assert.True(File.Exists(_workspace.Path("m.png")));
        return model;
    }
}
