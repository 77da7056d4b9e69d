using Elman.Onnx.Protocol;

namespace Elman.Onnx.Export.Stages;

/// <summary>Skips the steps with a missing value (<see cref="MissingValues.Mask"/>).</summary>
internal static class MaskExport
{
    /// <summary>Writes the stage.</summary>
    /// <param name="writer">The member.</param>
    /// <param name="steps">The values of the data, as doubles.</param>
    /// <returns>The steps that are taken, and for each step of the data how many are taken up to it, <c>[T, B]</c>.</returns>
    public static (StepsOfSequences Taken, Value Counts) Write(MemberWriter writer, StepsOfSequences steps)
    {
        Graph graph = writer.Graph;
        Value isMissing = graph.Maximum(graph.ToInteger(graph.IsMissing(steps.Values)), 2); // [T, B]
        Value isComplete = graph.AreEqual(isMissing, graph.Scalar(0L));
        // A skipped step is not checked: its symbols may be unknown.
        Value isTaken = writer.IsStreaming ? isComplete : graph.And(isComplete, graph.Squeeze(writer.MaskOf(steps), 2));
        Value values = graph.Where(graph.Unsqueeze(isTaken, 2), steps.Values, graph.Scalar(0.0));
        if (writer.States is { } states)
        {
            writer.IsTaken = states.Advances = graph.Transpose(isComplete, 1, 0);
            return (steps with { Values = values }, Value.None);
        }
        Value index = writer.IndicesOf(steps), count = graph.Length(steps.Values, 0);
        // Taken steps come first, in order, when the others are counted from the number of steps on.
        Value order = graph.Add(index, graph.Multiply(graph.ToInteger(graph.Not(isTaken)), count));
        Value sorted = graph.Node(
            "TopK", 2, [order, count], OnnxFormat.Attribute("axis", 0), OnnxFormat.Attribute("largest", 0))[1];
        Value places = graph.Expand(graph.Unsqueeze(sorted, 2), graph.Shape(steps.Values));
        Value taken = graph.Cast(isTaken, TensorProto.Types.DataType.Int64);
        return (
            steps with { Values = graph.GatherElements(values, places, 0), Lengths = graph.Sum(taken, 0) },
            graph.CumulativeSum(taken, 0));
    }

    /// <summary>Gives each step of the data the output of the last step up to it that was taken; before the first, the empty
    /// output.</summary>
    /// <param name="writer">The member.</param>
    /// <param name="outputs">The outputs of taken steps, <c>[T, B, O]</c>.</param>
    /// <param name="counts">The numbers of taken steps, <c>[T, B]</c>.</param>
    /// <param name="empty">The output before the first step, <c>[O]</c>.</param>
    public static Value Restore(MemberWriter writer, Value outputs, Value counts, Value empty)
    {
        Graph graph = writer.Graph;
        Value place = graph.Unsqueeze(graph.Maximum(graph.Subtract(counts, graph.Scalar(1L)), graph.Scalar(0L)), 2);
        Value rows = graph.GatherElements(outputs, graph.Expand(place, graph.Shape(outputs)), 0);
        return graph.Where(graph.Unsqueeze(graph.Greater(counts, graph.Scalar(0L)), 2), rows, empty);
    }
}
