namespace Elman.Onnx.Export.Layers;

/// <summary>Delay lines: a causal convolution of nine taps for each unit, each with its own distance between taps.</summary>
internal static class DelayExport
{
    private const int Taps = 9;

    /// <summary>Writes a direction.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="direction">The name of the direction's weights.</param>
    /// <param name="inputs">The inputs, <c>[T, B, I]</c>, in the order of the direction.</param>
    /// <returns>The outputs, <c>[T, B, H]</c>.</returns>
    public static Value Write(LayerWriter layer, string direction, Value inputs)
    {
        Graph graph = layer.Graph;
        MemberWriter writer = layer.Writer;
        int units = layer.Units;
        int reach = (Taps - 1) * (int)writer.WeightsOf($"{direction}.dilations").ToArray().Max();
        Value u = graph.Product(inputs, writer.Weights($"{direction}.wx"));
        Value padded = WithEarlier(layer, direction, u, reach, units); // [reach + T, B, H]
        Value steps = graph.Unsqueeze(
            graph.Range(graph.Scalar((long)reach), graph.Add(graph.Squeeze(graph.Length(inputs, 0), 0), graph.Scalar((long)reach))), 1);
        Value dilations = graph.ToInteger(writer.Weights($"{direction}.dilations"));
        Value[] taps = graph.Split(writer.Weights($"{direction}.taps"), 0, Taps, 1); // [1, H] each
        Value shape = graph.Shape(u), sum = writer.Weights($"{direction}.b");
        for (int j = 0; j < Taps; j++)
        {
            Value places = graph.Subtract(steps, graph.Multiply(dilations, graph.Scalar((long)j))); // [T, H]
            Value delayed = graph.GatherElements(padded, graph.Expand(graph.Unsqueeze(places, 1), shape), 0);
            sum = graph.Add(sum, graph.Multiply(taps[j], delayed));
        }
        return sum;
    }

    /// <summary>Puts the values before the first step before the others: zeros, or on a stream those of earlier steps.</summary>
    private static Value WithEarlier(LayerWriter layer, string direction, Value u, int reach, int units)
    {
        Graph graph = layer.Graph;
        if (layer.Writer.States is not { } states)
            return graph.Node("Pad", [u, graph.List(reach, 0, 0, 0, 0, 0)]);
        string name = $"{direction}.u";
        Value before = states.Before(name, reach * units); // oldest first
        Value now = graph.Squeeze(u, 0), all = graph.Join(1, before, now);
        states.After(name, before, graph.Slice(all, 1, units, long.MaxValue), reach * units);
        return graph.Transpose(graph.Reshape(all, 0, reach + 1, units), 1, 0, 2);
    }
}
