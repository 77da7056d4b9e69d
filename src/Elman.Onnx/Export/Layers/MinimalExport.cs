namespace Elman.Onnx.Export.Layers;

/// <summary>Cells whose gates depend on the inputs alone: <c>mingru</c>, <c>minlstm</c> and <c>sum</c>.</summary>
/// <param name="layer">The layer.</param>
/// <param name="direction">The name of the direction's weights.</param>
internal sealed class MinimalExport(LayerWriter layer, string direction) : StepCell(layer, direction)
{
    /// <summary>Where both gates of a <c>minlstm</c> are below this, only their difference counts: see <c>MinLstmCell</c>.</summary>
    private const float LeastGate = -20;

    public override (string Name, int Width)[] States => [("h", Units)];

    /// <remarks>The share of the state that is kept and the candidate; of a sum, the summand.</remarks>
    public override Value[] Prepare(Value inputs)
    {
        Value gates = InputProduct(inputs);
        switch (Layer.Writer.Spec.Cell)
        {
            case MinGruOptions:
                Value[] ofGru = Gates(Graph, gates, 2);
                return [Graph.Subtract(Graph.Scalar(1f), Graph.Sigmoid(ofGru[0])), ofGru[1]];
            case MinLstmOptions:
                Value[] ofLstm = Gates(Graph, gates, 3);
                return [Kept(ofLstm[0], ofLstm[1]), ofLstm[2]];
            default:
                return [gates];
        }
    }

    public override Value[] Step(Graph graph, Value[] before, Value[] step) => step is [Value kept, Value candidate]
        ? [graph.Add(candidate, graph.Multiply(kept, graph.Subtract(before[0], candidate)))]
        : [graph.Add(before[0], step[0])];

    private Value Kept(Value keep, Value write)
    {
        Value greater = Graph.Maximum(keep, write), limit = Graph.Scalar(LeastGate);
        Value shift = Graph.Minimum(Graph.Subtract(greater, limit), Graph.Scalar(0f)), top = Graph.Maximum(greater, limit);
        Value f = Graph.Sigmoid(Graph.Minimum(Graph.Subtract(keep, shift), top));
        Value i = Graph.Sigmoid(Graph.Minimum(Graph.Subtract(write, shift), top));
        return Graph.Divide(f, Graph.Add(f, i));
    }
}
