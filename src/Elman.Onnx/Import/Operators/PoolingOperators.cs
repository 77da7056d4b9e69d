using Elman.Onnx.Import.Values;

namespace Elman.Onnx.Import.Operators;

/// <summary>Means and maxima over the steps.</summary>
internal static class PoolingOperators
{
    public static Value?[] ReduceMean(NodeCall call) => [Reduced(call, Pool.Mean)];

    public static Value?[] ReduceMax(NodeCall call) => [Reduced(call, Pool.Max)];

    public static Value?[] GlobalAveragePool(NodeCall call) => [Global(call, Pool.Mean)];

    public static Value?[] GlobalMaxPool(NodeCall call) => [Global(call, Pool.Max)];

    private static Flow Reduced(NodeCall call, Pool pool)
    {
        Flow x = call.Flow(0);
        bool keeps = call.Integer("keepdims", 1) != 0;
        call.Integer("noop_with_empty_axes", 0);
        long[]? axes = call.Opset < 18 ? call.IntegerList("axes") : call.Optional(1) is null ? null : call.Integers(1);
        if (axes is not [var only])
            throw call.Refuse("reduces other than exactly one axis; only a mean or maximum over the steps can be imported.");
        int axis = call.Axis(only, x.Axes.Rank);
        Flow pooled = Pooled(call, x, axis, pool);
        return keeps ? pooled : pooled with { Axes = pooled.Axes.Without(axis) };
    }

    /// <summary>Over all axes behind the first two, of which there may be one.</summary>
    private static Flow Global(NodeCall call, Pool pool)
    {
        Flow x = call.Flow(0);
        return x.Axes.Rank == 3
            ? Pooled(call, x, 2, pool)
            : throw call.Refuse($"pools a tensor of {x.Axes.Rank} dimensions; it must have three.");
    }

    private static Flow Pooled(NodeCall call, Flow x, int axis, Pool pool)
    {
        if (!x.HasSteps || x.IsInput || call.Context.Time is not { } time || x.Axes[axis] is not [var atom] || atom != time)
            throw call.Refuse($"takes the {Name(pool)} over axis {axis}, which is not that of the steps of a recurrent layer.");
        if (x.Head != Head.None || (pool == Pool.Max && x.Map is not null))
            throw call.Refuse($"takes the {Name(pool)} of what was computed from a recurrent layer; it must be that of the layer itself.");
        if (call.Context.HasLengths)
            call.Context.Warn($"{NodeCall.NameOf(call.Node)} takes the {Name(pool)} over padded steps, too. The imported model takes it "
                + "over the steps of every sequence alone.");
        return x with
        {
            Pieces = [.. x.Pieces.Select(piece => piece with { Pool = pool })],
            Axes = x.Axes.With(axis, []),
            IsReversed = false,
        };
    }

    private static string Name(Pool pool) => pool == Pool.Mean ? "mean" : "maximum";
}
