using System.Text.Json;

namespace Elman.Cli.Tests.Commands;

/// <summary>Every cell in all commands: train, evaluate, predict, info.</summary>
public sealed class CellTests : IDisposable
{
    private readonly Workspace _workspace = new();

    public static TheoryData<string, string[], string> Cells => new()
    {
        { "rnn", [], "rnn, 8 units, tanh; 98 parameters" },
        { "gru", [], "gru, 8 units, reset gate after the product; 266 parameters" },
        { "gru", ["--gru-reset", "before"], "gru, 8 units, reset gate before the product; 258 parameters" },
        { "lstm", [], "lstm, 8 units; 338 parameters" },
        { "lstm", ["--peepholes", "--gate-clip", "4.25", "--forget-bias", "2"],
            "lstm, 8 units, peepholes, gates limited to ±4.25; 362 parameters" },
        { "lstm", ["--coupled-gates"], "lstm, 8 units, input and forget gate coupled; 258 parameters" },
    };

    [Theory]
    [MemberData(nameof(Cells))]
    public void A_cell_is_trained_and_then_known_by_its_file_alone(string cell, string[] options, string description)
    {
        string model = _workspace.Path("m.safetensors");
        ToolRun train = Tool.Run(Workspace.TrainArgs(
            [_workspace.Train, "--cell", cell, .. options, "--layers", "8", "--epochs", "40", "--learning-rate", "0.02", "--out", model]));
        Assert.Equal("", train.Error);
        Assert.Equal(0, train.Status);
        Assert.Contains(
            $"Model: {description[..description.IndexOf(';', StringComparison.Ordinal)]}; adam", train.Output, StringComparison.Ordinal);

        ToolRun evaluate = Tool.Run("evaluate", model, _workspace.Test, "--json");
        Assert.Equal(1, JsonDocument.Parse(evaluate.Output).RootElement.GetProperty("accuracy").GetDouble());
        ToolRun predict = Tool.Run("predict", model, _workspace.Test);
        Assert.Equal(["down", "up", "down", "up", "down", "up"], predict.OutputLines.Skip(1).Select(line => line.Split(',')[1]));
        Assert.Contains(
            $"{model}: {description}", Tool.Run(new ToolSurroundings { Width = 1000 }, "info", model).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("rnn",
        """cell":"rnn","layers":[4],"bidirectional":null,"residual":false,"zoneout":"""
            + """0,"readout":"last","activation":"tanh","layerNorm":false,"channels":1""")]
    [InlineData("gru",
        """cell":"gru","layers":[4],"bidirectional":null,"residual":false,"zoneout":"""
            + """0,"readout":"last","gruReset":"before","gateActivation":"sigmoid","candidateActivation":"tanh","layerNorm":"""
            + """false,"channels":1""",
        "--gru-reset", "before")]
    [InlineData("lstm",
        """cell":"lstm","layers":[4],"bidirectional":null,"residual":false,"zoneout":0,"readout":"last","peepholes":"""
            + """false,"coupledGates":false,"gateClip":null"""
            + ""","gateActivation":"sigmoid","candidateActivation":"tanh","outputActivation":"tanh","projection":0"""
            + ""","layerNorm":false,"channels":1""")]
    [InlineData("lstm",
        """cell":"lstm","layers":[4],"bidirectional":null,"residual":false,"zoneout":0,"readout":"last","peepholes":"""
            + """true,"coupledGates":true,"gateClip":0.5"""
            + ""","gateActivation":"softsign","candidateActivation":"tanh","outputActivation":"relu","projection":3"""
            + ""","layerNorm":true,"channels":1""",
        "--peepholes", "--coupled-gates", "--gate-clip", "0.5", "--gate-activation", "softsign", "--output-activation", "relu",
        "--projection", "3", "--layer-norm")]
    public void For_programs_info_has_the_options_of_the_cell_as_members(string cell, string members, params string[] options)
    {
        string model = _workspace.Path("m.safetensors");
        ToolRun train = Tool.Run(Workspace.TrainArgs([_workspace.Train, "--cell", cell, "--out", model, "--json", .. options]));
        Assert.Equal(0, train.Status);
        Assert.Equal(cell, JsonDocument.Parse(train.Output).RootElement.GetProperty("cell").GetString());
        Assert.Contains(members, Tool.Run("info", model, "--json").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void An_echo_state_network_is_learned_in_one_pass_and_known_by_its_file_alone()
    {
        string model = _workspace.Path("m.safetensors");
        ToolRun train = Tool.Run(new ToolSurroundings { Width = 1000 }, "train", _workspace.Train, "--test", _workspace.Test, "--cell",
            "esn", "--layers", "20", "--leak-rate", "0.5", "--ridge", "0.01", "--validation", "0.2", "--threads", "1", "--out", model);
        Assert.Equal("", train.Error);
        Assert.Equal(0, train.Status);
        Assert.Contains("Model: esn, 20 units, tanh, leak rate 0.5; least squares in one pass, ridge 0.01, spectral radius 0.9, "
            + "reservoir density 0.1, input scale 0.3, seed 1", train.Output, StringComparison.Ordinal);
        Assert.Contains("Fitted in one pass in ", train.Output, StringComparison.Ordinal);
        Assert.Contains("482 parameters, 42 of them trained", train.Output, StringComparison.Ordinal);
        Assert.Contains("Validation loss ", train.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("which is kept", train.Output, StringComparison.Ordinal);
        Assert.Contains("accuracy 100.0 %", train.Output, StringComparison.Ordinal);

        string info = Tool.Run(new ToolSurroundings { Width = 1000 }, "info", model).Output;
        Assert.Contains($"{model}: esn, 20 units, tanh, leak rate 0.5; 482 parameters, 42 of them trained", info, StringComparison.Ordinal);
        Assert.Contains("in one pass, seed 1", info, StringComparison.Ordinal);
        Assert.Matches(@"rnn\.0 .* 440 fixed", info);
        string json = Tool.Run("info", model, "--json").Output;
        Assert.Contains(""" "readout":"last","activation":"tanh","leakRate":0.5,"channels":1""".Trim(), json, StringComparison.Ordinal);
        Assert.Contains("\"parameters\":440,\"learned\":false}", json, StringComparison.Ordinal);
        Assert.Contains("\"parameters\":42,\"learned\":true}", json, StringComparison.Ordinal);
    }

    [Fact]
    public void A_flag_does_not_swallow_the_data_behind_it()
    {
        ToolRun run = Tool.Run(
            Workspace.TrainArgs(["--cell", "lstm", "--peepholes", _workspace.Train, "--out", _workspace.Path("m.safetensors"), "--json"]));
        Assert.Equal("", run.Error);
        Assert.Equal(0, run.Status);
    }

    public void Dispose() => _workspace.Dispose();
}
