using Elman.Onnx.Import.Values;

namespace Elman.Onnx.Import.Operators;

/// <summary>The function at the end of a model: of all scores of a step or sequence.</summary>
internal static class HeadOperators
{
    public static Value?[] Softmax(NodeCall call) => [OverScores(call, Head.Softmax)];

    public static Value?[] LogSoftmax(NodeCall call) => [OverScores(call, Head.LogSoftmax)];

    public static Value?[] Sigmoid(NodeCall call) => [Last(call) with { Head = Head.Sigmoid }];

    public static Value?[] ArgMax(NodeCall call)
    {
        Flow x = call.Flow(0);
        int axis = call.Axis(call.Integer("axis", 0), x.Axes.Rank);
        bool keeps = call.Integer("keepdims", 1) != 0;
        call.Integer("select_last_index", 0);
        if (x.Head is not (Head.None or Head.Softmax or Head.LogSoftmax) || x.IsInput)
            throw call.Refuse($"takes the greatest of the result of {x.Head}.");
        FeatureAxis.Settle(call, x, axis, x.Width);
        return [x with { Head = Head.ArgMax, Axes = keeps ? x.Axes.With(axis, []) : x.Axes.Without(axis) }];
    }

    private static Flow OverScores(NodeCall call, Head head)
    {
        Flow x = Last(call);
        int axis = call.Axis(call.Integer("axis", call.Opset < 13 ? 1 : -1), x.Axes.Rank);
        // Before opset 13, all axes from this one on count together.
        if (call.Opset < 13 && Enumerable.Range(axis + 1, x.Axes.Rank - axis - 1).Any(later => x.Axes[later].Length > 0))
            throw call.Refuse($"goes over axis {axis} and those behind it together.");
        FeatureAxis.Settle(call, x, axis, x.Width);
        return x with { Head = head };
    }

    private static Flow Last(NodeCall call) => call.Flow(0) is var x && x.Head == Head.None && !x.IsInput
        ? x
        : throw call.Refuse("is neither after a recurrent layer nor the last function of the model.");
}
