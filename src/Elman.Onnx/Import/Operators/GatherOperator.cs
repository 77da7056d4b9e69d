using Elman.Onnx.Import.Values;

namespace Elman.Onnx.Import.Operators;

/// <summary>Gather: positions of an axis, or the vectors of symbols.</summary>
internal static class GatherOperator
{
    public static Value?[] Run(NodeCall call)
    {
        Value x = call.Input(0);
        long[] shape = ShapeOperators.ShapeOf(call, x);
        int axis = call.Axis(call.Integer("axis", 0), shape.Length);
        if (x is Constant table && call.Input(1) is Flow symbols)
            return [LookUp(call, table, symbols, axis)];
        Constant indices = call.Constant(1);
        long[] positions = [.. call.Integers(1).Select(position => position < 0 ? position + shape[axis] : position)];
        if (indices.Rank > 1 || positions.Any(position => position < 0 || position >= shape[axis]))
            throw call.Refuse($"takes positions that axis {axis} of length {shape[axis]} does not have, or a table of them.");
        if (x is Flow flow)
        {
            flow = Selection.Positions(call, flow, axis, positions);
            return [indices.Rank == 0 ? flow with { Axes = flow.Axes.Without(axis) } : flow];
        }
        var constant = (Constant)x;
        Constant[] parts = [.. positions.Select(position => (Constant)SliceOperators.Part(call, constant, axis, (position, 1, 1)))];
        Constant all = parts.Length == 0
            ? (Constant)SliceOperators.Part(call, constant, axis, (0, 0, 1))
            : Constant.Concatenated(parts, axis, call.Context.Budget);
        return [indices.Rank == 0 ? all.Reshaped([.. all.Shape.Where((_, a) => a != axis)]) : all];
    }

    /// <summary>Replaces symbols by the rows of a table: an embedding.</summary>
    private static Flow LookUp(NodeCall call, Constant table, Flow symbols, int axis)
    {
        if (symbols.First.Source is not InputSource { Table: null, Features: null } input || symbols.Map is not null
            || symbols.Head != Head.None || symbols.Pieces.Length > 1)
            throw call.Refuse("looks up something other than the symbols of the graph's input.");
        if (table.Rank != 2 || axis != 0 || table.IsInteger || table.Shape[0] < 1 || table.Shape[1] is < 1 or > int.MaxValue)
            throw call.Refuse($"looks up symbols in a table [{string.Join(", ", table.Shape.Take(8))}]; it must be [symbols, size].");
        IEnumerable<IEnumerable<Atom>> axes = Enumerable.Range(0, symbols.Axes.Rank).Select(a => (IEnumerable<Atom>)symbols.Axes[a]);
        IEnumerable<Atom> vector = table.Shape[1] == 1 ? [] : [new Atom(AtomKind.Units, 0, table.Shape[1])];
        return symbols with
        {
            IsRounded = false,
            Pieces = [new Piece(new InputSource(input.Name, table))],
            Axes = new Axes([.. axes, vector]),
        };
    }
}
