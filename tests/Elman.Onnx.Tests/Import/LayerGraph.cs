namespace Elman.Onnx.Tests.Import;

/// <summary>Adds recurrent layers to a test graph.</summary>
internal static class LayerGraph
{
    /// <summary>Adds a layer with random weights, and returns Y and Y_h.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="type">RNN, GRU or LSTM.</param>
    /// <param name="x">What it reads, [steps, sequences, values].</param>
    /// <param name="inputs">The number of values.</param>
    /// <param name="units">The number of units.</param>
    /// <param name="direction">forward, reverse or bidirectional.</param>
    /// <param name="further">Inputs after the biases.</param>
    public static string[] Layer(
        this TestGraph graph, string type, string x, int inputs, int units, string direction = "forward", params string[] further)
    {
        int gates = type switch { "RNN" => 1, "GRU" => 3, _ => 4 }, directions = direction == "bidirectional" ? 2 : 1;
        return graph.Nodes(
            type,
            [x, graph.Random(0.8, directions, gates * units, inputs), graph.Random(0.5, directions, gates * units, units),
                graph.Random(0.5, directions, 2 * gates * units), .. further],
            2,
            ("hidden_size", units), ("direction", direction));
    }

    /// <summary>Adds [batch, steps, values] to [steps, batch, values].</summary>
    public static string TimeFirst(this TestGraph graph, string x) => graph.Node("Transpose", [x], ("perm", new long[] { 1, 0, 2 }));

    /// <summary>Adds a linear layer and softmax.</summary>
    public static string Classes(this TestGraph graph, string features, int size, int classes = 3) =>
        graph.Node("Softmax", [graph.Scores(features, size, classes)], ("axis", -1));

    /// <summary>Adds a linear layer, by MatMul and Add.</summary>
    public static string Scores(this TestGraph graph, string features, int size, int classes = 3) =>
        graph.Node("Add", [graph.Node("MatMul", [features, graph.Random(1, size, classes)]), graph.Random(1, classes)]);

    /// <summary>Adds the removal of an axis.</summary>
    public static string Squeeze(this TestGraph graph, string x, int axis) => graph.Node("Squeeze", [x, graph.Integers(axis)]);
}
