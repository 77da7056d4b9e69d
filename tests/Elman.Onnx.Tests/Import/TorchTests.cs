using System.Text.Json;
using Elman.Onnx.Protocol;
using Microsoft.ML.OnnxRuntime;

namespace Elman.Onnx.Tests.Import;

/// <summary>Graphs that <c>torch.onnx.export</c> wrote: see Fixtures/make_torch.py.</summary>
public class TorchTests
{
    public static TheoryData<string> Files =>
        [.. Directory.GetFiles(Folder, "torch-*.onnx").Select(path => Path.GetFileName(path)!).Order()];

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "Fixtures");

    [Fact]
    public void There_are_graphs_of_every_kind() => Assert.True(Files.Count > 20);

    [Theory]
    [MemberData(nameof(Files))]
    public void A_graph_of_PyTorch_becomes_a_model_with_the_same_predictions(string file)
    {
        string path = Path.Combine(Folder, file);
        bool isScores = file.Contains("-none", StringComparison.Ordinal), isBinary = file.Contains("-sigmoid", StringComparison.Ordinal);
        OnnxImport import = OnnxFile.Load(path);
        ModelProto model = ModelProto.Parser.ParseFrom(File.ReadAllBytes(path));
        float[][][] x = Read<float[][][]>(model, "x");
        float[][] y = Read<float[][]>(model, "y");
        for (int s = 0; s < x.Length; s++)
        {
            float[] expected = file.Contains("-scaled", StringComparison.Ordinal) ? [.. y[s].Select(MathF.Exp)] : y[s];
            float[] actual = Oracle.Predict(import.Model, [.. x[s].SelectMany(row => row)], 3);
            Oracle.Compare(isBinary ? [1 - expected[0], expected[0]] : expected, actual);
        }
        Assert.Equal(isScores, import.Model is SequenceRegressor);
        Assert.Equal(isScores, import.Warnings.Any(warning => warning.Contains("OnnxLoadOptions.Task", StringComparison.Ordinal)));
    }

    /// <summary>The oracle of the other tests, ONNX Runtime, against that of this one.</summary>
    [Theory]
    [InlineData("torch-gru-2-every-softmax.onnx")]
    [InlineData("torch-lstm-1-last-softmax.onnx")]
    public void ONNX_Runtime_computes_what_PyTorch_does(string file)
    {
        string path = Path.Combine(Folder, file);
        ModelProto model = ModelProto.Parser.ParseFrom(File.ReadAllBytes(path));
        using var session = new InferenceSession(path);
        float[][][] x = Read<float[][][]>(model, "x");
        float[][] y = Read<float[][]>(model, "y");
        bool isBatchFirst = model.Graph.Node.Any(node => node.OpType == "Transpose" && node.Input[0] == "x");
        for (int s = 0; s < x.Length; s++)
            Oracle.Compare(y[s], Oracle.Run(
                session, [.. x[s].SelectMany(row => row)], isBatchFirst ? [1, x[s].Length, 3] : [x[s].Length, 1, 3]));
    }

    private static T Read<T>(ModelProto model, string key) =>
        JsonSerializer.Deserialize<T>(model.MetadataProps.Single(entry => entry.Key == key).Value)!;
}
