using System.Text.Json;
using Elman.Tests;

namespace Elman.Cli.Tests.Commands;

public sealed class ImportCommandTests : IDisposable
{
    private readonly Workspace _workspace = new();

    private static string Fixtures => Path.Combine(Repository.Root, "tests/Elman.PyTorch.Tests/Fixtures/forms");

    private static string Gru => Path.Combine(Fixtures, "plain.pt");

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public void A_state_dictionary_comes_back_byte_for_byte()
    {
        string model = _workspace.Path("m.safetensors"), back = _workspace.Path("back.safetensors");
        ToolRun run = Tool.Run("import", Gru, "--readout", "last", "--classes", "a, b,c", "--out", model);
        Assert.Equal(("", 0), (run.Error, run.Status));
        Assert.Contains("layer 1, recurrent weights", run.Output, StringComparison.Ordinal);
        Assert.Contains("rnn = nn.GRU(3, 4, batch_first=True)", run.Output, StringComparison.Ordinal);
        Assert.Contains($"Wrote the model to {model}", run.Output, StringComparison.Ordinal);
        Assert.Contains("3 classes: a, b, c", Tool.Run("info", model).Output, StringComparison.Ordinal);

        run = Tool.Run("export", model, back);
        Assert.Equal(("", 0), (run.Error, run.Status));
        Assert.Contains("Wrote 7 tensors", run.Output, StringComparison.Ordinal);
        string again = _workspace.Path("again.safetensors");
        Assert.Equal(0, Tool.Run("import", back, "--readout", "last", "--classes", "a,b,c", "--out", again).Status);
        Assert.Equal(File.ReadAllBytes(model), File.ReadAllBytes(again));
    }

    [Fact]
    public void Without_out_nothing_is_written()
    {
        ToolRun run = Tool.Run("import", Gru, "--readout", "mean", "--task", "regress");
        Assert.Equal(0, run.Status);
        Assert.Contains("Nothing was written", run.Output, StringComparison.Ordinal);
        Assert.Empty(_workspace.Leftovers());
    }

    [Fact]
    public void Json_has_tensors_definition_notes_and_warnings()
    {
        ToolRun run = Tool.Run("import", Path.Combine(Fixtures, "half.pt"), "--readout", "every", "--json");
        JsonElement json = JsonDocument.Parse(Assert.Single(run.OutputLines)).RootElement;
        Assert.Equal(("import", "PyTorch", 7), (json.GetProperty("type").GetString(), json.GetProperty("format").GetString(),
            json.GetProperty("tensors").GetArrayLength()));
        Assert.Equal("F16", json.GetProperty("tensors")[0].GetProperty("dtype").GetString());
        Assert.Equal("[5,3]", json.GetProperty("tensors")[0].GetProperty("shape").GetRawText());
        Assert.Equal(3, json.GetProperty("definition").GetArrayLength());
        Assert.Equal(1, json.GetProperty("warnings").GetArrayLength());
        Assert.True(json.GetProperty("notes").GetArrayLength() > 2);
        Assert.Contains("warning: ", Assert.Single(run.ErrorLines), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--readout last", "--task", "classify", "--json")]
    [InlineData("leave it out", "--task", "tag", "--readout", "last")]
    [InlineData("--task is regress", "--task", "regress", "--readout", "every")]
    [InlineData("--task is forecast", "--task", "forecast", "--readout", "last")]
    [InlineData("--multi-label is for --task classify", "--task", "regress", "--multi-label", "--readout", "last")]
    [InlineData("--readout is 'first'", "--readout", "first")]
    [InlineData("nn.GRU", "--readout", "last", "--activation", "relu")]
    [InlineData("2 names", "--readout", "last", "--classes", "a,b")]
    [InlineData("divided by commas", "--readout", "last", "--classes", "a,,b")]
    [InlineData("--modules", "--readout", "last", "--modules", "x")]
    [InlineData("--embedding", "--readout", "last", "--embedding", "x")]
    public void What_is_missing_or_wrong_is_named_by_its_option(string words, params string[] options) =>
        Assert.Contains(words, Tool.Refuses(Tool.Run(["import", Gru, .. options])), StringComparison.Ordinal);

    [Theory]
    [InlineData("model.h5")]
    [InlineData("model")]
    [InlineData("model.csv")]
    public void A_kind_of_file_that_is_not_known_is_refused_with_those_that_are(string name) => Assert.Contains(
        ".safetensors, .pt", Tool.Refuses(Tool.Run("import", _workspace.Path(name), "--readout", "last")), StringComparison.Ordinal);

    [Fact]
    public void A_file_is_not_written_over_the_one_that_is_read()
    {
        string model = _workspace.Model();
        byte[] before = File.ReadAllBytes(model);
        Assert.Contains("the model itself", Tool.Refuses(Tool.Run("export", model, model)), StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(model));
        string copy = _workspace.Path("plain.safetensors");
        File.Copy(Path.Combine(Fixtures, "plain.safetensors"), copy);
        Assert.Contains("the file that is imported", Tool.Refuses(Tool.Run("import", copy, "--readout", "last", "--out", copy)),
            StringComparison.Ordinal);
        Assert.Contains("needs no import", Tool.Refuses(Tool.Run("import", model, "--readout", "last")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_trained_model_is_exported_with_a_warning_about_its_scale()
    {
        string model = _workspace.Model(), file = _workspace.Path("state.safetensors");
        ToolRun run = Tool.Run("export", model, file, "--json");
        Assert.Equal(0, run.Status);
        Assert.Contains("standardises its inputs", Assert.Single(run.ErrorLines), StringComparison.Ordinal);
        JsonElement json = JsonDocument.Parse(run.Output).RootElement;
        Assert.Equal("rnn.weight_ih_l0", json.GetProperty("tensors")[0].GetProperty("name").GetString());
        Assert.Equal("rnn = nn.RNN(1, 4, nonlinearity='tanh', batch_first=True)", json.GetProperty("definition")[0].GetString());
    }

    [Fact]
    public void A_model_that_PyTorch_has_no_module_for_is_refused_and_nothing_is_written()
    {
        string model = _workspace.Path("lru.safetensors"), file = _workspace.Path("state.safetensors");
        Assert.Equal(0, Tool.Run(Workspace.TrainArgs(_workspace.Train, "--cell", "lru", "--out", model, "--json")).Status);
        Assert.Contains("cell is lru", Tool.Refuses(Tool.Run("export", model, file)), StringComparison.Ordinal);
        Assert.False(File.Exists(file));
        Assert.Contains("must end with .safetensors or .onnx", Tool.Refuses(Tool.Run("export", model, _workspace.Path("x.pt"))),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Names_with_control_characters_have_no_effect_on_a_terminal()
    {
        string file = _workspace.Path("bad.safetensors");
        byte[] bytes = File.ReadAllBytes(Path.Combine(Fixtures, "plain.safetensors"));
        int at = bytes.AsSpan().IndexOf("linear.weight"u8);
        "\\u001b[2"u8.CopyTo(bytes.AsSpan(at)); // the same length as a part of the name
        File.WriteAllBytes(file, bytes);
        foreach (bool isRich in (bool[])[false, true])
        {
            ToolRun run = Tool.Run(new ToolSurroundings { Rich = isRich }, "import", file, "--readout", "last");
            Assert.DoesNotContain("\u001b[2", run.Output + run.Error, StringComparison.Ordinal);
        }
    }
}
