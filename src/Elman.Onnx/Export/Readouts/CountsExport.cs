using Elman.Recurrent;

namespace Elman.Onnx.Export.Readouts;

/// <summary>The counting readouts, as in <c>CountsReadout</c>.</summary>
/// <param name="writer">The member.</param>
/// <param name="steps">The outputs of the last layer at every step, <c>[T, B, W]</c>.</param>
internal sealed class CountsExport(MemberWriter writer, StepsOfSequences steps)
{
    private readonly Graph _graph = writer.Graph;
    private readonly CountsLayout _layout = writer.Spec.Readout.Layout!.Value;
    private readonly Value _steps = writer.CountOf(steps);

    private int Width => steps.Width;

    /// <summary>The number of values of all thresholds together.</summary>
    private int All => _layout.Thresholds * Width;

    /// <summary>Writes the readout.</summary>
    /// <returns>The features, <c>[B, vectors · W]</c>.</returns>
    public Value Write()
    {
        Value thresholds = writer.Weights("counts.thresholds"); // [K, W]
        Value outputs = _graph.Unsqueeze(steps.Values, 2);
        Value ofThresholds = _graph.ToFloat(_graph.Greater(outputs, thresholds)); // [T, B, K, W]
        Value isAbove = _graph.Reshape(ofThresholds, 0, 0, All);
        Value counts = Sum("counts", isAbove, All);
        Value magnitude = Sum("magnitude", _graph.Absolute(steps.Values), Width);
        var features = new List<Value> { Share(counts), Share(magnitude) };
        if (_layout.HasHalves)
            features.AddRange(Halves(isAbove));
        if (_layout.IsDetailed)
            features.AddRange(Details(_graph.Reshape(_graph.Multiply(ofThresholds, outputs), 0, 0, All), isAbove, counts));
        return _graph.Join(1, [.. features]);
    }

    // Halves in time for both directions; the second half may have no steps.
    private Value[] Halves(Value isAbove)
    {
        Value lengths = _graph.Unsqueeze(steps.Lengths, 1); // [B, 1]
        Value first = _graph.Maximum(_graph.Divide(lengths, _graph.Scalar(2L)), _graph.Scalar(1L));
        Value rest = _graph.Maximum(_graph.Subtract(lengths, first), _graph.Scalar(1L));
        Value index = _graph.Unsqueeze(writer.IndicesOf(steps), 2); // [T, 1, 1]
        Value isFirst = _graph.Less(index, _graph.Unsqueeze(first, 0)), zero = _graph.Scalar(0f);
        Value firstCounts = Sum("first", _graph.Where(isFirst, isAbove, zero), All);
        Value secondCounts = Sum("second", _graph.Where(isFirst, zero, isAbove), All);
        return [_graph.Divide(firstCounts, _graph.ToFloat(first)), _graph.Divide(secondCounts, _graph.ToFloat(rest))];
    }

    // Of the steps above each threshold: mean output, mean index, longest run; of all steps maximum and minimum.
    private Value[] Details(Value outputsAbove, Value isAbove, Value counts)
    {
        Value zero = _graph.Scalar(0f), one = _graph.Scalar(1f);
        Value sums = Sum("sums", outputsAbove, All);
        Value indices = Sum("indices", _graph.Multiply(isAbove, Indices()), All);
        Value divisor = _graph.Maximum(counts, one), isAny = _graph.Greater(counts, zero);
        return
        [
            _graph.Where(isAny, _graph.Divide(sums, divisor), zero),
            _graph.Where(isAny, _graph.Divide(_graph.Divide(indices, divisor), _steps), _graph.Scalar(-1f)),
            Share(LongestRuns(isAbove)),
            ReadoutExport.Extreme(writer, "greatest", steps, isGreatest: true),
            ReadoutExport.Extreme(writer, "least", steps, isGreatest: false),
        ];
    }

    /// <summary>The index of each step in the order in which the direction of each output reads, <c>[T, B, K·W]</c> or broadcast to
    /// it.</summary>
    private Value Indices()
    {
        if (writer.IsStreaming)
            return _graph.ToFloat(_graph.Unsqueeze(writer.Taken, 0));
        Value forward = _graph.Unsqueeze(writer.IndicesOf(steps), 2); // [T, 1, 1]
        if (!writer.Spec.Bidirectional || writer.Spec.Merge != DirectionMerge.Concatenate)
            return _graph.ToFloat(forward);
        Value backward = _graph.Subtract(
            _graph.Subtract(_graph.Unsqueeze(steps.Lengths, 1), _graph.Scalar(1L)), forward); // [T, B, 1]
        Value isForward = _graph.Greater(
            _graph.List([.. Enumerable.Range(0, All).Select(i => i % Width < Width / 2 ? 1L : 0)]), _graph.Scalar(0L));
        return _graph.ToFloat(_graph.Where(isForward, forward, backward));
    }

    private Value LongestRuns(Value isAbove)
    {
        Value masked = writer.IsStreaming ? isAbove : _graph.Where(writer.MaskOf(steps), isAbove, _graph.Scalar(0f));
        Value longest = writer.Recur([("readout.run", All), ("readout.longest", All)], [masked], (body, before, now) =>
        {
            Value run = body.Multiply(body.Add(before[0], body.Scalar(1f)), now[0]);
            Value longer = body.Maximum(before[1], run);
            return ([run, longer], [longer]);
        })[0];
        return writer.Last(steps.With(longest, All));
    }

    private Value Sum(string name, Value values, int width) => ReadoutExport.Accumulate(writer, name, steps, values, width);

    private Value Share(Value counts) => _graph.Divide(counts, _steps);
}
