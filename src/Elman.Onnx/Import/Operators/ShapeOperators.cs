using Elman.Onnx.Import.Values;

namespace Elman.Onnx.Import.Operators;

/// <summary>Operators that arrange axes, of constants and of values of the sequence.</summary>
internal static class ShapeOperators
{
    /// <summary>Identity, and Dropout, which does nothing in inference.</summary>
    public static Value?[] Identity(NodeCall call) => [call.Input(0)];

    /// <summary>Dropout: nothing, unless it is told to train.</summary>
    public static Value?[] Dropout(NodeCall call)
    {
        call.Number("ratio", 0.5f);
        call.Integer("seed", 0);
        if (call.OptionalConstant(2) is { IsZero: false })
            throw call.Refuse("is a dropout in training mode. Export the model in evaluation mode.");
        return [call.Input(0), null];
    }

    public static Value?[] Shape(NodeCall call)
    {
        long[] shape = call.Input(0) switch
        {
            Flow flow => flow.Axes.Shape,
            Constant constant => [.. constant.Shape],
            _ => throw call.Refuse($"asks for the shape of {Quoted(call.Node.Input[0])}, which is not known."),
        };
        int start = Bound(call.Integer("start", 0)), end = Bound(call.Integer("end", shape.Length));
        return [Constant.List(start < end ? shape[start..end] : [])];

        int Bound(long position) => (int)Math.Clamp(position < 0 ? position + shape.Length : position, 0, shape.Length);
    }

    public static Value?[] Transpose(NodeCall call)
    {
        Value x = call.Input(0);
        int rank = RankOf(call, x);
        int[] order = [.. (call.IntegerList("perm") ?? [.. Enumerable.Range(0, rank).Reverse().Select(axis => (long)axis)])
            .Select(axis => call.Axis(axis, rank))];
        if (order.Length != rank || order.Distinct().Count() != rank)
            throw call.Refuse("has a perm that is no permutation of the axes.");
        if (x is Flow flow)
            return [flow with { Axes = flow.Axes.Transposed(order) }];
        var constant = (Constant)x;
        long[] strides = Strides(constant.Shape);
        return [constant.Strided(
            [.. order.Select(axis => constant.Shape[axis])], [.. order.Select(axis => strides[axis])], 0, call.Context.Budget)];
    }

    public static Value?[] Squeeze(NodeCall call)
    {
        Value x = call.Input(0);
        long[] shape = ShapeOf(call, x);
        int[] axes = [.. (AxesOf(call) ?? [.. Enumerable.Range(0, shape.Length).Where(axis => shape[axis] == 1).Select(axis => (long)axis)])
            .Select(axis => call.Axis(axis, shape.Length)).Distinct().OrderDescending()];
        foreach (int axis in axes)
            if (shape[axis] != 1)
                throw call.Refuse($"removes axis {axis}, whose length is {shape[axis]}.");
        return [x is Flow flow
            ? flow with { Axes = axes.Aggregate(flow.Axes, (all, axis) => all.Without(axis)) }
            : ((Constant)x).Reshaped([.. shape.Where((_, axis) => !axes.Contains(axis))])];
    }

    public static Value?[] Unsqueeze(NodeCall call)
    {
        Value x = call.Input(0);
        long[] given = AxesOf(call) ?? throw call.Refuse("has no axes.");
        int rank = RankOf(call, x) + given.Length;
        int[] axes = [.. given.Select(axis => call.Axis(axis, rank)).Distinct().Order()];
        if (axes.Length != given.Length)
            throw call.Refuse("names an axis twice.");
        if (x is Flow flow)
            return [flow with { Axes = axes.Aggregate(flow.Axes, (all, axis) => all.Inserted(axis)) }];
        var shape = ((Constant)x).Shape.ToList();
        foreach (int axis in axes)
            shape.Insert(axis, 1);
        return [((Constant)x).Reshaped([.. shape])];
    }

    public static Value?[] Reshape(NodeCall call)
    {
        Value x = call.Input(0);
        long[] old = ShapeOf(call, x), shape = [.. call.Integers(1)];
        bool keepsZeros = call.Integer("allowzero", 0) != 0;
        for (int axis = 0; axis < shape.Length; axis++)
            if (shape[axis] == 0 && !keepsZeros)
                shape[axis] = axis < old.Length ? old[axis] : throw call.Refuse($"copies axis {axis}, which does not exist.");
        int open = Array.IndexOf(shape, -1);
        if (open >= 0)
        {
            shape[open] = 1;
            long others = Constant.CountOf(shape), all = Constant.CountOf(old);
            if (others == 0 || all % others != 0)
                throw call.Refuse($"can't divide {all} elements among axes of {others}.");
            shape[open] = all / others;
        }
        return Reshaped(call, x, shape);
    }

    /// <summary>Two axes: the product of the first ones and that of the rest.</summary>
    public static Value?[] Flatten(NodeCall call)
    {
        Value x = call.Input(0);
        long[] shape = ShapeOf(call, x);
        long axis = call.Integer("axis", 1);
        if (axis < -shape.Length || axis > shape.Length)
            throw call.Refuse($"names axis {axis}, which does not exist.");
        int at = (int)(axis < 0 ? axis + shape.Length : axis);
        return Reshaped(call, x, [Constant.CountOf(shape[..at]), Constant.CountOf(shape[at..])]);
    }

    /// <summary>The distance of neighbours in each dimension of a row-major tensor.</summary>
    public static long[] Strides(IReadOnlyList<long> shape)
    {
        long[] strides = new long[shape.Count];
        long next = 1;
        for (int axis = shape.Count - 1; axis >= 0; axis--)
        {
            strides[axis] = next;
            next *= shape[axis];
        }
        return strides;
    }

    /// <summary>The shape of a constant or of values of the sequence.</summary>
    public static long[] ShapeOf(NodeCall call, Value value) => value switch
    {
        Flow flow => flow.Axes.Shape,
        Constant constant => [.. constant.Shape],
        OtherInput other => throw call.Refuse($"uses {Quoted(other.Name)}, which an imported model does not have."),
        _ => throw new InvalidOperationException("No such kind of value."),
    };

    /// <summary>The axes, an attribute before opset 13 and an input since.</summary>
    private static long[]? AxesOf(NodeCall call) =>
        call.Opset < 13 ? call.IntegerList("axes") : call.Optional(1) is null ? null : call.Integers(1);

    private static Value?[] Reshaped(NodeCall call, Value x, long[] shape)
    {
        if (x is Constant constant)
            return [constant.Reshaped(shape)];
        var flow = (Flow)x;
        if (Constant.CountOf(shape) != Constant.CountOf(flow.Axes.Shape))
            throw call.Refuse($"reshapes [{string.Join(", ", flow.Axes.Shape)}] to [{string.Join(", ", shape.Take(8))}], which has another "
                + "number of elements. It may depend on the length of the sequences at export; export with a dynamic axis for it.");
        return flow.Axes.TryReshape(shape) is { } axes
            ? [flow with { Axes = axes }]
            : throw call.Refuse($"reshapes [{string.Join(", ", flow.Axes.Shape)}] to [{string.Join(", ", shape.Take(8))}], which mixes "
                + "steps, sequences or units; it can't be imported.");
    }

    private static int RankOf(NodeCall call, Value value) => ShapeOf(call, value).Length;
}
