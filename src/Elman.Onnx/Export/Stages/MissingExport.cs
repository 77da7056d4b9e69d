using Elman.Sequences;

namespace Elman.Onnx.Export.Stages;

/// <summary>The treatment of missing values, NaN, as in <c>MissingStage</c>.</summary>
internal static class MissingExport
{
    /// <summary>The number of exact powers of 2 below the longest interval, and that interval.</summary>
    private const int Powers = 24, LongestInterval = (1 << Powers) - 1;

    /// <summary>Writes the stage.</summary>
    /// <param name="writer">The member.</param>
    /// <param name="steps">The values of the data, as doubles.</param>
    public static StepsOfSequences Write(MemberWriter writer, StepsOfSequences steps)
    {
        Preprocessing preprocessing = writer.Member.Preprocessing;
        Graph graph = writer.Graph;
        Value x = steps.Values, isMissing = graph.IsMissing(x);
        double[] means = [.. preprocessing.Means ?? preprocessing.Standardization?.Means ?? [0.0]];
        Value fill = preprocessing.Missing is MissingValues.Refuse or MissingValues.Mask
            ? Value.None
            : graph.Constant<double>(means.AsSpan(0, steps.Width), steps.Width);
        switch (preprocessing.Missing)
        {
            case MissingValues.Last:
                x = LastObserved(writer, x, steps.Width);
                return steps with { Values = graph.Where(graph.IsMissing(x), fill, x) };
            case MissingValues.Mean:
                return steps with { Values = graph.Where(isMissing, fill, x) };
            case MissingValues.Linear:
                x = Interpolated(writer, steps, graph.And(graph.Not(isMissing), writer.MaskOf(steps)));
                return steps with { Values = graph.Where(graph.IsMissing(x), fill, x) };
            case MissingValues.Indicate:
                Value observed = graph.ToFloat(graph.Not(isMissing));
                return new(
                    graph.Join(2, graph.Where(isMissing, fill, x), graph.ToDouble(observed), Intervals(writer, observed, steps.Width)),
                    steps.Lengths, 3 * steps.Width);
            default:
                return steps;
        }
    }

    /// <summary>The last observed value of each channel; NaN before the first.</summary>
    private static Value LastObserved(MemberWriter writer, Value x, int width)
    {
        Value steps = writer.Recur(
            [("missing.last", width), ("missing.seen", width)], [writer.Graph.ToFloat(x)],
            (graph, before, now) =>
            {
                Value isMissing = graph.IsMissing(now[0]);
                Value last = graph.Where(isMissing, before[0], now[0]);
                Value seen = graph.Maximum(before[1], graph.ToFloat(graph.Not(isMissing)));
                Value known = graph.Where(graph.Greater(seen, graph.Scalar(0f)), last, graph.Scalar(float.NaN));
                return ([last, seen], [known]);
            })[0];
        return writer.Graph.ToDouble(steps);
    }

    /// <summary>Half the base-2 logarithm of 1 + the steps since the last observed value, linear between powers of 2.</summary>
    private static Value Intervals(MemberWriter writer, Value observed, int width)
    {
        Graph graph = writer.Graph;
        Value interval = writer.Recur(
            [("missing.interval", width)], [observed],
            (body, before, now) =>
            {
                Value longer = body.Minimum(body.Add(before[0], body.Scalar(1f)), body.Scalar((float)LongestInterval));
                return ([body.Where(body.Greater(now[0], body.Scalar(0f)), body.Scalar(1f), longer)], [before[0]]);
            })[0];
        Value number = graph.ToDouble(graph.Add(interval, graph.Scalar(1f)));
        Value powers = graph.Constant<double>([.. Enumerable.Range(1, Powers).Select(power => Math.ScaleB(1, power))], Powers);
        Value isReached = graph.Not(graph.Less(graph.Unsqueeze(number, 3), powers));
        Value exponent = graph.Sum(graph.ToDouble(isReached), 3); // exact, as the mantissa below is
        Value mantissa = graph.Subtract(graph.Divide(number, graph.Node("Pow", [graph.Scalar(2.0), exponent])), graph.Scalar(1.0));
        return graph.Multiply(graph.Add(exponent, mantissa), graph.Scalar(0.5));
    }

    /// <summary>Values between observed ones on a line, at either end the nearest; NaN in a channel without values.</summary>
    private static Value Interpolated(MemberWriter writer, StepsOfSequences steps, Value isObserved)
    {
        Graph graph = writer.Graph;
        Value index = graph.Unsqueeze(writer.IndicesOf(steps), 2); // [T, 1, 1]
        Value count = graph.Length(steps.Values, 0);
        // The index of the last observed step up to each one plus 1, 0 if there is none; and the same from the end.
        Value fromStart = Nearest(writer, steps.Width, graph.Add(index, graph.Scalar(1L)), isObserved, isReversed: false);
        Value fromEnd = Nearest(writer, steps.Width, graph.Subtract(count, index), isObserved, isReversed: true);
        Value previous = graph.Subtract(graph.ToInteger(fromStart), graph.Scalar(1L));
        Value next = graph.Subtract(count, graph.ToInteger(fromEnd));
        Value isBefore = graph.Greater(previous, graph.Scalar(-1L)), isBehind = graph.Less(next, count);
        Value before = graph.GatherElements(steps.Values, graph.Maximum(previous, graph.Scalar(0L)), 0);
        Value behind = graph.GatherElements(
            steps.Values, graph.Minimum(next, graph.Subtract(count, graph.Scalar(1L))), 0);
        Value nothing = graph.Scalar(double.NaN);
        Value from = graph.Where(isBefore, before, graph.Where(isBehind, behind, nothing)), to = graph.Where(isBehind, behind, from);
        Value place = graph.ToDouble(graph.Subtract(index, previous));
        Value gap = graph.ToDouble(graph.Maximum(graph.Subtract(next, previous), graph.Scalar(1L)));
        Value line = graph.Add(from, graph.Divide(graph.Multiply(graph.Subtract(to, from), place), gap));
        return graph.Where(isObserved, steps.Values, graph.ToDouble(graph.ToFloat(line)));
    }

    /// <summary>The greatest number so far of an observed step; floats, which count 2²⁴ steps exactly.</summary>
    private static Value Nearest(MemberWriter writer, int width, Value number, Value isObserved, bool isReversed)
    {
        Graph graph = writer.Graph;
        Value numbers = graph.Where(isObserved, graph.ToFloat(number), graph.Scalar(0f));
        return writer.Recur(
            [("nearest", width)], [numbers],
            (body, before, now) =>
            {
                Value nearest = body.Maximum(before[0], now[0]);
                return ([nearest], [nearest]);
            }, isReversed)[0];
    }
}
