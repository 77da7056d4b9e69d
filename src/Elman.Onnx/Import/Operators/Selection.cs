using System.Collections.Immutable;
using Elman.Onnx.Import.Values;

namespace Elman.Onnx.Import.Operators;

/// <summary>Takes a part of the values of a sequence: a step, or some of the pieces.</summary>
internal static class Selection
{
    /// <summary>Takes a part of an axis, which stays, with the length of the part.</summary>
    public static Flow Part(NodeCall call, Flow flow, int axis, (long Start, long Count, long Step) range)
    {
        ImmutableArray<Atom> atoms = flow.Axes[axis];
        long length = flow.Axes.Shape[axis];
        if (range.Count == length)
            return range.Step > 0 || length == 1 ? flow : Reversed(call, flow, axis);
        if (atoms is [{ Kind: AtomKind.Input } time])
            return range.Count == 1 ? Step(call, flow, axis, time, range.Start) : throw NotAStep(call, range.Start, range.Count);
        if (flow.Map is not null || flow.Head != Head.None || atoms is not [{ Kind: AtomKind.Pieces }, ..] || range.Step != 1)
            throw call.Refuse("takes a part of the units of a layer or of the outputs, which can't be imported.");
        long size = length / flow.Pieces.Length; // of a piece in this axis
        if (range.Start % size != 0 || range.Count % size != 0 || range.Count == 0)
            throw call.Refuse("takes a part of the units of a layer, which can't be imported.");
        return WithPieces(
            flow, axis, [.. flow.Pieces.Skip((int)(range.Start / size)).Take((int)(range.Count / size))]);
    }

    /// <summary>Takes positions of an axis, in any order.</summary>
    public static Flow Positions(NodeCall call, Flow flow, int axis, long[] positions)
    {
        if (positions is [var position])
            return Part(call, flow, axis, (position, 1, 1));
        if (flow.Map is null && flow.Head == Head.None && flow.Axes[axis] is [{ Kind: AtomKind.Pieces }] && positions.Length > 0
            && positions.Length <= Flow.MostPieces)
            return WithPieces(flow, axis, [.. positions.Select(piece => flow.Pieces[(int)piece])]);
        throw call.Refuse("takes several positions of an axis, which can't be imported.");
    }

    /// <summary>Reverses the steps.</summary>
    public static Flow Reversed(NodeCall call, Flow flow, int axis)
    {
        if (flow.Axes[axis] is not [{ Kind: AtomKind.Input } time] || !flow.HasSteps || !call.Context.SettleTime(time))
            throw call.Refuse($"reverses axis {axis}, which is not that of the steps.");
        return flow with { IsReversed = !flow.IsReversed };
    }

    /// <summary>Returns the pool of one step, at an end of the sequence: of the direction that ends there, its final state.</summary>
    private static Piece AtEnd(Piece piece, bool isLast) => piece with
    {
        Pool = piece.Source is LayerSource layer && layer.IsBackward != isLast
            ? Pool.Final
            : isLast ? Pool.LastStep : Pool.FirstStep,
    };

    private static Flow Step(NodeCall call, Flow flow, int axis, Atom time, long position)
    {
        if (time != call.Context.Time || flow.IsInput || !flow.HasSteps)
            throw call.Refuse($"takes position {position} of axis {axis}, which is not that of the steps of a recurrent layer.");
        if (position != 0 && position != time.Size - 1)
            throw NotAStep(call, position, 1);
        bool isLast = position != 0 != flow.IsReversed;
        if (isLast && call.Context.HasLengths)
            call.Context.Warn($"{NodeCall.NameOf(call.Node)} takes the last step of padded sequences, whatever their lengths. The imported "
                + "model takes the last step of every sequence.");
        return flow with
        {
            Axes = flow.Axes.With(axis, []),
            IsReversed = false,
            Pieces = [.. flow.Pieces.Select(piece => AtEnd(piece, isLast))],
        };
    }

    private static Flow WithPieces(Flow flow, int axis, ImmutableArray<Piece> pieces)
    {
        IEnumerable<Atom> units = flow.Axes[axis].Skip(1);
        return flow with
        {
            Pieces = pieces,
            Axes = flow.Axes.With(axis, pieces.Length == 1 ? units : [new Atom(AtomKind.Pieces, 0, pieces.Length), .. units]),
        };
    }

    private static Reading.GraphException NotAStep(NodeCall call, long start, long count) => call.Refuse(
        $"takes {Amount.Of(count, "step")} from step {start} on. Only the last step, for a backward direction the first, or all steps can "
            + "be imported. If that is the last step at the length of the export, export with a dynamic axis for the steps.");
}
