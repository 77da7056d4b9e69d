namespace Elman.Onnx.Export.Layers;

/// <summary>The linear recurrent unit: its complex recurrence, then a gated linear unit, normalisation and skip connection.</summary>
/// <param name="layer">The layer.</param>
/// <param name="direction">The name of the direction's weights.</param>
internal sealed class LruExport(LayerWriter layer, string direction) : StepCell(layer, direction)
{
    private Value _real, _imaginary;

    public override (string Name, int Width)[] States => [("real", Units), ("imaginary", Units)];

    public override int[] Read => [0, 1];

    // λ = exp(−e^ν + i·e^θ), in double: its error is multiplied by the number of steps.
    public override Value[] Prepare(Value inputs)
    {
        Value modulus = Graph.Minimum(
            Graph.Exp(Graph.Negate(Graph.Exp(Graph.ToDouble(Weights("nu"))))), Graph.Scalar(1 - Math.ScaleB(1, -24)));
        Value angle = Graph.Exp(Graph.ToDouble(Weights("theta")));
        _real = Graph.ToFloat(Graph.Multiply(modulus, Graph.Node("Cos", [angle])));
        _imaginary = Graph.ToFloat(Graph.Multiply(modulus, Graph.Node("Sin", [angle])));
        Value gamma = Graph.ToFloat(Graph.Exp(Graph.ToDouble(Weights("gamma"))));
        return [.. Gates(Graph, InputProduct(inputs), 2).Select(part => Graph.Multiply(part, gamma))];
    }

    public override Value[] Step(Graph graph, Value[] before, Value[] step) =>
    [
        graph.Add(
            graph.Subtract(graph.Multiply(_real, before[0]), graph.Multiply(_imaginary, before[1])), step[0]),
        graph.Add(
            graph.Add(graph.Multiply(_real, before[1]), graph.Multiply(_imaginary, before[0])), step[1]),
    ];

    public override Value Outputs(Value[] states, Value inputs)
    {
        Value s = Graph.Join(-1, states);
        Value gated = Graph.Multiply(Dense(s, "value"), Graph.Sigmoid(Dense(s, "gate")));
        Value normalized = Graph.Node(
            "LayerNormalization", [gated, Weights("norm.gain")], OnnxFormat.Attribute("axis", -1), OnnxFormat.Number("epsilon", Epsilon));
        return Graph.Add(normalized, Layer.Steps.Width == Units ? inputs : Dense(inputs, "skip"));
    }

    private Value Dense(Value x, string name) => Graph.Add(Graph.Product(x, Weights($"{name}.w")), Weights($"{name}.b"));
}
