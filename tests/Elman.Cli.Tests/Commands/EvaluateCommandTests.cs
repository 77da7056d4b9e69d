using System.Text.Json;

namespace Elman.Cli.Tests.Commands;

public sealed class EvaluateCommandTests : IDisposable
{
    private readonly Workspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public void It_writes_the_figures_of_each_class_and_the_confusion()
    {
        ToolRun run = Tool.Run("evaluate", _workspace.Model(), _workspace.Test);
        Assert.Equal(0, run.Status);
        Assert.Equal("", run.Error);
        Assert.Contains("6 sequences, accuracy", run.Output, StringComparison.Ordinal);
        Assert.Matches(@"log loss \d\.\d{4}, calibration\s+error\s+[01]\.\d{3}", run.Output);
        Assert.All(["class", "precision", "recall", "F1", "AUC", "cases", "down", "up"],
            word => Assert.Contains(word, run.Output, StringComparison.Ordinal));
    }

    [Fact]
    public void Json_has_exactly_these_members_and_rows_of_the_confusion_are_true_classes()
    {
        string model = _workspace.Model();
        string test = _workspace.Write("uneven.csv", "x1,x2,label\n1,2,up\n3,4,up\n1,1,up\n0,0,down\n");
        ToolRun run = Tool.Run("evaluate", model, test, "--json");
        Assert.Equal(0, run.Status);
        JsonElement json = JsonDocument.Parse(Assert.Single(run.OutputLines)).RootElement;
        Assert.Equal(["cases", "accuracy", "balancedAccuracy", "macroF1", "logLoss", "calibrationError", "classes", "rocAuc", "confusion"],
            json.EnumerateObject().Select(member => member.Name));
        Assert.Equal(4, json.GetProperty("cases").GetInt32());
        Assert.Equal(["down", "up"], json.GetProperty("classes").EnumerateArray().Select(name => name.GetString()));
        int[][] confusion = [.. json.GetProperty("confusion").EnumerateArray()
            .Select(row => row.EnumerateArray().Select(cell => cell.GetInt32()).ToArray())];
        Assert.Equal([1, 3], confusion.Select(row => row.Sum()));
        Assert.Equal((confusion[0][0] + confusion[1][1]) / 4.0, json.GetProperty("accuracy").GetDouble());
    }

    [Fact]
    public void What_it_finds_agrees_with_the_library()
    {
        string model = _workspace.Model();
        using SequenceClassifier classifier = SequenceClassifier.Load(model);
        Evaluation expected = classifier.Evaluate(Read.File(_workspace.Test));
        JsonElement json = JsonDocument.Parse(Tool.Run("evaluate", model, _workspace.Test, "--json").Output).RootElement;
        Assert.Equal(expected.LogLoss, json.GetProperty("logLoss").GetDouble());
        Assert.Equal(expected.CalibrationError, json.GetProperty("calibrationError").GetDouble());
        Assert.Equal(expected.MacroF1, json.GetProperty("macroF1").GetDouble());
        Assert.Equal(expected.BalancedAccuracy, json.GetProperty("balancedAccuracy").GetDouble());
    }

    [Theory]
    [InlineData("--format")]
    [InlineData("--layout")]
    public void The_layout_of_a_table_can_be_told(string option)
    {
        string model = _workspace.Model();
        string data = _workspace.Write("long.csv", "who,when,what,x\na,2,up,3\na,1,up,2\nb,1,down,0\nb,2,down,-1\n");
        ToolRun run = Tool.Run("evaluate", model, data, option, "long", "--id-column", "who", "--time-column", "when", "--label-column",
            "what", "--channels", "x", "--json");
        Assert.Equal("", run.Error);
        Assert.Equal(2, JsonDocument.Parse(run.Output).RootElement.GetProperty("cases").GetInt32());
    }

    [Fact]
    public void A_layout_that_there_is_not_is_refused() =>
        Assert.Contains("it may be auto, wide or long", Tool.Refuses(Tool.Run("evaluate", "m.safetensors", "d.csv", "--format", "tall")),
            StringComparison.Ordinal);
}
