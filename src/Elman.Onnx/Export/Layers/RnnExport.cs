namespace Elman.Onnx.Export.Layers;

/// <summary>Units with one activation: <c>rnn</c>, <c>indrnn</c> and <c>esn</c>.</summary>
/// <param name="layer">The layer.</param>
/// <param name="direction">The name of the direction's weights.</param>
internal sealed class RnnExport(LayerWriter layer, string direction) : StepCell(layer, direction)
{
    private readonly CellOptions _cell = layer.Writer.Spec.Cell;
    private Value _recurrent, _gain, _shift;

    public override (string Name, int Width)[] States => [("h", Units)];

    public override Value[] Prepare(Value inputs)
    {
        _recurrent = Weights(_cell is IndRnnOptions ? "u" : "wh");
        if (!_cell.NormalizesGates)
            return [InputProduct(inputs)];
        (_gain, _shift) = (Weights("norm"), Weights("b"));
        return [Graph.Product(inputs, Weights("wx"))];
    }

    public override Value[] Step(Graph graph, Value[] before, Value[] step)
    {
        Value product = _cell is IndRnnOptions ? graph.Multiply(before[0], _recurrent) : graph.Product(before[0], _recurrent);
        Value a = graph.Add(step[0], product);
        if (_cell.NormalizesGates)
            a = Normalize(graph, a, _gain, _shift);
        Value h = ActivationExport.Apply(graph, _cell.StateActivation!, a);
        if (_cell is EsnOptions { LeakRate: < 1 and var leak })
            h = graph.Add(
                graph.Multiply(graph.Scalar((float)(1 - leak)), before[0]), graph.Multiply(graph.Scalar((float)leak), h));
        return [h];
    }
}
