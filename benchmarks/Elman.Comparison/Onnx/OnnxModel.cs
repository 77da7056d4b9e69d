using Elman.Comparison.Problems;

namespace Elman.Comparison.Onnx;

/// <summary>
/// Converts the model of a problem to ONNX: an RNN, GRU or LSTM operator with the same weights, and gates in the order of ONNX.
/// </summary>
internal static class OnnxModel
{
    /// <summary>
    /// Returns a classifier: inputs <c>x</c>, <c>[T, B, I]</c> → recurrent layer → last output → linear layer → <c>logits</c>,
    /// <c>[1, B, C]</c>.
    /// </summary>
    public static byte[] Classifier(Problem problem)
    {
        Shape shape = problem.Shape;
        var graph = new OnnxGraph();
        graph.Input("x", shape.Steps, shape.Batch, shape.Inputs);
        Layer(graph, problem, states: []);
        graph.Weight("v", problem.Weights.V, shape.Hidden, Shape.Classes);
        graph.Weight("c", problem.Weights.C, Shape.Classes);
        graph.Node("MatMul", ["h'", "v"], ["scores"]);
        graph.Node("Add", ["scores", "c"], ["logits"]);
        graph.Output("logits", 1, shape.Batch, Shape.Classes);
        return graph.ToBytes();
    }

    /// <summary>
    /// Returns a model of one step of one sequence: from <c>x</c>, <c>[1, 1, I]</c>, and the states <c>h</c> (and <c>c</c>),
    /// <c>[1, 1, H]</c>, to the states <c>h'</c> (and <c>c'</c>).
    /// </summary>
    public static byte[] Step(Problem problem)
    {
        Shape shape = problem.Shape;
        var graph = new OnnxGraph();
        graph.Input("x", 1, 1, shape.Inputs);
        string[] states = States(problem.Cell);
        Layer(graph, problem, states);
        foreach (string state in states)
        {
            graph.Input(state, 1, 1, shape.Hidden);
            graph.Output($"{state}'", 1, 1, shape.Hidden);
        }
        return graph.ToBytes();
    }

    /// <summary>Returns the names of a cell's states, the output first.</summary>
    public static string[] States(Cell cell) => cell == Cell.Lstm ? ["h", "c"] : ["h"];

    private static void Layer(OnnxGraph graph, Problem problem, string[] states)
    {
        Cell cell = problem.Cell;
        Weights<float> weights = problem.Weights;
        int hidden = problem.Shape.Hidden, gates = cell.Gates * hidden;
        int[] order = GateOrder(cell);
        graph.Weight("wx", Gates(weights.Wx, problem.Shape.Inputs, order), 1, gates, problem.Shape.Inputs);
        graph.Weight("wh", Gates(weights.Wh, hidden, order), 1, gates, hidden);

        // There are two biases, one of the input product and one of the recurrent product. The last gate of a GRU, which is also last in
        // ONNX, has both; all other biases are in the first one.
        float[] extra = weights.B[gates..];
        graph.Weight(
            "b", [.. Matrix.Reorder<float>(weights.B.AsSpan(0, gates), order), .. new float[gates - extra.Length], .. extra], 1, 2 * gates);

        string[] inputs = ["x", "wx", "wh", "b", "", .. states];
        string[] outputs = ["", "h'", .. states.Skip(1).Select(state => $"{state}'")];
        (string, long)[] attributes = cell == Cell.Gru ? [("hidden_size", hidden), ("linear_before_reset", 1)] : [("hidden_size", hidden)];
        graph.Node(cell.Name.ToUpperInvariant(), states is [] ? inputs[..4] : inputs, outputs, attributes);
    }

    /// <summary>Returns the position in Elman of each gate of ONNX: GRU z, r, h; LSTM i, o, f, c.</summary>
    private static int[] GateOrder(Cell cell) => cell.Name switch
    {
        "gru" => [1, 0, 2],
        "lstm" => [0, 3, 1, 2],
        _ => [0],
    };

    /// <summary>Transposes <c>[in, G·H]</c> to <c>[G·H, in]</c>, with the gates in the order of ONNX.</summary>
    private static float[] Gates(float[] matrix, int rows, int[] order) =>
        Matrix.Reorder<float>(Matrix.Transpose<float>(matrix, rows), order);
}
