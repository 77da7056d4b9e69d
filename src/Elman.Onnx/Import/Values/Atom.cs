namespace Elman.Onnx.Import.Values;

/// <summary>
/// A dimension that reshaping can't divide. An axis of a tensor is a product of atoms, in row-major order; an axis of length 1 has none.
/// So transposing and reshaping need no knowledge of what the axes mean.
/// </summary>
/// <param name="Kind">What it is.</param>
/// <param name="Axis">Of an input: its axis there, from 0.</param>
/// <param name="Size">The length; of an axis of any length, a length that was chosen for the walk.</param>
internal sealed record Atom(AtomKind Kind, int Axis, long Size)
{
    /// <summary>Whether the graph leaves the length open.</summary>
    public bool IsAnyLength { get; init; }
}

/// <summary>What an atom is.</summary>
internal enum AtomKind
{
    /// <summary>An axis of the graph's input: the steps, the sequences or the channels.</summary>
    Input,

    /// <summary>The directions, or pieces that are concatenated.</summary>
    Pieces,

    /// <summary>The units of a piece, or the outputs of a product.</summary>
    Units,
}
