using Microsoft.ML.OnnxRuntime;

namespace Elman.Onnx.Tests.Import;

/// <summary>Graphs in the patterns of Keras's exporters (see Fixtures/make_keras.py), compared with ONNX Runtime.</summary>
public class KerasTests
{
    private static string Folder => Path.Combine(AppContext.BaseDirectory, "Fixtures");

    [Theory]
    [InlineData("lstm-softmax")]
    [InlineData("gru-after-sigmoid")]
    [InlineData("gru-before-sigmoid")]
    [InlineData("bilstm-softmax")]
    [InlineData("bigru-softmax")]
    [InlineData("timedistributed-softmax")]
    [InlineData("simplernn-softmax")]
    public void A_graph_of_Keras_becomes_a_model_with_the_same_predictions(string file)
    {
        bool isBinary = file.EndsWith("sigmoid", StringComparison.Ordinal);
        OnnxImport import = Oracle.Agrees(
            File.ReadAllBytes(Path.Combine(Folder, $"keras-{file}.onnx")), 3, adapt: y => isBinary ? [1 - y[0], y[0]] : y);
        Assert.Empty(import.Warnings);
    }

    [Fact]
    public void An_embedding_of_Keras_takes_symbols()
    {
        string path = Path.Combine(Folder, "keras-embedding-mean-softmax.onnx");
        using SequenceEstimator model = OnnxFile.Load(path).Model;
        using var session = new InferenceSession(path);
        float[] symbols = [8, 0, 3, 3, 5, 1];
        Oracle.Compare(Oracle.Run(session, symbols, [1, 6]), Oracle.Predict(model, symbols, 1));
    }
}
