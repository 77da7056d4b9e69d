using System.Text.Json;

namespace Elman.Cli.Tests.Commands;

public sealed class EvaluateCommandTests : IDisposable
{
    private static readonly string[] _intervals = ["level", "units", "unit", "estimates", "intervals", "perClass"];

    private readonly Workspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public void The_metrics_of_each_class_and_the_confusion_are_written()
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
        Assert.Equal(["cases", "accuracy", "balancedAccuracy", "macroF1", "logLoss", "calibrationError", "classes", "rocAuc", "confusion",
            .. _intervals],
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

    [Fact]
    public void With_very_many_classes_text_has_the_worst_and_json_the_non_zero_cells()
    {
        string[] labels = [.. Enumerable.Range(0, 101).Select(i => $"c{i}")];
        string data = _workspace.Write("many.csv", Workspace.Csv(labels, cases: 202));
        string model = _workspace.Model(data: data);
        ToolRun run = Tool.Run("evaluate", model, data);
        Assert.Equal(0, run.Status);
        Assert.Matches(@"The 20 classes with the lowest F1 of the \d+ that occur", run.Output);
        Assert.InRange(run.OutputLines.Length, 20, 50);

        JsonElement json = JsonDocument.Parse(Tool.Run("evaluate", model, data, "--json").Output).RootElement;
        Assert.Equal(
            ["cases", "accuracy", "balancedAccuracy", "macroF1", "logLoss", "calibrationError", "classes", "rocAuc", "confusionCells",
                .. _intervals],
            json.EnumerateObject().Select(member => member.Name));
        int[][] cells = [.. json.GetProperty("confusionCells").EnumerateArray()
            .Select(cell => cell.EnumerateArray().Select(number => number.GetInt32()).ToArray())];
        Assert.All(cells, cell => Assert.Equal(3, cell.Length));
        Assert.Equal(202, cells.Sum(cell => cell[2]));
        Assert.Equal(json.GetProperty("accuracy").GetDouble(), cells.Where(cell => cell[0] == cell[1]).Sum(cell => cell[2]) / 202.0);
        using SequenceClassifier classifier = SequenceClassifier.Load(model);
        Assert.Equal(classifier.Evaluate(Read.File(data)).Confusion.Select(cell => (cell.True, cell.Predicted, cell.Cases)),
            cells.Select(cell => (cell[0], cell[1], cell[2])));
    }

    [Fact]
    public void A_hundred_classes_have_the_full_matrix_and_table()
    {
        string[] labels = [.. Enumerable.Range(0, 100).Select(i => $"c{i}")];
        string data = _workspace.Write("hundred.csv", Workspace.Csv(labels, cases: 200));
        string model = _workspace.Model(data: data);
        string output = Tool.Run("evaluate", model, data).Output;
        Assert.All(labels, label => Assert.Contains($" {label} ", output, StringComparison.Ordinal));
        JsonElement json = JsonDocument.Parse(Tool.Run("evaluate", model, data, "--json").Output).RootElement;
        Assert.Equal(Enumerable.Repeat(100, 100), json.GetProperty("confusion").EnumerateArray().Select(row => row.GetArrayLength()));
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
        Assert.Contains("it must be auto, wide or long", Tool.Refuses(Tool.Run("evaluate", "m.safetensors", "d.csv", "--format", "tall")),
            StringComparison.Ordinal);
}
