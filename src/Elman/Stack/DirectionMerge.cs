namespace Elman;

/// <summary>
/// How the outputs f (forward direction) and r (backward direction) of two layers that read the same sequence are merged to one output.
/// </summary>
public enum DirectionMerge
{
    /// <summary>Concatenation, <c>[f r]</c>, of twice the width.</summary>
    Concatenate,

    /// <summary><c>f + r</c>.</summary>
    Sum,

    /// <summary><c>(f + r)/2</c>.</summary>
    Mean,

    /// <summary><c>f∘r</c>, element by element.</summary>
    Product,
}
