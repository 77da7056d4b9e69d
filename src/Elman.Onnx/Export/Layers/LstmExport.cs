namespace Elman.Onnx.Export.Layers;

/// <summary>
/// Long short-term memory, where no operator computes it: with coupled gates, projection, gate clip, layer normalisation or zoneout.
/// </summary>
/// <remarks>With a projection the first state is m = o∘h(c), and the output its projection.</remarks>
/// <param name="layer">The layer.</param>
/// <param name="direction">The name of the direction's weights.</param>
internal sealed class LstmExport(LayerWriter layer, string direction) : StepCell(layer, direction)
{
    private readonly LstmOptions _cell = (LstmOptions)layer.Writer.Spec.Cell;
    private Value _recurrent, _projection;
    private Value[] _gains = [], _biases = [], _peepholes = [];

    public override (string Name, int Width)[] States => [(_cell.Projection > 0 ? "m" : "h", Units), ("c", Units)];

    private int GateCount => _cell.CoupledGates ? 3 : 4;

    public override Value[] Prepare(Value inputs)
    {
        _recurrent = Weights("wh");
        _projection = _cell.Projection > 0 ? Weights("wr") : Value.None;
        _biases = Vectors("b", GateCount);
        _gains = _cell.LayerNorm ? Vectors("norm", GateCount) : [];
        _peepholes = _cell.Peepholes ? Vectors("p", GateCount - 1) : [];
        return [Graph.Product(inputs, Weights("wx"))];
    }

    // Gates i, f, g, o; with coupled gates i, g, o. Peepholes of i, f, o or i, o.
    public override Value[] Step(Graph graph, Value[] before, Value[] step)
    {
        (Value h, Value c) = (before[0], before[1]);
        if (_cell.Projection > 0)
            h = graph.Product(h, _projection);
        Value[] sums = Gates(graph, graph.Add(step[0], graph.Product(h, _recurrent)), GateCount);
        Value i = Gate(0, c, 0);
        Value f = _cell.CoupledGates ? graph.Subtract(graph.Scalar(1f), i) : Gate(1, c, 1);
        Value g = ActivationExport.Apply(graph, _cell.CandidateActivation, Limited(Finish(GateCount - 2)));
        Value memory = graph.Add(graph.Multiply(f, c), graph.Multiply(i, g));
        Value o = Gate(GateCount - 1, memory, GateCount - 2);
        return [graph.Multiply(o, ActivationExport.Apply(graph, _cell.OutputActivation, memory)), memory];

        Value Gate(int gate, Value seen, int peephole)
        {
            Value a = Finish(gate);
            if (_cell.Peepholes)
                a = graph.Add(a, graph.Multiply(seen, _peepholes[peephole]));
            return ActivationExport.Apply(graph, _cell.GateActivation, Limited(a));
        }

        Value Finish(int gate) => _cell.LayerNorm
            ? Normalize(graph, sums[gate], _gains[gate], _biases[gate])
            : graph.Add(sums[gate], _biases[gate]);

        Value Limited(Value a)
        {
            if (!double.IsFinite(_cell.GateClip))
                return a;
            Value limit = graph.Scalar((float)_cell.GateClip);
            return graph.Maximum(graph.Minimum(a, limit), graph.Scalar(-(float)_cell.GateClip));
        }
    }

    public override Value Outputs(Value[] states, Value inputs) =>
        _cell.Projection > 0 ? Graph.Product(states[0], _projection) : states[0];
}
