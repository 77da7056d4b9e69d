using System.Collections.Immutable;

namespace Elman.Onnx.Export.Stages;

/// <summary>First and second differences of quantities, as in <c>DifferenceStage</c>.</summary>
internal static class DifferenceExport
{
    /// <summary>Writes the stage.</summary>
    /// <param name="writer">The member.</param>
    /// <param name="steps">The values.</param>
    /// <param name="order">1 for first differences, 2 for second ones too.</param>
    /// <param name="isAlone">Whether first differences replace the values.</param>
    /// <param name="quantities">For each value whether it is a quantity.</param>
    public static StepsOfSequences Write(
        MemberWriter writer, StepsOfSequences steps, int order, bool isAlone, ImmutableArray<bool> quantities)
    {
        Graph graph = writer.Graph;
        long[] places = [.. Enumerable.Range(0, quantities.Length).Where(i => quantities[i]).Select(i => (long)i)];
        Value now = graph.ToFloat(graph.Gather(steps.Values, graph.List(places), 2));
        (Value last, Value beforeLast) = Previous(writer, now, places.Length, order);
        Value first = graph.Subtract(graph.ToDouble(now), graph.ToDouble(last));
        var parts = new List<Value> { isAlone ? Replace(graph, steps.Values, first, quantities) : steps.Values };
        if (!isAlone)
            parts.Add(first);
        if (order == 2)
            parts.Add(graph.Subtract(first, graph.Subtract(graph.ToDouble(last), graph.ToDouble(beforeLast))));
        return steps.With(graph.Join(2, [.. parts]), steps.Width + ((isAlone ? order - 1 : order) * places.Length));
    }

    /// <summary>The values of the step before, and of the one before that; at the first step, those of the step itself.</summary>
    private static (Value Last, Value BeforeLast) Previous(MemberWriter writer, Value now, int width, int order)
    {
        Graph graph = writer.Graph;
        if (writer.States is not { } states)
        {
            Value shifted = Shift(graph, now);
            return (shifted, order == 2 ? Shift(graph, shifted) : Value.None);
        }
        Value isFirst = graph.AreEqual(writer.Taken, graph.Scalar(0L)), row = graph.Squeeze(now, 0);
        Value last = Remembered("difference.last", row);
        return (graph.Unsqueeze(last, 0), order == 2 ? graph.Unsqueeze(Remembered("difference.beforeLast", last), 0) : Value.None);

        Value Remembered(string name, Value after)
        {
            Value before = states.Before(name, width);
            states.After(name, before, after, width);
            return graph.Where(isFirst, row, before);
        }
    }

    private static Value Shift(Graph graph, Value steps) => graph.Join(0, graph.Slice(steps, 0, 0, 1), graph.Slice(steps, 0, 0, -1));

    /// <summary>Puts first differences in the places of their quantities.</summary>
    private static Value Replace(Graph graph, Value values, Value first, ImmutableArray<bool> quantities)
    {
        if (quantities.All(isQuantity => isQuantity))
            return first;
        int next = quantities.Length; // after the values themselves
        long[] places = [.. quantities.Select((isQuantity, i) => isQuantity ? (long)next++ : i)];
        return graph.Gather(graph.Join(2, values, first), graph.List(places), 2);
    }
}
