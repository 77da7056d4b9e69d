namespace Elman.Onnx.Tests.Import;

/// <summary>GRUs of PyTorch whose exporter left out <c>linear_before_reset</c>.</summary>
public class GruResetTests
{
    [Theory]
    [InlineData("test", "tensor", true, true, "two different biases")]
    [InlineData("pytorch", "tensor", false, true, "'pytorch'")]
    [InlineData("test", "rnn.weight_hh_l0", false, true, "'rnn.weight_hh_l0'")]
    [InlineData("test", "tensor", false, false, null)]
    [InlineData("keras", "tensor", true, false, null)]
    public void A_graph_that_looks_like_the_fault_is_imported_with_a_warning(
        string producer, string weights, bool hasStateBias, bool hasInputBias, string? warned)
    {
        byte[] bytes = Graph(producer, weights, hasStateBias, hasInputBias, isAfter: false);
        IReadOnlyList<string> warnings = Oracle.Agrees(bytes, 2).Warnings;
        if (warned is null)
            Assert.Empty(warnings);
        else
            Assert.Contains(warned, Assert.Single(warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void The_option_that_the_warning_names_corrects_it()
    {
        byte[] wrong = Graph("pytorch", "w", true, true, isAfter: false), right = Graph("pytorch", "w", true, true, isAfter: true);
        OnnxImport corrected = OnnxFile.Load(new MemoryStream(wrong), new() { LinearBeforeReset = true });
        Assert.Empty(corrected.Warnings);
        float[] values = [1, 2, -1, 3, 0.5f, 1];
        Assert.Equal(Oracle.Predict(Oracle.Agrees(right, 2).Model, values, 2), Oracle.Predict(corrected.Model, values, 2));
        Assert.NotEqual(
            Oracle.Predict(OnnxFile.Load(new MemoryStream(wrong)).Model, values, 2), Oracle.Predict(corrected.Model, values, 2));
    }

    private static byte[] Graph(string producer, string weights, bool hasStateBias, bool hasInputBias, bool isAfter)
    {
        var graph = new TestGraph([-1, -1, 2]);
        graph.Model.ProducerName = producer;
        var random = new SeededRandom(5);
        float[] bias = [.. Enumerable.Range(0, 24).Select(i => (i < 12 ? hasInputBias : hasStateBias) ? (float)random.NextDouble() : 0)];
        string w = graph.Random(1, 1, 12, 2), r = graph.Random(1, 1, 12, 4), b = graph.Floats(bias, 1, 24);
        graph.Model.Graph.Initializer.Single(tensor => tensor.Name == r).Name = weights;
        string[] outputs = graph.Nodes("GRU", [graph.TimeFirst("x"), w, weights, b], 2, ("hidden_size", 4),
            ("linear_before_reset", isAfter ? 1 : 0));
        return graph.Bytes(graph.Classes(graph.Squeeze(outputs[1], 0), 4));
    }
}
