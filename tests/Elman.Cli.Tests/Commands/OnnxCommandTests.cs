using System.Runtime.InteropServices;
using System.Text.Json;
using Elman.Tests;

namespace Elman.Cli.Tests.Commands;

/// <summary>ONNX graphs and Keras models in <c>elman import</c> and <c>elman export</c>.</summary>
public sealed class OnnxCommandTests : IDisposable
{
    private readonly Workspace _workspace = new();

    /// <summary>The native library, which the tests of Elman.Onnx have beside them once they are built.</summary>
    private static string? Library => Directory
        .EnumerateFiles(Path.Combine(Repository.Root, "tests/Elman.Onnx.Tests"), "*onnxruntime.so", SearchOption.AllDirectories)
        .FirstOrDefault(file => file.Contains(RuntimeInformation.RuntimeIdentifier, StringComparison.Ordinal));

    private static string Graph => Path.Combine(Repository.Root, "tests/Elman.Onnx.Tests/Fixtures/keras-bigru-softmax.onnx");

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public void A_model_comes_back_byte_for_byte()
    {
        string model = _workspace.Model(), graph = _workspace.Path("m.onnx"), back = _workspace.Path("back.safetensors");
        ToolRun run = Tool.Run("export", model, graph);
        Assert.Equal(("", 0), (run.Error, run.Status));
        Assert.Contains("Opset 22, whole sequences.", run.Output, StringComparison.Ordinal);
        Assert.Contains($"Wrote {model} to {graph} for ONNX", run.Output, StringComparison.Ordinal);
        run = Tool.Run("import", graph, "--out", back);
        Assert.Equal(("", 0), (run.Error, run.Status));
        Assert.Contains("the same, bit for bit", run.Output, StringComparison.Ordinal);
        Assert.Equal(File.ReadAllBytes(model), File.ReadAllBytes(back));
    }

    [Theory]
    [InlineData]
    [InlineData("--streaming")]
    public void An_export_is_compared_with_the_model_on_random_sequences_and_on_data(params string[] options)
    {
        Assert.SkipWhen(Library is null, "There is no ONNX Runtime for this platform beside the tests.");
        string model = _workspace.Model(), graph = _workspace.Path("m.onnx");
        ToolRun run = Tool.Run(["export", model, graph, "--onnxruntime", Library!, "--check", _workspace.Train, "--json", .. options]);
        Assert.Equal(("", 0), (run.Error, run.Status));
        JsonElement json = JsonDocument.Parse(run.Output).RootElement;
        Assert.Equal("ONNX", json.GetProperty("format").GetString());
        Assert.Matches(@"^ONNX Runtime [0-9.]+, \d+ sequences: largest difference \d", json.GetProperty("notes")[1].GetString()!);
    }

    [Theory]
    [InlineData("Opset is 5; it may be 17 to 22", "--opset", "5")]
    [InlineData("--check needs ONNX Runtime", "--check", "TRAIN")]
    [InlineData("which is not the native library", "--onnxruntime", "TRAIN")]
    [InlineData("add --check DATA", "--label-column", "none")]
    public void What_is_wrong_with_an_export_is_named(string words, params string[] options)
    {
        string[] given = [.. options.Select(option => option == "TRAIN" ? _workspace.Train : option)];
        Assert.Contains(words, Tool.Refuses(Tool.Run(["export", _workspace.Model(), _workspace.Path("m.onnx"), .. given])),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--opset", "17")]
    [InlineData("--streaming")]
    public void Options_of_ONNX_are_refused_for_PyTorch(params string[] options) => Assert.Contains(
        "is for .onnx files", Tool.Refuses(Tool.Run(["export", _workspace.Model(), _workspace.Path("state.safetensors"), .. options])),
        StringComparison.Ordinal);

    [Fact]
    public void A_graph_of_another_exporter_is_imported()
    {
        string model = _workspace.Path("m.safetensors");
        ToolRun run = Tool.Run("import", Graph, "--classes", "a,b,c", "--out", model);
        Assert.Equal(("", 0), (run.Error, run.Status));
        Assert.Contains("gru, 4 units in each direction", run.Output, StringComparison.Ordinal);
        Assert.Contains("a, b, c", Tool.Run("info", model).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--readout is for PyTorch", "--readout", "last")]
    [InlineData("--activation is for PyTorch", "--activation", "relu")]
    [InlineData("--modules is for PyTorch", "--modules", "a")]
    [InlineData("--task is forecast", "--task", "forecast")]
    public void What_a_graph_says_itself_is_refused(string words, params string[] options) => Assert.Contains(
        words, Tool.Refuses(Tool.Run(["import", Graph, .. options])), StringComparison.Ordinal);

    [Fact]
    public void A_model_of_Keras_is_imported_with_notes()
    {
        string folder = _workspace.Path("keras"), model = _workspace.Path("m.safetensors");
        System.IO.Compression.ZipFile.ExtractToDirectory(
            Path.Combine(Repository.Root, "tests/Elman.Keras.Tests/Fixtures/keras_files.zip"), folder);
        string file = Directory.GetFiles(folder, "activation-layer.keras").Single();
        ToolRun run = Tool.Run("import", file, "--out", model);
        Assert.Equal(("", 0), (run.Error, run.Status));
        Assert.Contains("rnn.0.wx, of lstm", run.Output, StringComparison.Ordinal);
        Assert.True(File.Exists(model));
        Assert.Contains("--task may be classify or regress", Tool.Refuses(Tool.Run("import", file, "--task", "tag")),
            StringComparison.Ordinal);
        Assert.Contains("--readout is for PyTorch", Tool.Refuses(Tool.Run("import", file, "--readout", "last")), StringComparison.Ordinal);
    }
}
