namespace Elman.Onnx.Export.Layers;

/// <summary>Oscillators: one or two complex poles in series, and optionally a mix of 16 neighbouring units.</summary>
/// <param name="layer">The layer.</param>
/// <param name="direction">The name of the direction's weights.</param>
internal sealed class OscillatorExport(LayerWriter layer, string direction) : StepCell(layer, direction)
{
    /// <summary>The number of units that are mixed.</summary>
    private const int Block = 16;

    private Value[] _diagonal = []; // Re λ, Im λ, Re μ, Im μ, Re c, Im c

    public override (string Name, int Width)[] States =>
        [("s.real", Units), ("s.imaginary", Units), ("r.real", Units), ("r.imaginary", Units)];

    public override int[] Read => [2, 3];

    public override Value[] Prepare(Value inputs)
    {
        _diagonal = Vectors("u", 6);
        return [InputProduct(inputs)];
    }

    public override Value[] Step(Graph graph, Value[] before, Value[] step)
    {
        (Value re, Value im) = Turn(graph, _diagonal[0], _diagonal[1], before[0], before[1]);
        re = graph.Add(re, step[0]);
        (Value secondRe, Value secondIm) = Turn(graph, _diagonal[2], _diagonal[3], before[2], before[3]);
        return [re, im, graph.Add(secondRe, re), graph.Add(secondIm, im)];
    }

    public override Value Outputs(Value[] states, Value inputs)
    {
        Value z = Graph.Subtract(Graph.Multiply(_diagonal[4], states[0]), Graph.Multiply(_diagonal[5], states[1]));
        return Layer.Writer.Spec.Cell is OscillatorOptions { Mix: true } ? Mixed(z) : z;
    }

    /// <summary>The product with a complex number.</summary>
    private static (Value Re, Value Im) Turn(Graph graph, Value cos, Value sin, Value re, Value im) => (
        graph.Subtract(graph.Multiply(cos, re), graph.Multiply(sin, im)),
        graph.Add(graph.Multiply(cos, im), graph.Multiply(sin, re)));

    private Value Mixed(Value z)
    {
        int blocks = (Units + Block - 1) / Block, padding = (blocks * Block) - Units;
        Value weights = Padded(Weights("mix"), [0, 0, 0, padding]);
        weights = Graph.Transpose(Graph.Reshape(weights, Block, blocks, Block), 1, 0, 2); // [blocks, from, to]
        Value ofBlocks = Graph.Reshape(Padded(z, [0, 0, 0, 0, 0, padding]), 0, 0, blocks, 1, Block);
        Value mixed = Graph.Reshape(Graph.Product(ofBlocks, weights), 0, 0, blocks * Block);
        return padding == 0 ? mixed : Graph.Slice(mixed, 2, 0, Units);

        Value Padded(Value a, long[] pads) => padding == 0 ? a : Graph.Node("Pad", [a, Graph.List(pads)]);
    }
}
