using Elman.Onnx.Import.Values;

namespace Elman.Onnx.Import.Operators;

/// <summary>Recognises two directions of a layer that are merged element by element.</summary>
internal static class Merging
{
    /// <summary>Returns both directions as one.</summary>
    /// <exception cref="Reading.GraphException">They are something else.</exception>
    public static Flow Of(NodeCall call, Flow a, Flow b, DirectionMerge merge)
    {
        if (a.Pieces is not [{ Source: LayerSource first } x] || b.Pieces is not [{ Source: LayerSource second } y]
            || a.Map is not null || b.Map is not null || a.Head != Head.None || b.Head != Head.None
            || first.IsBackward == second.IsBackward || !SameInput(first, second))
            throw call.Refuse("combines two results of the graph; only the two directions of one layer can be combined.");
        if (!a.Axes.Same(b.Axes) || x.Pool != y.Pool || a.IsReversed != b.IsReversed || first.Size != second.Size)
            throw call.Refuse("combines the two directions of a layer at different steps, or with axes arranged in different ways.");
        if ((x.Pool == Pool.Mean && merge == DirectionMerge.Product) || x.Pool == Pool.Max)
            throw call.Refuse($"combines the {x.Pool} of the two directions, which is not that of the combined directions.");
        (LayerSource forward, LayerSource backward) = first.IsBackward ? (second, first) : (first, second);
        return a with { Pieces = [new Piece(new MergedSource(forward, backward, merge), x.Pool)] };
    }

    /// <summary>Whether two directions read the same values, in whatever order of the steps.</summary>
    public static bool SameInput(LayerSource a, LayerSource b) =>
        ReferenceEquals(a.Input.Map, b.Input.Map) && a.Input.Pieces.SequenceEqual(b.Input.Pieces);
}
