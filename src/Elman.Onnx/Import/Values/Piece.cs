using Elman.Onnx.Import.Models;

namespace Elman.Onnx.Import.Values;

/// <summary>A part of a tensor: the values of a source, of every step or pooled.</summary>
/// <param name="Source">Where the values come from.</param>
/// <param name="Pool">What of the steps is left.</param>
internal sealed record Piece(Source Source, Pool Pool = Pool.None);

/// <summary>What of the steps of a sequence is left.</summary>
internal enum Pool
{
    /// <summary>All steps.</summary>
    None,

    /// <summary>The state after the last step that the direction reads.</summary>
    Final,

    /// <summary>The first step.</summary>
    FirstStep,

    /// <summary>The last step.</summary>
    LastStep,

    /// <summary>The mean over all steps.</summary>
    Mean,

    /// <summary>The maximum of each unit over all steps.</summary>
    Max,
}

/// <summary>What the values of a tensor come from. Two are the same only if they are the same object.</summary>
internal abstract class Source
{
    /// <summary>The number of values of a step; 0 if it is not known.</summary>
    public abstract int Size { get; }
}

/// <summary>The graph's input.</summary>
/// <param name="name">Its name.</param>
/// <param name="table">The vectors of the symbols that it holds, [V, E]; <see langword="null"/> if it holds numbers.</param>
internal sealed class InputSource(string name, Constant? table = null) : Source
{
    public string Name => name;

    public Constant? Table => table;

    /// <summary>The atoms of the channels, when an operation has shown which axis they are; empty for a single channel.</summary>
    public IReadOnlyList<Atom>? Features { get; set; }

    public override int Size => table is null ? (int)(Features?.Aggregate(1L, (size, atom) => size * atom.Size) ?? 0) : (int)table.Shape[1];
}

/// <summary>One direction of a recurrent layer.</summary>
/// <param name="input">What it reads.</param>
/// <param name="direction">Its cell and weights.</param>
/// <param name="isBackward">Whether it reads from the last step to the first.</param>
internal sealed class LayerSource(Flow input, DirectionWeights direction, bool isBackward) : Source
{
    public Flow Input => input;

    public DirectionWeights Direction => direction;

    public bool IsBackward => isBackward;

    public override int Size => direction.Units;
}

/// <summary>Both directions of a layer, merged element by element.</summary>
/// <param name="forward">The direction from the first step.</param>
/// <param name="backward">The direction from the last step.</param>
/// <param name="merge">The operation.</param>
internal sealed class MergedSource(LayerSource forward, LayerSource backward, DirectionMerge merge) : Source
{
    public LayerSource Forward => forward;

    public LayerSource Backward => backward;

    public DirectionMerge Merge => merge;

    public override int Size => forward.Size;
}
