using System.Globalization;
using System.Text.Json;

namespace Elman.Cli.Tests.Commands;

public sealed class PredictCommandTests : IDisposable
{
    private readonly Workspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public void Csv_is_a_header_and_a_line_for_each_sequence()
    {
        ToolRun run = Tool.Run("predict", _workspace.Model(), _workspace.Test);
        Assert.Equal(0, run.Status);
        Assert.Equal("", run.Error);
        Assert.Equal("index,predicted,p_down,p_up", run.OutputLines[0]);
        Assert.Equal(["0", "1", "2", "3", "4", "5"], run.OutputLines.Skip(1).Select(line => line.Split(',')[0]));
    }

    [Fact]
    public void The_probabilities_are_those_of_the_library_to_the_last_bit()
    {
        string model = _workspace.Model();
        using SequenceClassifier classifier = SequenceClassifier.Load(model);
        SequenceDataset data = Read.File(_workspace.Test);
        string[] lines = Tool.Run("predict", model, _workspace.Test).OutputLines;
        for (int i = 0; i < data.Count; i++)
        {
            string[] cells = lines[i + 1].Split(',');
            Assert.Equal(classifier.Predict(data[i]), cells[1]);
            Assert.Equal(
                classifier.PredictProbabilities(data[i]), cells.Skip(2).Select(cell => float.Parse(cell, CultureInfo.InvariantCulture)));
        }
    }

    [Fact]
    public void Jsonl_is_an_object_for_each_sequence()
    {
        ToolRun run = Tool.Run("predict", _workspace.Model(), _workspace.Test, "--format", "jsonl");
        Assert.Equal(6, run.OutputLines.Length);
        for (int i = 0; i < run.OutputLines.Length; i++)
        {
            JsonElement json = JsonDocument.Parse(run.OutputLines[i]).RootElement;
            Assert.Equal(["index", "predicted", "probabilities"], json.EnumerateObject().Select(member => member.Name));
            Assert.Equal(i, json.GetProperty("index").GetInt32());
            JsonElement probabilities = json.GetProperty("probabilities");
            Assert.Equal(["down", "up"], probabilities.EnumerateObject().Select(member => member.Name));
            string best = probabilities.GetProperty("down").GetDouble() >= probabilities.GetProperty("up").GetDouble() ? "down" : "up";
            Assert.Equal(best, json.GetProperty("predicted").GetString());
        }
    }

    [Fact]
    public void Labels_with_commas_and_quotes_are_quoted()
    {
        string data = _workspace.Write("odd.csv", "x1,x2,label\n1,2,\"a,b\"\n2,1,\"say \"\"c\"\"\"\n1,3,\"a,b\"\n3,1,\"say \"\"c\"\"\"\n");
        ToolRun run = Tool.Run("predict", _workspace.Model(data: data), data);
        Assert.Equal("index,predicted,\"p_a,b\",\"p_say \"\"c\"\"\"", run.OutputLines[0]);
        Assert.All(run.OutputLines.Skip(1), line => Assert.Matches("^\\d,(\"a,b\"|\"say \"\"c\"\"\"),", line));
    }

    [Fact]
    public void Data_without_labels_are_fine()
    {
        string model = _workspace.Model();
        string csv = _workspace.Write("u.csv", "1,2,3\n3,2,1\n");
        string ts = _workspace.Write("u.ts", "@univariate true\n@classLabel false\n@data\n1,2,3\n3,2,1\n");
        ToolRun fromCsv = Tool.Run("predict", model, csv, "--label-column", "none");
        Assert.Equal("", fromCsv.Error);
        Assert.Equal(3, fromCsv.OutputLines.Length);
        Assert.Equal(fromCsv.Output, Tool.Run("predict", model, ts).Output);
    }

    [Theory]
    [InlineData("other.csv", "x1,x2,label\n1,2,sideways\n")]
    [InlineData("other.ts", "@univariate true\n@classLabel true sideways\n@data\n1,2:sideways\n")]
    [InlineData("undeclared.ts", "@univariate true\n@classLabel true down up\n@data\n1,2:sideways\n")]
    [InlineData("bare.ts", "@univariate true\n@classLabel true down up\n@data\n1,2\n")]
    [InlineData("open.ts", "@univariate true\n@classLabel true down up\n@data\n1,2:\n")]
    [InlineData("word.ts", "@univariate true\n@targetLabel true\n@data\n1,2:heavy\n")]
    public void Labels_that_the_model_does_not_know_are_not_looked_at(string name, string content)
    {
        ToolRun run = Tool.Run("predict", _workspace.Model(), _workspace.Write(name, content));
        Assert.Equal(("", 0), (run.Error, run.Status));
        Assert.Equal(2, run.OutputLines.Length);
    }

    [Theory]
    [InlineData("other.CSV", "1,2,sideways\n")]
    [InlineData("other.CSV", "1,2,up\n1,2,sideways\n")] // one that is no class is enough
    [InlineData("other.tsv", "x1\tx2\tx3\n1\t2\tsideways\n")]
    public void A_last_column_that_may_hold_no_labels_makes_it_wonder(string name, string content)
    {
        ToolRun run = Tool.Run("predict", _workspace.Model(), _workspace.Write(name, content));
        Assert.Equal(0, run.Status);
        string line = Assert.Single(run.ErrorLines);
        Assert.Contains("is not a class of the model; if", line, StringComparison.Ordinal);
        Assert.EndsWith("add --label-column none; otherwise its last column is read as the labels.", line, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1,2,3\n", false)]
    [InlineData("x1,x2,weight\n1,2,3\n", true)]
    public void A_regressor_wonders_where_the_last_column_is_none_of_its_targets(string content, bool isSure)
    {
        string data = _workspace.Write("numbers.csv", "x1,x2,weight\n1,2,3\n3,4,5\n5,6,7\n"), model = _workspace.Path("n.safetensors");
        Assert.Equal(0, Tool.Run(Workspace.TrainArgs(data, "--task", "regress", "--label-column", "weight", "--out", model)).Status);
        ToolRun run = Tool.Run("predict", model, _workspace.Write("new.csv", content));
        Assert.Equal(0, run.Status);
        Assert.Equal(isSure, !run.Error.Contains(
            "has the name of a target of the model; if the file has no labels, add --label-column none", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("classify", "kind")]
    [InlineData("regress", "weight")]
    public void Where_a_header_lacks_the_labels_of_the_training_data_the_last_column_is_a_value(string task, string label)
    {
        string data = _workspace.Write("n.csv", $"id,x1,x2,{label}\na,1,2,0\nb,3,4,1\nc,5,6,1\nd,2,1,0\n");
        string model = _workspace.Path("n.safetensors");
        Assert.Equal(0, Tool.Run(Workspace.TrainArgs(
            data, "--task", task, "--label-column", label, "--layout", "wide", "--out", model)).Status);
        ToolRun run = Tool.Run("predict", model, _workspace.Write("new.csv", "id,x1,x2\na,1,0\nb,3,1\n"));
        Assert.Contains($"No column is named '{label}', the label column of the training data, so all columns are values",
            Assert.Single(run.ErrorLines), StringComparison.Ordinal);
        Assert.Equal(Tool.Run("predict", model, _workspace.Path("new.csv"), "--label-column", "none").Output, run.Output);
    }

    [Fact]
    public void Built_in_data_of_other_classes_are_answered_like_any() =>
        Assert.Equal("", Tool.Run("predict", _workspace.Model(), "builtin:cylinder-bell-funnel").Error);

    [Theory]
    [InlineData("1,2,up\n2,1,down\n")]
    [InlineData("1,2,up\n2,1,down\n", "--input-format", "csv")]
    [InlineData("1\t2\tup\n2\t1\tdown\n", "--input-format", "tsv")]
    [InlineData("# two\n@univariate true\n@classLabel true down up\n@data\n1,2:up\n2,1:down\n")]
    [InlineData("@univariate true\n@classLabel true down up\n@data\n1,2:up\n2,1:down\n", "--input-format", "ts")]
    public void Standard_input_is_read_like_a_file(string input, params string[] words)
    {
        string model = _workspace.Model();
        string file = _workspace.Write("same.csv", "1,2,up\n2,1,down\n");
        ToolRun run = Tool.Run(new ToolSurroundings { Input = input }, ["predict", model, "-", .. words]);
        Assert.Equal("", run.Error);
        Assert.Equal(Tool.Run("predict", model, file).Output, run.Output);
    }

    [Theory]
    [InlineData("", "standard input")]
    [InlineData("1,x,up\n1,2,up\n", "standard input, line 1")]
    public void Standard_input_that_is_no_data_is_refused(string input, string expected) =>
        Assert.Contains(expected, Tool.Refuses(Tool.Run(new ToolSurroundings { Input = input }, "predict", _workspace.Model(), "-")),
            StringComparison.Ordinal);

    [Fact]
    public void The_format_of_the_input_is_for_standard_input_alone() =>
        Assert.Contains("--input-format", Tool.Refuses(Tool.Run("predict", _workspace.Model(), _workspace.Test, "--input-format", "ts")),
            StringComparison.Ordinal);

    [Theory]
    [InlineData("--format", "wide", "it must be csv or jsonl")]
    [InlineData("--layout", "csv", "it must be auto, wide or long")]
    [InlineData("--input-format", "xml", "it must be ts, csv, tsv, arff or jsonl")]
    public void Formats_and_layouts_are_not_mixed_up(string option, string value, string expected) =>
        Assert.Contains(expected, Tool.Refuses(Tool.Run("predict", "m.safetensors", "-", option, value)), StringComparison.Ordinal);
}
