namespace Elman.Onnx.Export.Layers;

/// <summary>The stack of recurrent layers: cells, directions, residual connections.</summary>
internal static class StackExport
{
    /// <summary>Writes all layers.</summary>
    /// <param name="writer">The member.</param>
    /// <param name="steps">The inputs of the first layer.</param>
    /// <returns>The outputs of the last layer: at every step, and for the readout <c>last</c>.</returns>
    public static (StepsOfSequences Steps, Value Last) Write(MemberWriter writer, StepsOfSequences steps)
    {
        Value last = Value.None;
        for (int index = 0; index < writer.Spec.Layers.Count; index++)
        {
            writer.Begin(FormattableString.Invariant($"rnn.{index}"));
            var layer = new LayerWriter(writer, index, steps);
            IReadOnlyList<DirectionOutput> outputs = OperatorLayer.TryWrite(layer)
                ?? [.. layer.Directions.Select((direction, d) => Write(layer, direction, isReversed: d == 1))];
            Value merged = Merge(writer, [.. outputs.Select(output => output.Steps)], axis: 2);
            last = Merge(writer, [.. outputs.Select(output => output.Last)], axis: 1);
            int width = writer.Spec.WidthOf(index);
            if (writer.Spec.Residual && index > 0)
            {
                merged = writer.Graph.Add(merged, steps.Values);
                last = writer.Graph.Add(last, Skipped(writer, steps, width, layer.Width));
            }
            steps = steps.With(merged, width);
        }
        return (steps, last);
    }

    private static DirectionOutput Write(LayerWriter layer, string direction, bool isReversed)
    {
        Graph graph = layer.Graph;
        MemberWriter writer = layer.Writer;
        Value inputs = isReversed ? graph.ReverseSequence(layer.Steps.Values, layer.Steps.Lengths) : layer.Steps.Values;
        Value outputs = writer.Spec.Cell is DelaysOptions
            ? DelayExport.Write(layer, direction, inputs)
            : Recur(layer, direction, inputs);
        Value last = writer.Last(layer.Steps.With(outputs, layer.Width));
        return new(isReversed ? graph.ReverseSequence(outputs, layer.Steps.Lengths) : outputs, last);
    }

    private static Value Recur(LayerWriter layer, string direction, Value inputs)
    {
        MemberWriter writer = layer.Writer;
        StepCell cell = CellOf(layer, direction);
        Value[] prepared = cell.Prepare(inputs);
        if (writer.Spec is { Cell: SumOptions, Zoneout: 0 } && !writer.IsStreaming)
            return layer.Graph.CumulativeSum(prepared[0], 0);
        (string Name, int Width)[] states = [.. cell.States.Select(state => ($"{direction}.{state.Name}", state.Width))];
        Value[] read = writer.Recur(states, prepared, (graph, before, step) =>
        {
            Value[] after = cell.Step(graph, before, step);
            if (writer.Spec.Zoneout > 0)
                after = [.. after.Zip(before, (next, previous) => graph.Add(next, graph.Multiply(
                    graph.Scalar((float)writer.Spec.Zoneout), graph.Subtract(previous, next))))];
            return (after, [.. cell.Read.Select(state => after[state])]);
        });
        return cell.Outputs(read, inputs);
    }

    private static StepCell CellOf(LayerWriter layer, string direction) => layer.Writer.Spec.Cell switch
    {
        RnnOptions or IndRnnOptions or EsnOptions => new RnnExport(layer, direction),
        GruOptions => new GruExport(layer, direction),
        LstmOptions => new LstmExport(layer, direction),
        MinGruOptions or MinLstmOptions or SumOptions => new MinimalExport(layer, direction),
        LruOptions => new LruExport(layer, direction),
        OscillatorOptions => new OscillatorExport(layer, direction),
        CellOptions cell => throw new NotSupportedException($"the cell {Quoted(cell.Name)} is custom code"),
    };

    private static Value Merge(MemberWriter writer, Value[] directions, int axis)
    {
        Graph graph = writer.Graph;
        return directions.Length == 1 ? directions[0] : writer.Spec.Merge switch
        {
            DirectionMerge.Sum => graph.Add(directions[0], directions[1]),
            DirectionMerge.Mean => graph.Multiply(graph.Scalar(0.5f), graph.Add(directions[0], directions[1])),
            DirectionMerge.Product => graph.Multiply(directions[0], directions[1]),
            _ => graph.Join(axis, directions),
        };
    }

    /// <summary>The inputs that a residual layer adds to its last outputs: of both ends, or of the last step if directions are merged
    /// element by element.</summary>
    private static Value Skipped(MemberWriter writer, StepsOfSequences steps, int width, int half)
    {
        Graph graph = writer.Graph;
        Value atEnd = writer.Last(steps);
        if (width == half)
            return atEnd;
        Value atStart = graph.Squeeze(graph.Slice(steps.Values, 0, 0, 1), 0);
        return graph.Join(1, graph.Slice(atEnd, 1, 0, half), graph.Slice(atStart, 1, half, width));
    }
}
