using Elman.Onnx.Import.Values;

namespace Elman.Onnx.Import.Operators;

/// <summary>Concat: of constants, and of directions or states of layers.</summary>
internal static class ConcatOperator
{
    public static Value?[] Run(NodeCall call)
    {
        Value[] parts = [.. Enumerable.Range(0, call.InputCount).Select(call.Input)];
        if (parts.Length == 0)
            throw call.Refuse("has no inputs.");
        int axis = call.Axis(call.Integer("axis", 0), ShapeOperators.ShapeOf(call, parts[0]).Length);
        if (parts is [Flow alone])
            return [alone];
        if (parts.All(part => part is Constant))
            return [Constant.Concatenated([.. parts.Cast<Constant>()], axis, call.Context.Budget)];
        return [Concatenated(call, [.. Enumerable.Range(0, parts.Length).Select(call.Flow)], axis)];
    }

    private static Flow Concatenated(NodeCall call, Flow[] parts, int axis)
    {
        Flow first = parts[0];
        foreach (Flow part in parts)
        {
            if (part.Map is not null || part.Head != Head.None || part.IsInput || part.PieceSize != first.PieceSize
                || part.IsReversed != first.IsReversed || part.HasSteps != first.HasSteps || part.Axes.Rank != first.Axes.Rank)
                throw call.Refuse("joins values other than directions or states of recurrent layers of one size.");
            for (int a = 0; a < first.Axes.Rank; a++)
                if (a != axis && !part.Axes[a].SequenceEqual(first.Axes[a]))
                    throw call.Refuse("joins values whose axes are arranged in different ways.");
            if (!IsPiecesAxis(part, axis))
                throw call.Refuse($"joins along axis {axis}, which is neither that of the directions nor that of the units.");
        }
        int count = parts.Sum(part => part.Pieces.Length);
        if (count > Flow.MostPieces)
            throw call.Refuse($"joins {count} pieces; at most {Flow.MostPieces} can be read.");
        IEnumerable<Atom> units = first.Axes[axis].Where(atom => atom.Kind == AtomKind.Units);
        return first with
        {
            Pieces = [.. parts.SelectMany(part => part.Pieces)],
            Axes = first.Axes.With(axis, [new Atom(AtomKind.Pieces, 0, count), .. units]),
        };
    }

    /// <summary>Whether an axis has the pieces, alone or with their units; of a single piece, nothing or its units.</summary>
    private static bool IsPiecesAxis(Flow flow, int axis) => flow.Pieces.Length > 1
        ? flow.Axes[axis] is [{ Kind: AtomKind.Pieces }, ..]
        : flow.Axes[axis] is [] or [{ Kind: AtomKind.Units }];
}
