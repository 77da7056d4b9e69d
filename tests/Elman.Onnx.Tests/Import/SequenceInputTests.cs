using Elman.Onnx.Protocol;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Elman.Onnx.Tests.Import;

/// <summary>Inputs other than a tensor of numbers: symbols, lengths of sequences, other layouts.</summary>
public class SequenceInputTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Symbols_are_looked_up_in_an_embedding(bool isCast)
    {
        var graph = new TestGraph([-1, -1]);
        graph.Model.Graph.Input.Clear();
        graph.AddInput("x", 7, [-1, -1]);
        string symbols = isCast ? graph.Node("Cast", ["x"], ("to", 6)) : "x";
        string vectors = graph.Node("Gather", [graph.Random(1, 7, 5), symbols]);
        string state = graph.Squeeze(graph.Layer("LSTM", graph.TimeFirst(vectors), 5, 4)[1], 0);
        byte[] bytes = graph.Bytes(graph.Classes(state, 4));
        using SequenceEstimator model = OnnxFile.Load(new MemoryStream(bytes)).Model;
        using var session = new InferenceSession(bytes);
        long[] text = [6, 0, 3, 3, 1];
        using IDisposableReadOnlyCollection<DisposableNamedOnnxValue> results = session.Run(
            [NamedOnnxValue.CreateFromTensor("x", new DenseTensor<long>(text, [1, 5]))]);
        Oracle.Compare([.. results[0].AsTensor<float>()], Oracle.Predict(model, [.. text.Select(symbol => (float)symbol)], 1));
        Assert.Throws<ArgumentException>(() => Oracle.Predict(model, [7], 1)); // there are 7 symbols, from 0
    }

    [Fact]
    public void A_single_channel_may_lack_its_axis()
    {
        var graph = new TestGraph([-1, -1]);
        string x = graph.Node("Unsqueeze", ["x", graph.Integers(2)]);
        string state = graph.Squeeze(graph.Layer("RNN", graph.TimeFirst(x), 1, 4)[1], 0);
        byte[] bytes = graph.Bytes(graph.Classes(state, 4));
        using SequenceEstimator model = OnnxFile.Load(new MemoryStream(bytes)).Model;
        using var session = new InferenceSession(bytes);
        float[] values = [0.5f, -1, 2, 0.25f];
        Oracle.Compare(Oracle.Run(session, values, [1, 4]), Oracle.Predict(model, values, 1));
    }

    [Fact]
    public void The_number_of_channels_may_be_open()
    {
        var graph = new TestGraph([-1, -1, -1]);
        string state = graph.Squeeze(graph.Layer("LSTM", graph.TimeFirst("x"), 3, 4)[1], 0);
        Oracle.Agrees(graph.Bytes(graph.Classes(state, 4)), 3);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_padded_batch_with_lengths_gives_what_each_sequence_alone_does(bool isBidirectional)
    {
        var graph = new TestGraph([-1, -1, 2]);
        graph.AddInput("lengths", 6, [-1]);
        int directions = isBidirectional ? 2 : 1;
        string[] outputs = graph.Layer("GRU", graph.TimeFirst("x"), 2, 4, isBidirectional ? "bidirectional" : "forward", "lengths");
        string state = graph.Node("Reshape", [graph.TimeFirst(outputs[1]), graph.Integers(0, 4 * directions)]);
        byte[] bytes = graph.Bytes(graph.Classes(state, 4 * directions));
        OnnxImport import = OnnxFile.Load(new MemoryStream(bytes), new() { LinearBeforeReset = false });
        Assert.Contains("'lengths'", Assert.Single(import.Warnings), StringComparison.Ordinal);
        var random = new SeededRandom(3);
        float[] values = [.. Enumerable.Range(0, 3 * 6 * 2).Select(_ => (float)random.NextDouble())];
        int[] lengths = [6, 1, 4];
        using var session = new InferenceSession(bytes);
        using IDisposableReadOnlyCollection<DisposableNamedOnnxValue> results = session.Run(
        [
            NamedOnnxValue.CreateFromTensor("x", new DenseTensor<float>(values, [3, 6, 2])),
            NamedOnnxValue.CreateFromTensor("lengths", new DenseTensor<int>(lengths, [3])),
        ]);
        Oracle.Compare(
            [.. results[0].AsTensor<float>()],
            [.. lengths.SelectMany((length, s) => Oracle.Predict(import.Model, values[(s * 12)..((s * 12) + (length * 2))], 2))]);
    }

    /// <summary>ONNX Runtime refuses the layout 1, so the same weights are compared in both.</summary>
    [Fact]
    public void The_layout_with_sequences_first_is_the_other_transposed()
    {
        float[] values = [1, 2, -1, 0.5f, 3, -2];
        float[][] answers = [.. new[] { 0, 1 }.Select(layout =>
        {
            var graph = new TestGraph([-1, -1, 2]);
            string x = layout == 1 ? "x" : graph.TimeFirst("x");
            string w = graph.Random(1, 2, 16, 2), r = graph.Random(1, 2, 16, 4), b = graph.Random(1, 2, 32);
            string[] outputs = graph.Nodes("LSTM", [x, w, r, b], 2, ("hidden_size", 4), ("direction", "bidirectional"), ("layout", layout));
            string y = layout == 1 ? outputs[0] : graph.Node("Transpose", [outputs[0]], ("perm", new long[] { 2, 0, 1, 3 }));
            string side = graph.Node("Reshape", [y, graph.Integers(0, 0, 8)]);
            string h = layout == 1 ? outputs[1] : graph.TimeFirst(outputs[1]);
            string output = graph.Classes(graph.Node("Flatten", [h], ("axis", 1)), 8);
            string every = graph.Classes(side, 8);
            using SequenceEstimator tagger = OnnxFile.Load(new MemoryStream(graph.Bytes(every))).Model;
            using SequenceEstimator classifier = OnnxFile.Load(new MemoryStream(graph.Bytes(output))).Model;
            return (float[])[.. Oracle.Predict(tagger, values, 2), .. Oracle.Predict(classifier, values, 2)];
        })];
        Assert.Equal(answers[0], answers[1]);
    }

    [Fact]
    public void Tensors_that_are_listed_as_inputs_are_none()
    {
        var graph = new TestGraph([-1, -1, 2]);
        string state = graph.Squeeze(graph.Layer("LSTM", graph.TimeFirst("x"), 2, 4)[1], 0);
        string output = graph.Classes(state, 4);
        foreach (TensorProto tensor in graph.Model.Graph.Initializer.ToArray())
            graph.AddInput(tensor.Name, tensor.DataType, [.. tensor.Dims]);
        Oracle.Agrees(graph.Bytes(output), 2);
    }
}
