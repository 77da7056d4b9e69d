namespace Elman.Onnx.Export.Layers;

/// <summary>The gated recurrent unit, where no operator computes it: with layer normalisation or zoneout.</summary>
/// <param name="layer">The layer.</param>
/// <param name="direction">The name of the direction's weights.</param>
internal sealed class GruExport(LayerWriter layer, string direction) : StepCell(layer, direction)
{
    private readonly GruOptions _cell = (GruOptions)layer.Writer.Spec.Cell;
    private Value[] _recurrent = [], _gains = [], _biases = []; // of r, z, n, and with the reset after the product of its part of n

    public override (string Name, int Width)[] States => [("h", Units)];

    private bool ResetsAfter => _cell.GruReset == GruReset.After;

    public override Value[] Prepare(Value inputs)
    {
        _recurrent = Graph.Split(Weights("wh"), 1, 3, Units);
        int parts = ResetsAfter ? 4 : 3;
        _biases = Vectors("b", parts);
        _gains = _cell.LayerNorm ? Vectors("norm", parts) : [];
        return Gates(Graph, Graph.Product(inputs, Weights("wx")), 3);
    }

    public override Value[] Step(Graph graph, Value[] before, Value[] step)
    {
        Value h = before[0];
        Value r = ActivationExport.Apply(graph, _cell.GateActivation, Finish(graph, 0, Sum(0)));
        Value z = ActivationExport.Apply(graph, _cell.GateActivation, Finish(graph, 1, Sum(1)));
        Value a = ResetsAfter
            ? graph.Add(
                Finish(graph, 2, step[2]), graph.Multiply(r, Finish(graph, 3, graph.Product(h, _recurrent[2]))))
            : Finish(graph, 2, graph.Add(step[2], graph.Product(graph.Multiply(r, h), _recurrent[2])));
        Value n = ActivationExport.Apply(graph, _cell.CandidateActivation, a);
        return [graph.Add(n, graph.Multiply(z, graph.Subtract(h, n)))];

        Value Sum(int gate) => graph.Add(step[gate], graph.Product(h, _recurrent[gate]));
    }

    private Value Finish(Graph graph, int part, Value a) =>
        _cell.LayerNorm ? Normalize(graph, a, _gains[part], _biases[part]) : graph.Add(a, _biases[part]);
}
