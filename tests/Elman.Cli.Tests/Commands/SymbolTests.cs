using System.Text.Json;

namespace Elman.Cli.Tests.Commands;

/// <summary>A channel of symbols, from the file to the predictions.</summary>
public sealed class SymbolTests : IDisposable
{
    private readonly Workspace _workspace = new();
    private readonly string _codes;

    public SymbolTests() => _codes = _workspace.Write("codes.csv", "0,3,1,a\n2,3,1,b\n0,1,2,a\n2,0,3,b\n");

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public void A_model_is_trained_described_evaluated_and_run()
    {
        string model = Train();
        ToolRun info = Tool.Run("info", model);
        Assert.Matches("embedding.1 +embedding, 4 symbols +\\[T, 1\\] +\\[T, 5\\] +20", info.Output);
        Assert.Contains("Values are not standardised", info.Output, StringComparison.Ordinal);
        JsonElement part = JsonDocument.Parse(Tool.Run("info", model, "--json").Output).RootElement.GetProperty("parts")[0];
        Assert.Equal("""{"name":"embedding.1","kind":"embedding","symbols":4,"inputs":1,"outputs":5,"parameters":20,"learned":true}""",
            part.GetRawText());
        Assert.Contains("4 sequences", Tool.Run("evaluate", model, _codes).Output, StringComparison.Ordinal);
        Assert.Equal(5, Tool.Run("predict", model, _codes).OutputLines.Length);
        Assert.Equal(4, Tool.Run(new ToolSurroundings { Input = "0\n3\n1\n" }, "predict", model, "--stream").OutputLines.Length);
    }

    [Fact]
    public void What_a_model_does_not_know_is_refused_with_its_position()
    {
        string model = Train(), strange = _workspace.Write("strange.csv", "0,3,1,a\n2,4,1,b\n");
        Assert.Equal($"elman: Channel 1 of step 2 of sequence 2 of '{strange}' is 4; the model supports the symbols 0 … 3.",
            Tool.Refuses(Tool.Run("evaluate", model, strange)));
        Assert.Contains("Line 2 of standard input: Channel 1 of step 2 is 0.5; the model supports the symbols 0 … 3.",
            Tool.Run(new ToolSurroundings { Input = "0\n0.5\n" }, "predict", model, "--stream").Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Test_and_validation_data_are_looked_at_before_training()
    {
        string strange = _workspace.Write("strange.csv", "0,3,1,a\n2,4,1,b\n"), model = _workspace.Path("none.safetensors");
        foreach (string option in (string[])["--test", "--validation"])
        {
            Assert.Equal(
                $"elman: {strange} has the symbol 4 in channel 1; the largest in {_codes} is 3, and the model has none above it. Train on "
                    + "data that have it.",
                Tool.Refuses(Tool.Run(Workspace.TrainArgs(_codes, "--embed", "1:5", option, strange, "--out", model))));
        }
        Assert.False(File.Exists(model));
    }

    [Fact]
    public void A_forecaster_takes_none() =>
        Assert.Contains("--embed takes a channel as symbols, which a forecaster would have to forecast",
            Tool.Refuses(Tool.Run(Workspace.TrainArgs(_codes, "--task", "forecast", "--embed", "5"))), StringComparison.Ordinal);

    private string Train()
    {
        string model = _workspace.Path("m.safetensors");
        ToolRun train = Tool.Run(Workspace.TrainArgs(_codes, "--embed", "5", "--test", _codes, "--out", model));
        Assert.True(train.Status == 0, train.Error);
        return model;
    }
}
