using System.Collections.Immutable;

namespace Elman.Onnx.Import.Values;

/// <summary>A tensor that is computed from the graph's input: what of the recurrent model it is, and how its axes are arranged.</summary>
/// <param name="Pieces">What is side by side in it: one piece, or several, such as the two directions of a layer.</param>
/// <param name="Axes">Its axes.</param>
internal sealed record Flow(ImmutableArray<Piece> Pieces, Axes Axes) : Value
{
    /// <summary>The largest number of pieces, so that repeated concatenation can't fill the memory.</summary>
    public const int MostPieces = 256;

    /// <summary>What is computed of the pieces' units, for every step or after pooling; <see langword="null"/> for nothing.</summary>
    public LinearMap? Map { get; init; }

    /// <summary>The function at the end.</summary>
    public Head Head { get; init; }

    /// <summary>Whether its steps are in reverse order.</summary>
    public bool IsReversed { get; init; }

    /// <summary>Whether its values were rounded to integers: then they can only be looked up in a table.</summary>
    public bool IsRounded { get; init; }

    /// <summary>The number of units of each piece, of 0 if not known yet.</summary>
    public int PieceSize => Pieces[0].Source.Size;

    /// <summary>The only piece, or the first of several.</summary>
    public Piece First => Pieces[0];

    /// <summary>Whether it still has a value for every step.</summary>
    public bool HasSteps => First.Pool == Pool.None;

    /// <summary>Whether it is the graph's input, as it is or shifted and scaled.</summary>
    public bool IsInput => First.Source is InputSource;

    /// <summary>The number of values of a step or sequence.</summary>
    public int Width => Map?.Outputs ?? (Pieces.Length * PieceSize);

    /// <summary>The atoms of all values of a step or sequence, in their order; not for an input whose channels are not known.</summary>
    public Atom[] Features
    {
        get
        {
            if (Map is { IsMatrix: true } || Pieces.Length == 1)
                return First.Source is InputSource { Table: null } input && Map is not { IsMatrix: true }
                    ? [.. input.Features ?? []]
                    : Width == 1 ? [] : [new Atom(AtomKind.Units, 0, Width)];
            Atom pieces = new(AtomKind.Pieces, 0, Pieces.Length);
            return PieceSize == 1 ? [pieces] : [pieces, new Atom(AtomKind.Units, 0, PieceSize)];
        }
    }
}

/// <summary>The function at the end of a model.</summary>
internal enum Head
{
    None,

    Softmax,

    LogSoftmax,

    Sigmoid,

    /// <summary>The index of the greatest score.</summary>
    ArgMax,
}
