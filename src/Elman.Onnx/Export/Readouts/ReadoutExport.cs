using Elman.Readouts;

namespace Elman.Onnx.Export.Readouts;

/// <summary>What of the outputs of the last layer goes to the output layer.</summary>
internal static class ReadoutExport
{
    /// <summary>Writes the readout of a model with one answer for a sequence.</summary>
    /// <param name="writer">The member.</param>
    /// <param name="steps">The outputs of the last layer at every step.</param>
    /// <param name="last">Its outputs for the readout <c>last</c>, <c>[B, W]</c>.</param>
    /// <returns>The features, <c>[B, F]</c>; arbitrary for a sequence without steps.</returns>
    public static Value Write(MemberWriter writer, StepsOfSequences steps, Value last)
    {
        writer.Begin("readout");
        return writer.Spec.Readout.Kind switch
        {
            ReadoutKind.Last => last,
            ReadoutKind.Mean => writer.Graph.Divide(Accumulate(writer, "mean", steps, steps.Values, steps.Width), writer.CountOf(steps)),
            ReadoutKind.Max => Extreme(writer, "max", steps, isGreatest: true),
            ReadoutKind.Attention => Attention(writer, steps),
            ReadoutKind.Counts => new CountsExport(writer, steps).Write(),
            _ => throw new NotSupportedException($"the readout {Quoted(writer.Spec.Readout.Name)} is custom code"),
        };
    }

    /// <summary>The sum over the steps so far.</summary>
    /// <param name="writer">The member.</param>
    /// <param name="name">The name of the sum in the states of a stream.</param>
    /// <param name="steps">The steps.</param>
    /// <param name="values">The values to add, <c>[T, B, width]</c>.</param>
    /// <param name="width">The number of values of a step.</param>
    public static Value Accumulate(MemberWriter writer, string name, StepsOfSequences steps, Value values, int width)
    {
        Graph graph = writer.Graph;
        if (writer.States is not { } states)
            return graph.Sum(graph.Where(writer.MaskOf(steps), values, graph.Scalar(0f)), 0);
        Value before = states.Before($"readout.{name}", width);
        Value after = graph.Add(before, graph.Squeeze(values, 0));
        states.After($"readout.{name}", before, after, width);
        return after;
    }

    /// <summary>The maximum or minimum of each output over the steps so far.</summary>
    public static Value Extreme(MemberWriter writer, string name, StepsOfSequences steps, bool isGreatest)
    {
        Graph graph = writer.Graph;
        if (writer.States is not { } states)
        {
            Value others = graph.Scalar(isGreatest ? float.MinValue : float.MaxValue);
            Value values = graph.Where(writer.MaskOf(steps), steps.Values, others);
            return isGreatest ? graph.Maximum(values, 0L) : graph.Minimum(values, 0L);
        }
        Value before = states.Before($"readout.{name}", steps.Width), now = graph.Squeeze(steps.Values, 0);
        Value extreme = isGreatest ? graph.Maximum(before, now) : graph.Minimum(before, now);
        Value after = graph.Where(IsFirst(writer), now, extreme);
        states.After($"readout.{name}", before, after, steps.Width);
        return after;
    }

    // m = Σ α_t·y_t with α = softmax of tanh(y_t·W + b)·v. On a stream, sums are rescaled when a greater score comes.
    private static Value Attention(MemberWriter writer, StepsOfSequences steps)
    {
        Graph graph = writer.Graph;
        Value keys = graph.Tanh(graph.Add(graph.Product(steps.Values, writer.Weights("attention.w")), writer.Weights("attention.b")));
        Value scores = graph.Product(keys, writer.Weights("attention.v")); // [T, B, 1]
        if (writer.States is not { } states)
        {
            scores = graph.Where(writer.MaskOf(steps), scores, graph.Scalar(float.MinValue));
            Value values = graph.Where(writer.MaskOf(steps), steps.Values, graph.Scalar(0f));
            return graph.Sum(graph.Multiply(graph.Softmax(scores, 0), values), 0);
        }
        int width = steps.Width;
        Value score = graph.Squeeze(scores, 0);
        Value greatest = states.Before("readout.score", 1), total = states.Before("readout.weight", 1),
            sum = states.Before("readout.sum", width);
        Value after = graph.Where(IsFirst(writer), score, graph.Maximum(greatest, score));
        Value kept = graph.Where(IsFirst(writer), graph.Scalar(0f), graph.Exp(graph.Subtract(greatest, after)));
        Value weight = graph.Exp(graph.Subtract(score, after));
        Value totalAfter = graph.Add(graph.Multiply(total, kept), weight);
        Value sumAfter = graph.Add(graph.Multiply(sum, kept), graph.Multiply(graph.Squeeze(steps.Values, 0), weight));
        states.After("readout.score", greatest, after, 1);
        states.After("readout.weight", total, totalAfter, 1);
        states.After("readout.sum", sum, sumAfter, width);
        return graph.Divide(sumAfter, totalAfter);
    }

    private static Value IsFirst(MemberWriter writer) => writer.Graph.AreEqual(writer.Taken, writer.Graph.Scalar(0L));
}
